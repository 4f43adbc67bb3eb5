"""`gradeline sweep`: delete what is no longer needed."""

from __future__ import annotations

import typer

from gradeline.base.plurals import count
from gradeline.entrypoints.cli.context import open_run, screen_of, settings_of
from gradeline.flows.upkeep.sweep import sweep_storage


def sweep(context: typer.Context) -> None:
    """Delete files unused for over a day, and originals past RAW_RETENTION_DAYS."""
    screen, settings = screen_of(context), settings_of(context)
    with open_run(settings, screen) as parts:
        done = sweep_storage(parts, settings.raw_retention_days, screen.say)
    screen.answer(
        f"Deleted {count(done.objects.deleted, 'unused object')} ({done.objects.freed:,} bytes), "
        f"{count(done.expired_raws, 'original')} past RAW_RETENTION_DAYS, "
        f"{count(done.folders, 'left-over folder')} and "
        f"{count(done.objects.unfinished, 'unfinished object')}; "
        f"{count(done.objects.waiting, 'object')} will be deleted after a day.",
        deleted=done.objects.deleted,
        freed=done.objects.freed,
        waiting=done.objects.waiting,
        raw_let_go=done.expired_raws,
        folders=done.folders,
        unfinished=done.objects.unfinished,
    )
