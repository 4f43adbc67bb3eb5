"""Digests of what the warehouse holds, to compare two runs by their content alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from psycopg import sql

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "digests"

#: Relations that tell how a run went, not what it gave.
LEFT_OUT = frozenset({"schema_migrations", "builds", "documents", "course_keys", "windows"})

#: Columns that hold the clock, a running number or a count of tries.
VOLATILE = frozenset(
    {
        *("id", "loaded_at", "computed_at", "published_at", "written_at", "expires_at"),
        *("build_id", "forgotten_at"),
    }
)

#: What is compared of tables that also tell how a run went.
_CHOSEN = {
    "slices": ("name", "state", "received", "stored", "quarantined", "already_there", "checksum"),
    "quarantine": ("reason", "place", "raw"),
}

#: Rows that count, of tables that also keep what is over.
_COUNTED = {"quarantine": sql.SQL("closed_at IS NULL")}


@dataclass(frozen=True, kw_only=True)
class TableDigest:
    """The content of a table, whatever the order of its rows."""

    name: str
    rows: int
    digest: str  #: sum of the rows' MD5, the first 8 bytes of each, mod 2⁶⁴, in hex


def table_digests(connection: Connection) -> Iterator[TableDigest]:
    """Each table and view of ours with its rows and digest, by name."""
    columns: dict[str, list[str]] = {}
    for table, column in connection.execute(query(_FILE, "columns")).fetchall():
        columns.setdefault(table, []).append(column)
    for table, there in columns.items():
        if table not in LEFT_OUT:
            wanted = _CHOSEN.get(table, [name for name in there if name not in VOLATILE])
            yield _digest(connection, table, list(wanted))


def _digest(connection: Connection, table: str, columns: list[str]) -> TableDigest:
    statement = sql.SQL(query(_FILE, "digest")).format(
        table=sql.Identifier(table),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        counted=_COUNTED.get(table, sql.SQL("true")),
    )
    rows, total = connection.execute(statement).fetchone() or (0, 0)
    return TableDigest(name=table, rows=rows, digest=f"{int(total) % 2**64:016x}")
