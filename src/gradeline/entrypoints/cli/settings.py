"""`gradeline settings`: what is set, and where it comes from."""

from __future__ import annotations

import typer

from gradeline.entrypoints.cli.context import screen_of, settings_of
from gradeline.settings import settings_rows


def settings(context: typer.Context) -> None:
    """List every setting with its value, origin and purpose.

    The value of a secret is never shown.
    """
    screen_of(context).table(
        ("name", "value", "from", "what it is"),
        [
            (
                row.name,
                row.value,
                row.origin,
                f"{row.description}{' (planned: nothing uses it yet)' if row.planned else ''}",
            )
            for row in settings_rows(settings_of(context))
        ],
    )
