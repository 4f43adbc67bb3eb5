"""What a database has of the tables that belong together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from psycopg import sql

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.install.statements import declared_statements
from gradeline.warehouse.sql import query

_FILE = "install"


@dataclass(frozen=True, kw_only=True)
class Digest:
    """The content of a table: two equal tables have the same."""

    rows: int
    sum: str  #: of a hash of each row


@dataclass(frozen=True, kw_only=True)
class OwnedSequence:
    """The sequence that numbers the rows of a table."""

    table: str
    column: str
    name: str  #: as SQL writes it, with its schema where it needs one


def present(connection: Connection, names: Collection[str]) -> list[str]:
    """Return which of these tables and views exist, in their order."""
    rows = connection.execute(query(_FILE, "present"), {"names": list(names)})
    found = {name for (name,) in rows}
    return [name for name in names if name in found]


def shape(connection: Connection, tables: Collection[str]) -> Mapping[tuple[str, str], str]:
    """Return (table, part) → definition for each column, constraint, index, policy, trigger."""
    rows = connection.execute(query(_FILE, "shape"), {"names": list(tables)})
    return {(table, part): definition for table, part, definition in rows}


def parts(connection: Connection, tables: Collection[str]) -> frozenset[tuple[str, str, str]]:
    """Return (kind, table, name) of each foreign key and policy of these tables."""
    rows = connection.execute(query(_FILE, "parts"), {"names": list(tables)})
    return frozenset((kind, table, name) for kind, table, name in rows)


def dependents(
    connection: Connection, tables: Collection[str], views: Collection[str]
) -> Sequence[str]:
    """Describe what would be dropped with these tables and is neither theirs nor one of `views`.

    Policies that migrations made are made again, so they are none of it.
    """
    values = {"names": list(tables), "views": list(views)}
    rows = connection.execute(query(_FILE, "dependents"), values).fetchall()
    ours = {(one.on, one.name) for one in declared_statements() if one.kind == "policy"}
    return sorted(text for text, table, policy in rows if (table, policy) not in ours)


def digest(connection: Connection, table: str) -> Digest:
    """Return the digest of a table's rows."""
    statement = sql.SQL(query(_FILE, "digest")).format(table=sql.Identifier(table))
    ((rows, total),) = connection.execute(statement).fetchall()
    return Digest(rows=rows, sum=total)


def count_rows(connection: Connection, table: str) -> int:
    """Return how many rows a table has."""
    statement = sql.SQL(query(_FILE, "count")).format(table=sql.Identifier(table))
    ((rows,),) = connection.execute(statement).fetchall()
    return int(rows)


def sequences(connection: Connection, tables: Collection[str]) -> Sequence[OwnedSequence]:
    """Return the sequences that number rows of these tables."""
    rows = connection.execute(query(_FILE, "sequences"), {"names": list(tables)})
    return [OwnedSequence(table=table, column=column, name=name) for table, column, name in rows]


def next_value(connection: Connection, sequence: OwnedSequence) -> int:
    """Return the next value that a sequence gives, without taking it."""
    statement = sql.SQL(query(_FILE, "next_value")).format(sequence=_relation(sequence))
    ((value,),) = connection.execute(statement).fetchall()
    return int(value)


def raise_sequence(connection: Connection, sequence: OwnedSequence, least: int) -> None:
    """Let a sequence give at least this value next."""
    statement = sql.SQL(query(_FILE, "raise_sequence")).format(sequence=_relation(sequence))
    connection.execute(statement, {"sequence": sequence.name, "next": least})


def raise_above_rows(connection: Connection, sequence: OwnedSequence) -> None:
    """Let a sequence give more than any row of its table has."""
    statement = sql.SQL(query(_FILE, "raise_above_rows")).format(
        sequence=_relation(sequence),
        table=sql.Identifier(sequence.table),
        column=sql.Identifier(sequence.column),
    )
    connection.execute(statement, {"sequence": sequence.name})


def _relation(sequence: OwnedSequence) -> sql.Composable:
    schema, _, name = sequence.name.rpartition(".")
    return sql.Identifier(*filter(None, (schema, name.strip('"'))))
