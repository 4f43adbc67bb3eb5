"""The bot's answers as its source reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from psycopg import sql

from gradeline.records.bot_tables import BOT_TABLES
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "vocabulary_answers"
_EVER = (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC))


def are_there(connection: Connection) -> bool:
    """Whether the tables of the bot are there; an installation may drop and make them."""
    row = connection.execute(query(_FILE, "are_there"), {"tables": list(BOT_TABLES)}).fetchone()
    return bool(row and row[0])


def any_answers(connection: Connection) -> bool:
    """Whether anybody answered anything."""
    row = connection.execute(query(_FILE, "any")).fetchone()
    return bool(row and row[0])


def answer_days(connection: Connection) -> Mapping[str, str]:
    """Return the days of UTC with answers, `2026-11-30`, each with a digest of all it holds."""
    since, until = _EVER
    rows = connection.execute(_over("days", "answers"), {"since": since, "until": until})
    return dict(rows.fetchall())


def answers_of(connection: Connection, day: date) -> Iterator[str]:
    """Yield the answers of a day of UTC as JSON, in one order."""
    since = datetime.combine(day, time(), tzinfo=UTC)
    values = {"since": since, "until": since + timedelta(days=1)}
    for (line,) in connection.execute(_over("answers_as_json", "answers"), values):
        yield line


def learners_digest(connection: Connection) -> str | None:
    """Return a digest of all learners who answered, with their groups; None = there are none."""
    row = connection.execute(_over("digest", "learners")).fetchone()
    return row[0] if row else None


def learners(connection: Connection) -> Iterator[str]:
    """Yield the learners who answered as JSON: a line for each group of theirs, else one."""
    for (line,) in connection.execute(_over("learners_as_json", "learners")):
        yield line


def _over(name: str, rows: str) -> sql.Composed:
    """Return a query over the rows of another one."""
    inner = query(_FILE, rows).removesuffix(";")
    return sql.SQL(query(_FILE, name)).format(rows=sql.SQL(inner))
