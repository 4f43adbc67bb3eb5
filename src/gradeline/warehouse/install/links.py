"""Links between the bot's tables: those that are checked, and those that are enforced."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.install import catalog
from gradeline.warehouse.install.statements import declared_statements
from gradeline.warehouse.sql import query


@dataclass(frozen=True, kw_only=True)
class Mismatch:
    """The name of a level that one table has and another lacks."""

    name: str
    where: str  #: table.column that has it
    missing_in: str  #: table.column that lacks it


def find_mismatches(connection: Connection) -> Sequence[Mismatch]:
    """Return the levels that one list lacks; the connection acts as the loader."""
    rows = connection.execute(query("install", "mismatches"))
    return [Mismatch(name=name, where=where, missing_in=lacks) for name, where, lacks in rows]


def missing_keys(connection: Connection, tables: Collection[str]) -> Sequence[tuple[str, str]]:
    """Return (table, name) of each foreign key from or to these tables that is not there."""
    keys = [
        (one.kind, one.on, one.name)
        for one in declared_statements()
        if one.kind == "foreign key" and one.mentions(tables)
    ]
    there = catalog.parts(connection, {table for _, table, _ in keys})
    return [(table, name) for kind, table, name in keys if (kind, table, name) not in there]
