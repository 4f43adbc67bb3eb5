"""Watch backups: one that failed, shrank or did not come is told, as a run's problems are."""

from __future__ import annotations

from datetime import datetime, timedelta

from gradeline.flows.backups.manifest import Manifest
from gradeline.flows.parts import Backups
from gradeline.jobs.schedule import next_instants
from gradeline.records.run_summary import RunProblem
from gradeline.warehouse import Connection, backups
from gradeline.warehouse.backups import BackupNote

#: A backup with less of something than this part of the one before has shrunk.
SHRUNK = 0.5
#: What is less than so much may shrink: a new school has little.
_FEW_ROWS, _FEW_BYTES = 1_000, 1_000_000
#: So long after it was due a backup is missed: it may take a while, and wait for a run.
LATE = timedelta(hours=3)


def judge(connection: Connection, made: Manifest, *, smaller: bool = False) -> str | None:
    """Return what a person has to look at in a new backup; None = it is good."""
    before = backups.newest(connection, good=True)
    told = []
    if made.missing:
        told.append(
            f"The lake lacks {len(made.missing)} of the objects that the database names, such as"
            f" {made.missing[0]}; `gradeline doctor` says more."
        )
    if before is not None and not smaller:
        told += _shrunk(before, made)
    return " ".join(told) or None


def _shrunk(before: BackupNote, made: Manifest) -> list[str]:
    sizes = (
        ("rows", before.rows, made.content.rows, _FEW_ROWS),
        ("bytes of files", before.object_bytes, made.file_bytes, _FEW_BYTES),
    )
    return [
        f"It has {now:,} {what}, and {before.backup_id} had {then:,}: look whether they are meant"
        " to be gone. No older backup is deleted until you run `gradeline backup --smaller`."
        for what, then, now, few in sizes
        if then is not None and then >= few and now < then * SHRUNK
    ]


def find_notice(
    connection: Connection, plan: Backups | None, now: datetime
) -> tuple[str, RunProblem] | None:
    """Return what people are to be told of backups now, and its name, under which it is told once.

    Args:
        connection: to the database.
        plan: where backups go and when; None = nowhere, and nothing is told.
        now: the instant.
    """
    if plan is None:
        return None
    newest = backups.newest(connection)
    if newest is not None and newest.problem:
        problem = RunProblem(what=f"Backup {newest.backup_id}", reason=newest.problem)
        # Told once, however often it is tried again, until one is good.
        return backups.first_bad(connection) or newest.backup_id, problem
    due_at = find_missed(connection, plan, now)
    if due_at is None:
        return None
    last = f"the last one is of {newest.started_at:%Y-%m-%d %H:%M} UTC" if newest else "none exists"
    problem = RunProblem(
        what=f"The backup of {due_at:%Y-%m-%d %H:%M} UTC was not made; {last}",
        reason="`gradeline worker` makes them; if one runs, its log says what went wrong. To make"
        " one now, run `gradeline backup`. With SCHEDULE_BACKUP=never nobody waits for one.",
    )
    return due_at.isoformat(), problem


def find_missed(connection: Connection, plan: Backups, now: datetime) -> datetime | None:
    """Return when a backup was due that was not made; None = none is missing.

    It is told of the first one that is missing since the newest good one.
    """
    if plan.cron is None:
        return None
    newest = backups.newest(connection, good=True)
    since = newest.started_at if newest else backups.begun_at(connection)
    if since is None:
        return None
    due = next_instants(plan.cron, plan.timezone, since)
    return due[0] if due and due[0] + LATE < now else None
