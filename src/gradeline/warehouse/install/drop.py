"""Drop tables, once their rows are proven to be in a dump; all in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import sql

from gradeline.base.errors import WarehouseError
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.install import catalog
from gradeline.warehouse.install.dumps import TableDump
from gradeline.warehouse.install.notes import DropNote, note_drop
from gradeline.warehouse.sql import query

_FILE = "install"


def lock_tables(connection: Connection, tables: Sequence[str]) -> None:
    """Keep everybody else from writing tables until the transaction ends.

    Raises:
        psycopg.errors.LockNotAvailable: somebody writes them for longer than half a minute.
    """
    connection.execute(query(_FILE, "wait_briefly"))
    if tables:
        connection.execute(sql.SQL(query(_FILE, "lock_tables")).format(tables=_list(tables)))


def refuse_dependents(connection: Connection, tables: Sequence[str], views: Sequence[str]) -> None:
    """Refuse tables on which something stands that would go with them and not come back.

    Raises:
        WarehouseError: there is such a thing, for instance a view of the school.
    """
    found = catalog.dependents(connection, tables, views)
    if found:
        raise WarehouseError(
            f"These would be dropped with the tables: {'; '.join(found)}.",
            hint="Nothing was dropped. Drop them yourself first, and make them again afterwards.",
        )


def drop_tables(
    connection: Connection, tables: Sequence[str], dumps: Sequence[TableDump], login: str, run: str
) -> None:
    """Drop locked tables and note it.

    Args:
        connection: acts as the owner.
        tables: that are dropped, with the foreign keys and our views on them.
        dumps: of those that have rows.
        login: who does it, for the audit.
        run: names what is dropped together.

    Raises:
        WarehouseError: a table has rows and no dump.
    """
    kept = {dump.table: dump for dump in dumps}
    numbers: dict[str, dict[str, int]] = {table: {} for table in tables}
    for one in catalog.sequences(connection, tables):
        numbers[one.table][one.column] = catalog.next_value(connection, one)
    for table in tables:
        dump = kept.get(table)
        note_drop(
            connection,
            login,
            DropNote(
                table=table,
                run=run,
                dump=dump.path.name if dump else None,
                sha256=dump.sha256 if dump else "",
                rows=dump.rows if dump else 0,
                next_numbers=numbers[table],
            ),
        )
    if tables:
        connection.execute(sql.SQL(query(_FILE, "drop_tables")).format(tables=_list(tables)))


def _list(tables: Sequence[str]) -> sql.Composable:
    return sql.SQL(", ").join(sql.Identifier("public", table) for table in tables)
