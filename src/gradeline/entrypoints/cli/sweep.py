"""`gradeline sweep`: delete what is no longer needed."""

from __future__ import annotations

import typer

from gradeline.base.plurals import count
from gradeline.entrypoints.cli.context import open_run, screen_of, settings_of
from gradeline.flows.upkeep.sweep import Retention, sweep_storage


def sweep(context: typer.Context) -> None:
    """Delete files unused for over a day, and originals past RAW_RETENTION_DAYS."""
    screen, settings = screen_of(context), settings_of(context)
    retention = Retention(
        raw_days=settings.raw_retention_days, audit_days=settings.audit_retention_days
    )
    with open_run(settings, screen) as parts:
        done = sweep_storage(parts, retention, screen.say)
    screen.answer(
        f"Deleted {count(done.objects.deleted, 'unused object')} ({done.objects.freed:,} bytes), "
        f"{count(done.expired_raws, 'original')} past RAW_RETENTION_DAYS, "
        f"{count(done.audit_rows, 'row')} of the audit, "
        f"{count(done.folders, 'left-over folder')} and "
        f"{count(done.objects.unfinished, 'unfinished object')}; "
        f"{count(done.objects.waiting, 'object')} will be deleted after a day.",
        deleted=done.objects.deleted,
        freed=done.objects.freed,
        waiting=done.objects.waiting,
        raw_let_go=done.expired_raws,
        audit_rows=done.audit_rows,
        folders=done.folders,
        unfinished=done.objects.unfinished,
    )
