"""Learners of the vocabulary bot as erasing and exporting a person sees them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from psycopg import sql

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "vocabulary"
#: Tables with something about a learner; all but the first lose it with the first.
_TABLES = (
    "client_info",
    "client_groups",
    "client_activity_log",
    "client_activity_words",
    "client_analytics",
    "client_word_memory",
)


def clients_known_as(connection: Connection, learner_ids: Collection[str]) -> tuple[int, ...]:
    """Return the learners of the bot who have one of these ids in canonical tables."""
    values = {"learner_ids": list(learner_ids)}
    return tuple(row[0] for row in connection.execute(query(_FILE, "known_as"), values))


def clients_to_erase(connection: Connection) -> list[str]:
    """Return the ids in canonical tables of learners who asked to be erased."""
    return [row[0] for row in connection.execute(query(_FILE, "stopped"))]


def rows_about(
    connection: Connection, client_ids: Collection[int]
) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Return what each table has about learners: table → rows, column → value."""
    values = {"client_ids": list(client_ids)}
    found = {}
    for table in _TABLES:
        statement = sql.SQL(query(_FILE, "about")).format(table=sql.Identifier(table))
        found[table] = [row[0] for row in connection.execute(statement, values)]
    return found


def erase_clients(connection: Connection, client_ids: Collection[int]) -> None:
    """Delete learners with all that names them; figures of others are to be computed again."""
    connection.execute(query(_FILE, "erase"), {"client_ids": list(client_ids)})
