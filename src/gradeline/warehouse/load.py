"""Rows into a table of the warehouse: Arrow batches in, PostgreSQL's binary COPY out.

Memory is flat: one batch at a time. Where nothing can collide the rows go straight into the
table; else they wait in a temporary table and only what differs is written, so that loading
the same thing again touches no row. PostgreSQL refuses COPY into a table whose row security
binds the role; there the second way is always taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
import pyarrow as pa
import pyarrow.compute as pc
from pgpq import ArrowToPostgresBinaryEncoder, encoders
from pgpq import schema as pg
from psycopg import sql
from psycopg.rows import TupleRow

from gradeline.base.errors import InputBroken
from gradeline.records.streams import POSITION_COLUMN, SLICE_ID_COLUMN, RowTable
from gradeline.warehouse import ledger
from gradeline.warehouse.database import Connection
from gradeline.warehouse.savepoints import step
from gradeline.warehouse.sql import query

if TYPE_CHECKING:
    from pgpq._pgpq import EncoderBuilder  # a name of its type stub alone

_FILE = "load"

#: Rows encoded at a time: about 5 MB in the widest table we have.
_BATCH_ROWS = 50_000

_COPY_PLACE = re.compile(r"COPY \w+, line (\d+)(?:, column (\w+))?")


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What loading did to a table."""

    stored: int  #: rows that were not there
    changed: int  #: rows that were there with other values
    already_there: int  #: rows that were there as they are; stored + changed + this = all given
    taken_away: int  #: rows of the slice's earlier version that the new one has no more


def rows(
    connection: Connection, table: RowTable, slice_id: int, batches: Iterable[pa.RecordBatch]
) -> Loaded:
    """Make these the rows of a slice in `table`, in the caller's transaction.

    Batches hold the table's columns by name, in any order and beside others; `slice_id` is
    filled in where they lack it. Of rows with one key the last counts. Where slices share keys
    (a key without `slice_id`) the slice with the greater name is believed, so the order of
    loading does not matter. Others who load or settle the slice wait until the transaction ends.

    Raises:
        InputBroken: a value cannot be kept (a NUL, a wrong type, a year out of range); the
            message names slice, row and column, and the table is as it was.
    """
    # A savepoint within the caller's transaction: a refused row leaves the table as it was.
    with step(connection):
        incoming = _Incoming(table, slice_id, ledger.lock(connection, slice_id))
        if SLICE_ID_COLUMN in table.key and _can_copy(connection, table, slice_id):
            given = incoming.copy(connection, _names(table), batches)
            return Loaded(stored=given, changed=0, already_there=0, taken_away=0)
        return _by_way_of_staging(connection, table, incoming, batches)


def _by_way_of_staging(
    connection: Connection, table: RowTable, incoming: _Incoming, batches: Iterable[pa.RecordBatch]
) -> Loaded:
    names = _names(table)
    _run(connection, "stage", names)
    given = incoming.copy(connection, names | {"table": names["staged"]}, batches)
    _run(connection, "look", names)
    taken_away = 0
    if table.replaces_slice:
        taken_away = _run(connection, "take_away", names, slice_id=incoming.slice_id).rowcount
    stored, changed = _run(connection, "merge", names).fetchone() or (0, 0)
    _run(connection, "unstage", names)
    return Loaded(
        stored=stored,
        changed=changed,
        already_there=given - stored - changed,
        taken_away=taken_away,
    )


def forget(connection: Connection, table: RowTable, slice_id: int) -> int:
    """Take away all rows of a slice (of one that `ledger.drop` dropped as gone); how many."""
    return _run(connection, "forget", _names(table), slice_id=slice_id).rowcount


class _Incoming:
    """The rows of one slice on their way into PostgreSQL."""

    def __init__(self, table: RowTable, slice_id: int, slice_name: str) -> None:
        self._table = table
        self.slice_id = slice_id
        self._slice_name = slice_name
        self._encoder = ArrowToPostgresBinaryEncoder.new_with_encoders(
            table.schema, {field.name: _encoder(field, table) for field in table.schema}
        )

    def copy(
        self,
        connection: Connection,
        names: dict[str, sql.Composable],
        batches: Iterable[pa.RecordBatch],
    ) -> int:
        """Send the rows by COPY; how many."""
        given = 0
        try:
            with connection.cursor().copy(sql.SQL(query(_FILE, "copy")).format(**names)) as copy:
                copy.write(self._encoder.write_header())
                for batch in self._fitted(batches):
                    copy.write(self._encoded(batch))
                    given += batch.num_rows
                copy.write(self._encoder.finish())
        except psycopg.DataError as error:
            # Not chained: a DETAIL line may carry what a person wrote.
            raise self._refused(error) from None
        return given

    def _fitted(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for whole in batches:
            for start in range(0, whole.num_rows, _BATCH_ROWS):
                yield self._fit(whole.slice(start, _BATCH_ROWS))

    def _fit(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The table's columns in its order and types, free of what PostgreSQL cannot keep."""
        schema = self._table.schema
        if SLICE_ID_COLUMN not in batch.schema.names:
            number = pa.repeat(pa.scalar(self.slice_id, pa.int64()), batch.num_rows)
            batch = batch.append_column(SLICE_ID_COLUMN, number)
        try:
            batch = batch.select(schema.names).cast(schema)
        except (KeyError, ValueError, pa.ArrowException) as error:
            raise self._broken(f"its rows are not those of the table ({error})") from error
        for name, column in zip(schema.names, batch.columns, strict=True):
            if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
                self._refuse_nul(batch, name, column)
        return batch

    def _refuse_nul(self, batch: pa.RecordBatch, name: str, column: pa.Array) -> None:
        nul = pc.match_substring(column, "\0")
        if not pc.any(nul).as_py():
            return
        row = pc.index(nul, True).as_py()
        where = f"a row, column {name}"
        if POSITION_COLUMN in batch.schema.names:
            where = f"position {batch.column(POSITION_COLUMN)[row]}, column {name}"
        raise self._broken(f"{where} holds a NUL character, which PostgreSQL cannot keep")

    def _encoded(self, batch: pa.RecordBatch) -> bytes:
        try:
            return self._encoder.write_batch(batch)
        except (ValueError, pa.ArrowException) as error:
            raise self._broken(f"a value is out of PostgreSQL's range ({error})") from error

    def _refused(self, error: psycopg.DataError) -> InputBroken:
        place = _COPY_PLACE.search(error.diag.context or "")
        where = f"row {place[1]}, column {place[2]}: " if place else ""
        return self._broken(f"{where}{error.diag.message_primary}")

    def _broken(self, why: str) -> InputBroken:
        return InputBroken(
            f"Slice {self._slice_name} cannot be loaded into {self._table.name}: {why}.",
            hint="Its reader should have quarantined this record: please report it.",
        )


def _encoder(field: pa.Field, table: RowTable) -> EncoderBuilder:
    if field.name not in table.json:
        return ArrowToPostgresBinaryEncoder.infer_encoder(field)
    return encoders.StringEncoderBuilder.new_with_output(field, pg.Jsonb())


def _can_copy(connection: Connection, table: RowTable, slice_id: int) -> bool:
    row = _run(
        connection, "can_copy", _names(table), slice_id=slice_id, table_name=table.name
    ).fetchone()
    return bool(row and row[0])


def _names(table: RowTable) -> dict[str, sql.Composable]:
    """What the queries leave open, as identifiers from the declaration of the table."""
    columns = [sql.Identifier(name) for name in table.schema.names]
    key = [sql.Identifier(name) for name in table.key]
    values = [sql.Identifier(name) for name in table.schema.names if name not in table.key]
    comma = sql.SQL(", ")
    names: dict[str, sql.Composable] = {
        "table": sql.Identifier(table.name),
        "staged": sql.Identifier(f"staged_{table.name}"),
        "columns": comma.join(columns),
        "key": comma.join(key),
        "same_key": sql.SQL(" AND ").join(sql.SQL("old.{0} = new.{0}").format(k) for k in key),
        "changes": comma.join(sql.SQL("{0} = excluded.{0}").format(v) for v in values),
        "old_values": comma.join(sql.SQL("old.{}").format(v) for v in values),
        "new_values": comma.join(sql.SQL("excluded.{}").format(v) for v in values),
    }
    own = SLICE_ID_COLUMN in table.key
    change = "leave" if not values else "change" if own else "change_by_name"
    for name, part in (
        ("on_conflict", change),
        ("incoming", "all_incoming" if own else "last_incoming"),
    ):
        names[name] = sql.SQL(query(_FILE, part)).format(**names)
    return names


def _run(
    connection: Connection, name: str, names: dict[str, sql.Composable], **values: object
) -> psycopg.Cursor[TupleRow]:
    return connection.execute(sql.SQL(query(_FILE, name)).format(**names), values)
