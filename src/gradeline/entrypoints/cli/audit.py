"""`gradeline audit`: who wrote what over HTTP, and who read much at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from gradeline.base.clock import now
from gradeline.entrypoints.cli.context import MOST_ROWS, open_connection, screen_of
from gradeline.warehouse import audit

app = typer.Typer(help="List who wrote or read what over HTTP.", no_args_is_help=True)

_MOST_DAYS = 36_500


@app.command("ls")
def ls(
    context: typer.Context,
    login: Annotated[str | None, typer.Option(help="Only what this login did.")] = None,
    days: Annotated[
        int, typer.Option(min=1, max=_MOST_DAYS, help="Only the last so many days.")
    ] = _MOST_DAYS,
    limit: Annotated[
        int, typer.Option(min=1, max=MOST_ROWS, help="At most so many, the newest first.")
    ] = 50,
) -> None:
    """List what was written, and what was read whole, the newest first."""
    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        since = now() - timedelta(days=days)
        found = audit.ls(connection, most=limit, since=since, login=login)
    if not found and not screen.json:
        screen.answer("Nothing was written or read over HTTP yet.")
        return
    screen.table(
        ("at", "login", "action", "subject", "rows", "request"),
        [
            (
                one.happened_at.isoformat(timespec="seconds"),
                one.login,
                one.action,
                one.subject,
                one.rows,
                one.request_id,
            )
            for one in found
        ],
    )
