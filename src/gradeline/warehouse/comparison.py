"""Compare two databases, or a restored one with what was backed up: rows, sequences, shape."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import msgspec
from psycopg import sql

from gradeline.warehouse.connect.database import Connection, Database
from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.sql import query

_FILE = "comparison"
_DIGITS = 16


class Fingerprint(msgspec.Struct, frozen=True, kw_only=True):
    """What of a database is compared, as digests; two equal databases have the same."""

    tables: dict[str, tuple[int, int]]  #: `schema.name` → rows, a sum over their hashes
    sequences: dict[str, int]  #: `schema.name` → last value
    #: kind and name of columns, policies, rights, functions … → digest of what they are like
    shape: dict[str, str]

    @property
    def rows(self) -> int:
        """Return how many rows all tables have."""
        return sum(rows for rows, _ in self.tables.values())


def fingerprint(connection: Connection) -> Fingerprint:
    """Return what is compared of a database, as the caller's transaction sees it."""
    tables = {
        f"{schema}.{name}": _digest(connection, sql.Identifier(schema, name))
        for schema, name in connection.execute(query(_FILE, "tables")).fetchall()
    }
    return Fingerprint(
        tables=tables,
        sequences={
            name: int(value) for name, value in connection.execute(query(_FILE, "sequences"))
        },
        shape={
            f"{kind} {name}": hashlib.sha256((detail or "").encode()).hexdigest()[:_DIGITS]
            for kind, name, detail in connection.execute(query(_FILE, "shape"))
        },
    )


def differences(one: Fingerprint, other: Fingerprint, *, views: bool = True) -> Sequence[str]:
    """Return the names of what differs, or of what one side lacks.

    Args:
        one: of a database.
        other: of another one.
        views: compare their texts, too, which another version of PostgreSQL writes differently.
    """
    sequences = [f"{name} (sequence)" for name in _differing(one.sequences, other.sequences)]
    shapes = [_without_views(each.shape) if not views else each.shape for each in (one, other)]
    return [*_differing(one.tables, other.tables), *sequences, *_differing(*shapes)]


def differing_tables(one: Database, other: Database) -> Sequence[str]:
    """Return the tables and sequences, as `schema.name`, whose content differs or one side lacks.

    Each database is read in one snapshot, so writes meanwhile do not tear it.
    """
    first, second = (read_fingerprint(each) for each in (one, other))
    sequences = [f"{name} (sequence)" for name in _differing(first.sequences, second.sequences)]
    return sorted([*_differing(first.tables, second.tables), *sequences])


def read_fingerprint(database: Database) -> Fingerprint:
    """Return what is compared of a database, as of now."""
    with database.connect(Role.BACKUP) as connection:
        connection.execute(query("session", "one_moment"))
        return fingerprint(connection)


def is_empty(database: Database) -> bool:
    """Whether a database has no table, view or sequence in schema public."""
    with database.connect_as_login() as connection:
        row = connection.execute(query(_FILE, "is_empty")).fetchone()
    return bool(row and row[0])


def _differing(one: Mapping[str, object], other: Mapping[str, object]) -> Sequence[str]:
    return sorted(name for name in one.keys() | other if one.get(name) != other.get(name))


def _without_views(shape: Mapping[str, str]) -> Mapping[str, str]:
    return {name: digest for name, digest in shape.items() if not name.startswith("view ")}


def _digest(connection: Connection, table: sql.Identifier) -> tuple[int, int]:
    row = connection.execute(sql.SQL(query(_FILE, "rows")).format(table=table)).fetchone()
    rows, total = row or (0, 0)
    return int(rows), int(total)
