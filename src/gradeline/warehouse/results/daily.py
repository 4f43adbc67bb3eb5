"""Read the grader's figures by school day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from psycopg.rows import class_row

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query


@dataclass(frozen=True, kw_only=True)
class DailyStatistics:
    """The grader's attempts on one school day."""

    day: date
    attempts: int  #: submits and runs
    successful: int
    failed: int
    runs: int
    unique_users: int
    success_rate: float | None  #: percent; None without a successful or failed attempt


def read_days(
    connection: Connection, first: date | None = None, last: date | None = None
) -> list[DailyStatistics]:
    """Read the days from `first` to `last`, both included; None = no bound. In their order."""
    cursor = connection.cursor(row_factory=class_row(DailyStatistics))
    return cursor.execute(query("daily", "read"), {"first": first, "last": last}).fetchall()
