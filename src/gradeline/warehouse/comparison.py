"""Compare two databases row by row: a restored dump with what was dumped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psycopg import sql

from gradeline.warehouse.connect.database import Connection, Database
from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.sql import query

_FILE = "comparison"


def differing_tables(one: Database, other: Database) -> Sequence[str]:
    """Return the tables and sequences, as `schema.name`, whose content differs or one side lacks.

    Each database is read in one snapshot, so writes meanwhile do not tear it.
    """
    first, second = _digests(one), _digests(other)
    return sorted(name for name in first.keys() | second if first.get(name) != second.get(name))


def _digests(database: Database) -> Mapping[str, tuple[int, ...]]:
    with database.connect(Role.BACKUP) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        found = {
            f"{schema}.{name}": _digest(connection, sql.Identifier(schema, name))
            for schema, name in connection.execute(query(_FILE, "tables")).fetchall()
        }
        for name, value in connection.execute(query(_FILE, "sequences")):
            found[f"{name} (sequence)"] = (int(value),)
    return found


def _digest(connection: Connection, table: sql.Identifier) -> tuple[int, ...]:
    row = connection.execute(sql.SQL(query(_FILE, "rows")).format(table=table)).fetchone()
    return tuple(map(int, row or ()))
