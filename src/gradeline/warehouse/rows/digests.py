"""Digests of the warehouse's tables, to compare the content of two runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from psycopg import sql

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "digests"

#: Relations that describe how a run went, not its result.
LEFT_OUT = frozenset(
    {
        *("schema_migrations", "builds", "documents", "course_keys", "windows"),
        *("recipients", "messages", "deliveries", "runs", "audit", "ticks", "job_counts"),
        *("sessions", "contacts", "backups"),
        *("bot_updates", "bot_states", "bot_chats", "bot_messages", "bot_pause", "bot_webhook"),
    }
)

#: Columns that hold a time of writing, a running number or a count of tries.
VOLATILE = frozenset(
    {
        *("id", "loaded_at", "computed_at", "published_at", "written_at", "expires_at"),
        *("build_id", "forgotten_at", "chosen_at"),
    }
)

#: The compared columns of tables that also describe how a run went.
_COMPARED = {
    "slices": ("name", "state", "received", "stored", "quarantined", "already_there", "checksum"),
    "quarantine": ("reason", "place", "raw"),
    "client_info": ("client_id", "chat_id", "name", "language", "is_minor", "consent_by"),
    "group_codes": ("code", "group_id", "name"),
}

#: The compared rows of tables that also keep old ones.
_COUNTED = {"quarantine": sql.SQL("closed_at IS NULL")}


@dataclass(frozen=True, kw_only=True)
class TableDigest:
    """A digest of a table's rows that does not depend on their order."""

    name: str
    rows: int
    digest: str  #: sum of the rows' MD5, the first 8 bytes of each, mod 2⁶⁴, in hex


def table_digests(connection: Connection) -> Iterator[TableDigest]:
    """Compute the digest of each of our tables and views, in the order of their names."""
    columns: dict[str, list[str]] = {}
    for table, column in connection.execute(query(_FILE, "columns")).fetchall():
        columns.setdefault(table, []).append(column)
    for table, names in columns.items():
        if table not in LEFT_OUT:
            compared = _COMPARED.get(table, [name for name in names if name not in VOLATILE])
            yield _digest(connection, table, list(compared))


def _digest(connection: Connection, table: str, columns: list[str]) -> TableDigest:
    statement = sql.SQL(query(_FILE, "digest")).format(
        table=sql.Identifier(table),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        counted=_COUNTED.get(table, sql.SQL("true")),
    )
    rows, total = connection.execute(statement).fetchone() or (0, 0)
    return TableDigest(name=table, rows=rows, digest=f"{int(total) % 2**64:016x}")
