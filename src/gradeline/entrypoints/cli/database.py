"""`gradeline psql` and `stop`: the database itself."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from gradeline.entrypoints.cli.context import refuse_bucket, screen_of, settings_of
from gradeline.warehouse import EmbeddedServer, Role, run_shell, share_embedded
from gradeline.warehouse import stop_embedded as stop_server
from gradeline.warehouse.connect.logins import ensure_login
from gradeline.warehouse.psql import client_address
from gradeline.wiring.database import wire_database
from gradeline.wiring.server import server_of


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
    if url:
        refuse_bucket(settings, "Another program")
    with wire_database(settings, screen.say) as database:
        if not url:
            return run_shell(database, arguments or ())
        ensure_login(database, Role.READER)
        address = client_address(database)
    server = server_of(settings)
    stays = ""
    if isinstance(server, EmbeddedServer):
        address = share_embedded(server, say=screen.say)
        stays = "\n\nThe server keeps running until `gradeline stop`."
    screen.answer(
        f"host      {address.host}\nport      {address.port}\ndatabase  {address.database}\n"
        f"user      {address.user}\npassword  {address.password}\n\n{address.url}{stays}",
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
