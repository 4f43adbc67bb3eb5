"""Put rows of dumps back into their tables; all in the caller's transaction.

Rows that are there stay as they are: a row of a dump whose key is taken is left out and counted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from psycopg import sql

from gradeline.base.errors import WarehouseError
from gradeline.records.bot_tables import SHARED_SEQUENCES
from gradeline.warehouse.connect.database import Connection, Database
from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.install import catalog
from gradeline.warehouse.install.catalog import OwnedSequence
from gradeline.warehouse.install.make import act_as
from gradeline.warehouse.learners.forgotten import SHARED, forgotten_learners
from gradeline.warehouse.sql import query

_FILE = "install"
#: The source under which clients of the bot are learners.
_SOURCE = "vocabulary"
_CLIENTS, _CLIENT = "client_info", "client_id"


@dataclass(frozen=True, kw_only=True)
class RestoredTable:
    """What came back of a table."""

    table: str
    added: int
    present: int  #: rows whose key was there, or whose client was forgotten


def restore_rows(
    connection: Connection, scratch: Database, tables: Sequence[str]
) -> list[RestoredTable]:
    """Add the rows of a scratch database to the tables of the same names.

    Args:
        connection: acts as the owner.
        scratch: has the restored tables.
        tables: that are filled; each after those that it refers to.

    Raises:
        WarehouseError: a column of the dump has no place any more.
        psycopg.Error: a rule of the table does not hold for a row.
    """
    act_as(connection, Role.LOADER)
    forgotten: frozenset[int] = frozenset()
    restored = []
    with scratch.connect(Role.BACKUP) as source:
        for table in tables:
            columns = _shared_columns(connection, source, table)
            stage = f"stage_{table}"
            total = _copy(source, connection, table, stage, columns)
            if table == _CLIENTS:
                forgotten = _forgotten_clients(connection, stage)
            if forgotten and _CLIENT in columns:
                leave_out = sql.SQL(query(_FILE, "leave_out")).format(stage=_temporary(stage))
                connection.execute(leave_out, {"clients": sorted(forgotten)})
            added = _add(connection, table, stage, columns)
            drop = sql.SQL(query(_FILE, "drop_stage")).format(stage=_temporary(stage))
            connection.execute(drop)
            restored.append(RestoredTable(table=table, added=added, present=total - added))
    shared = [
        OwnedSequence(table=table, column=column, name=name)
        for table, column, name in SHARED_SEQUENCES
        if table in tables
    ]
    for sequence in (*catalog.sequences(connection, tables), *shared):
        catalog.raise_above_rows(connection, sequence)
    act_as(connection, Role.OWNER)
    return restored


def raise_numbers(connection: Connection, numbers: Mapping[str, Mapping[str, int]]) -> None:
    """Let no row get a number that was given before its table was dropped.

    Args:
        connection: acts as the owner.
        numbers: table → column → the least number for the next row.
    """
    for one in catalog.sequences(connection, list(numbers)):
        if one.column in numbers[one.table]:
            catalog.raise_sequence(connection, one, numbers[one.table][one.column])


def _shared_columns(connection: Connection, source: Connection, table: str) -> Mapping[str, bool]:
    """Return the columns that take values of the dump → whether they are of the primary key."""
    values = {"table": table}
    ours: dict[str, bool] = dict(connection.execute(query(_FILE, "columns"), values).fetchall())
    theirs: dict[str, bool] = dict(source.execute(query(_FILE, "columns"), values).fetchall())
    foreign = sorted(theirs.keys() - ours)
    if foreign:
        raise WarehouseError(
            f"The dump of {table} has columns that the table has not: {', '.join(foreign)}.",
            hint="Restore it into a database of its own with psql, and move these values yourself.",
        )
    return {name: key for name, key in ours.items() if name in theirs}


def _copy(
    source: Connection, target: Connection, table: str, stage: str, columns: Collection[str]
) -> int:
    """Copy rows into a temporary table; how many."""
    parts = {
        "stage": _temporary(stage),
        "table": sql.Identifier(table),
        "columns": _list(columns),
    }
    make = sql.SQL(query(_FILE, "make_stage")).format(**{**parts, "stage": sql.Identifier(stage)})
    target.execute(make)
    cursor = target.cursor()
    with (
        source.cursor().copy(sql.SQL(query(_FILE, "read_rows")).format(**parts)) as read,
        cursor.copy(sql.SQL(query(_FILE, "take_rows")).format(**parts)) as written,
    ):
        for piece in read:
            written.write(piece)
    return cursor.rowcount


def _add(connection: Connection, table: str, stage: str, columns: Mapping[str, bool]) -> int:
    statement = sql.SQL(query(_FILE, "add_rows")).format(
        table=sql.Identifier(table),
        stage=_temporary(stage),
        columns=_list(columns),
        key=_list([name for name, key in columns.items() if key]),
    )
    return connection.execute(statement).rowcount


def _forgotten_clients(connection: Connection, stage: str) -> frozenset[int]:
    """Return the clients in a dump who were forgotten since."""
    own, shared = (forgotten_learners(connection, source) for source in (_SOURCE, SHARED))
    if not own and not shared:
        return frozenset()
    statement = sql.SQL(query(_FILE, "clients")).format(stage=_temporary(stage))
    clients = [int(client) for (client,) in connection.execute(statement)]
    return frozenset(
        client
        for client in clients
        if own.includes(str(client)) or shared.includes(f"{_SOURCE}:{client}")
    )


def _temporary(stage: str) -> sql.Composable:
    return sql.Identifier("pg_temp", stage)


def _list(names: Collection[str]) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, names))
