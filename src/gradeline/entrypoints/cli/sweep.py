"""`gradeline sweep`: what nothing needs any more goes."""

from __future__ import annotations

import typer

from gradeline.entrypoints.cli.context import Json, screen_of, settings_of, wired
from gradeline.flows.upkeep.sweep import sweep_storage


def sweep(context: typer.Context, json: Json = False) -> None:
    """Delete objects that nothing has named for a day, and raw bytes past RAW_RETENTION_DAYS."""
    screen, settings = screen_of(context, json), settings_of(context)
    with wired(settings, screen) as parts:
        done = sweep_storage(parts, settings.raw_retention_days, screen.say)
    screen.answer(
        f"{done.objects.deleted} unnamed objects deleted ({done.objects.freed:,} bytes), "
        f"{done.objects.waiting} wait for a day to pass; {done.let_go} raw objects were past "
        f"their days; {done.folders} left-over folders and {done.objects.unfinished} unfinished "
        "objects removed.",
        deleted=done.objects.deleted,
        freed=done.objects.freed,
        waiting=done.objects.waiting,
        raw_let_go=done.let_go,
        folders=done.folders,
        unfinished=done.objects.unfinished,
    )
