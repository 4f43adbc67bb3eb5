"""Schedules as the warehouse keeps them, one row each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from gradeline.records.schedules import NewSchedule, Schedule
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "schedules"


def ls(connection: Connection) -> list[Schedule]:
    """Return all schedules, by name."""
    return list(_read(connection, "ls"))


def due(connection: Connection, now: datetime) -> list[Schedule]:
    """Return the schedules that are due, the longest overdue first."""
    return list(_read(connection, "due", now=now))


def put(connection: Connection, schedule: NewSchedule, *, zone: str, next_at: datetime) -> None:
    """Store a schedule in the place of the one with its name; its pause stays.

    One with the same cron line and zone as before is due when it was, so what was missed is
    caught up.

    Args:
        connection: whose transaction it is.
        schedule: what is due.
        zone: the time zone of its cron line.
        next_at: when it is due first.
    """
    values = {
        "name": schedule.name,
        "cron": schedule.cron,
        "zone": zone,
        "job": schedule.job,
        "arguments": Jsonb(dict(schedule.arguments)),
        "next_at": next_at,
        "origin": schedule.origin,
        "added_by": schedule.added_by,
    }
    connection.execute(query(_FILE, "put"), values)


def move(connection: Connection, name: str, *, zone: str, next_at: datetime) -> None:
    """Let a schedule be due by another zone's wall clock."""
    connection.execute(query(_FILE, "move"), {"name": name, "zone": zone, "next_at": next_at})


def remove(connection: Connection, name: str) -> bool:
    """Delete a schedule; False = there was none."""
    return _changed(connection, "rm", name=name)


def advance(connection: Connection, name: str, *, due_at: datetime, next_at: datetime) -> bool:
    """Take the occasion `due_at` of a schedule; False = somebody else took it."""
    return _changed(connection, "advance", name=name, due_at=due_at, next_at=next_at)


def pause(connection: Connection, name: str) -> bool:
    """Let a schedule not be due until `resume`; False = there is none."""
    return _changed(connection, "pause", name=name)


def resume(connection: Connection, name: str, next_at: datetime) -> bool:
    """Let a paused schedule be due again, first at `next_at`; False = it was not paused."""
    return _changed(connection, "resume", name=name, next_at=next_at)


def end_run(connection: Connection, name: str, ended_at: datetime, problem: str | None) -> None:
    """Note how a schedule's job ended; `problem` None = well."""
    values = {"name": name, "ended_at": ended_at, "problem": problem}
    connection.execute(query(_FILE, "end_run"), values)


def _changed(connection: Connection, statement: str, /, **values: object) -> bool:
    return connection.execute(query(_FILE, statement), values).rowcount > 0


def _read(connection: Connection, name: str, **values: object) -> Iterator[Schedule]:
    with connection.cursor(row_factory=class_row(Schedule)) as cursor:
        yield from cursor.execute(query(_FILE, name), values)
