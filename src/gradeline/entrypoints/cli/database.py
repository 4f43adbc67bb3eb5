"""`gradeline install`, `psql` and `stop`: the database itself."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from gradeline.base.errors import WrongUse
from gradeline.entrypoints.cli.context import refuse_bucket, screen_of, settings_of
from gradeline.warehouse import EmbeddedServer, run_shell, share_embedded
from gradeline.warehouse import stop_embedded as stop_server
from gradeline.wiring.database import wire_database
from gradeline.wiring.server import server_of


def install(context: typer.Context) -> None:
    """Create or update the database, its roles, tables and views."""
    screen = screen_of(context)
    with wire_database(settings_of(context), screen.say) as database:
        screen.answer(f"Ready: {database.description}", database=database.description)


def psql(
    context: typer.Context,
    arguments: Annotated[
        list[str] | None, typer.Argument(help="Arguments for psql, after `--`.")
    ] = None,
    url: Annotated[
        bool, typer.Option("--url", help="Print connection details and keep the server running.")
    ] = False,
) -> int:
    """Open a read-only SQL shell."""
    screen = screen_of(context)
    settings = settings_of(context)
    server = server_of(settings)
    if not url:
        with wire_database(settings, screen.say) as database:
            return run_shell(database, arguments or ())
    if not isinstance(server, EmbeddedServer):
        raise WrongUse(
            "The database is not embedded.",
            hint="Use the address and login of DATABASE_URL (or DB_HOST, DB_USER, DB_PASSWORD).",
        )
    refuse_bucket(settings, "Another program")
    with wire_database(settings, screen.say):
        pass  # so that the roles and the schema are there
    address = share_embedded(server, say=screen.say)
    screen.answer(
        f"host      {address.host}\nport      {address.port}\ndatabase  {address.database}\n"
        f"user      {address.user}\npassword  {address.password}\n\n{address.url}\n\n"
        "The server keeps running until `gradeline stop`.",
        url=address.url,
        **asdict(address),
    )
    return 0


def stop(context: typer.Context) -> None:
    """Stop the embedded server, even if it is in use."""
    was_running = stop_server(settings_of(context).gradeline_home)
    screen_of(context).answer(
        "Stopped." if was_running else "No server of this data folder is running.",
        stopped=was_running,
    )
