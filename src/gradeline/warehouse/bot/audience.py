"""To whom the bot writes by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from psycopg.rows import class_row

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "bot"


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """A learner to whom something is due."""

    client_id: int
    chat_id: int
    language: str
    name: str | None


@dataclass(frozen=True, kw_only=True)
class ReminderTime:
    """When reminders are looked for."""

    clock: time  #: the school's wall clock
    clock_before: time  #: reminders of this time and before are over
    day_began_at: datetime  #: the school day


def to_remind(connection: Connection, at: ReminderTime, prefix: str, most: int) -> list[Addressee]:
    """Return learners whose reminder is due and who have not practised on this school day.

    Args:
        connection: of the loader.
        at: the time.
        prefix: of the keys of today's reminders, before `client_id`; whoever has one is left out.
        most: how many at most.
    """
    values = {
        "clock": at.clock,
        "clock_before": at.clock_before,
        "day_began_at": at.day_began_at,
        "prefix": prefix,
        "most": most,
    }
    with connection.cursor(row_factory=class_row(Addressee)) as cursor:
        return cursor.execute(query(_FILE, "to_remind"), values).fetchall()


def to_tell(connection: Connection, prefix: str, most: int) -> list[Addressee]:
    """Return learners for whom there is no message with that prefix of its key yet."""
    values = {"prefix": prefix, "most": most}
    with connection.cursor(row_factory=class_row(Addressee)) as cursor:
        return cursor.execute(query(_FILE, "to_tell"), values).fetchall()
