"""`gradeline install`, `psql` and `stop`: the warehouse itself."""

from __future__ import annotations

from typing import Annotated

import typer

from gradeline.base.errors import WrongUse
from gradeline.entrypoints.cli.context import Json, screen_of, settings_of, wired
from gradeline.warehouse import EmbeddedServer, open_warehouse, run_shell, share_embedded
from gradeline.warehouse import stop_embedded as stop_server
from gradeline.wiring import place_of


def install(context: typer.Context, json: Json = False) -> None:
    """Make the database, its roles, tables and views as this version needs them."""
    screen = screen_of(context, json)
    with wired(settings_of(context), screen) as parts:
        screen.answer(f"Ready: {parts.database.description}", database=parts.database.description)


def psql(
    context: typer.Context,
    arguments: Annotated[
        list[str] | None, typer.Argument(help="Given to psql as they are; write -- before them.")
    ] = None,
    url: Annotated[
        bool, typer.Option("--url", help="Print what DBeaver needs; keep the server up.")
    ] = False,
    json: Json = False,
) -> int:
    """Open an SQL shell that reads and never writes."""
    screen = screen_of(context, json)
    place = place_of(settings_of(context))
    if not url:
        with open_warehouse(place, say=screen.say) as database:
            return run_shell(database, arguments or ())
    if not isinstance(place, EmbeddedServer):
        raise WrongUse(
            "The database is not embedded.",
            hint="Use the address and login of DATABASE_URL (or DB_HOST, DB_USER, DB_PASSWORD).",
        )
    with open_warehouse(place, say=screen.say):
        pass
    address = share_embedded(place, say=screen.say)
    screen.answer(
        f"host      {address.host}\nport      {address.port}\ndatabase  {address.database}\n"
        f"user      {address.user}\npassword  {address.password}\n\n{address.url}\n\n"
        "The server stays up until `gradeline stop`.",
        url=address.url,
        host=address.host,
        port=address.port,
        database=address.database,
        user=address.user,
        password=address.password,
    )
    return 0


def stop(context: typer.Context) -> None:
    """Stop the embedded server, whoever uses it."""
    screen = screen_of(context)
    settings = settings_of(context)
    ran = stop_server(settings.gradeline_home)
    screen.answer("Stopped." if ran else "No server of this home is running.")
