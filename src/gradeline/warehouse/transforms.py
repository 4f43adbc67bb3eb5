"""Reports of transforms: who asked for one, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec
from psycopg.rows import class_row

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.connect.text import storable
from gradeline.warehouse.sql import query

_FILE = "transform"


@dataclass(frozen=True, kw_only=True)
class TransformReport:
    """What became of moving user properties into their two tables."""

    report_id: str
    source: str  #: `all`, `amplitude`, `appmetrica` or `posted`
    status: str  #: `pending`, `running`, `done` or `failed`
    asked_by: str  #: a login; empty = a token without a name
    asked_at: datetime  #: UTC, as all of these
    started_at: datetime | None
    ended_at: datetime | None
    slices: int  #: slices whose rows were moved
    migrated: int  #: rows moved
    permanent: int  #: rows of permanent_user_properties written
    changeable: int  #: rows of changeable_user_properties written
    left_rows: Mapping[str, int]  #: why → how many rows were left
    error: str | None  #: why it failed


def ask(connection: Connection, source: str, login: str) -> str:
    """Ask for a transform; the id of its report. As loader, or as an entry point."""
    values = {"source": source, "login": storable(login)}
    ((report_id,),) = connection.execute(query(_FILE, "ask"), values).fetchall()
    return str(report_id)


def pending(connection: Connection) -> list[str]:
    """Return the ids of reports that nobody has begun."""
    return [report_id for (report_id,) in connection.execute(query(_FILE, "pending"))]


def read(connection: Connection, report_id: str) -> TransformReport | None:
    """Read a report; None = there is none, or it is not to be seen."""
    cursor = connection.cursor(row_factory=class_row(TransformReport))
    return cursor.execute(query(_FILE, "read"), {"report_id": report_id}).fetchone()


def begin(connection: Connection, report_id: str) -> bool:
    """Begin, or go on after a kill; False = it has ended."""
    return connection.execute(query(_FILE, "begin"), {"report_id": report_id}).rowcount == 1


def count(connection: Connection, report_id: str, done: Mapping[str, int]) -> None:
    """Add what was done of a slice, in the transaction that did it."""
    connection.execute(query(_FILE, "count"), {"report_id": report_id, **done})


def end(
    connection: Connection, report_id: str, left_rows: Mapping[str, int], error: str | None = None
) -> None:
    """Store how it ended."""
    values = {
        "report_id": report_id,
        "left_rows": msgspec.json.encode(left_rows).decode(),
        "error": None if error is None else storable(error),
    }
    connection.execute(query(_FILE, "end"), values)
