"""What became of backups, and the right to make one: one process at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime

from psycopg.rows import class_row

from gradeline.base.errors import WrongUse
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "backups"


@dataclass(frozen=True, kw_only=True)
class BackupNote:
    """What became of a backup."""

    backup_id: str
    place: str  #: where backups are, without secrets
    started_at: datetime
    ended_at: datetime
    rows: int | None = None  #: of all tables; None = it ended before it was made, as the next three
    dump_bytes: int | None = None
    objects: int | None = None
    object_bytes: int | None = None
    problem: str | None = None  #: what a person has to look at; None = it is good


def note(connection: Connection, made: BackupNote) -> None:
    """Store what became of a backup."""
    connection.execute(query(_FILE, "note"), asdict(made))


def newest(connection: Connection, *, good: bool = False) -> BackupNote | None:
    """Return the newest backup, or the newest good one; None = there is none."""
    with connection.cursor(row_factory=class_row(BackupNote)) as cursor:
        return cursor.execute(query(_FILE, "newest_good" if good else "newest")).fetchone()


def first_bad(connection: Connection) -> str | None:
    """Return the id of the first backup with a problem since the newest good one; None = none."""
    row = connection.execute(query(_FILE, "first_bad")).fetchone()
    return str(row[0]) if row else None


def forget_old(connection: Connection, before: datetime) -> None:
    """Delete notes of backups before an instant; the newest good one stays."""
    connection.execute(query(_FILE, "forget_old"), {"before": before})


def begun_at(connection: Connection) -> datetime | None:
    """Return when the database was made."""
    row = connection.execute(query(_FILE, "begun_at")).fetchone()
    return row[0] if row else None


@contextmanager
def one_at_a_time(connection: Connection) -> Iterator[None]:
    """Hold the right to back up during the block.

    Args:
        connection: in autocommit, and used for nothing else inside the block that may fail.

    Raises:
        WrongUse: another process makes a backup.
    """
    row = connection.execute(query(_FILE, "try_lock")).fetchone()
    if row != (True,):
        raise WrongUse(
            "Another process makes or deletes backups.", hint="Run again when it has ended."
        )
    try:
        yield
    finally:
        connection.execute(query(_FILE, "unlock"))
