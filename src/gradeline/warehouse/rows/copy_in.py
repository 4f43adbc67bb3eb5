"""Rows on their way into PostgreSQL: Arrow batches, fitted to their table, as binary COPY."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING, TypeVar

import psycopg
import pyarrow as pa
import pyarrow.compute as pc
from pgpq import ArrowToPostgresBinaryEncoder, encoders
from pgpq import schema as pg
from psycopg import sql

from gradeline.base.errors import InputBroken
from gradeline.records.streams import POSITION_COLUMN, SLICE_ID_COLUMN, RowTable
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

if TYPE_CHECKING:
    from pgpq._pgpq import EncoderBuilder  # a name of its type stub alone

#: Rows encoded at a time: about 5 MB in the widest table we have.
_BATCH_ROWS = 16_384

#: Batches that wait for the server: it is never kept waiting where one takes longer to be made.
_AHEAD = 3

Made = TypeVar("Made")

_COPY_PLACE = re.compile(r"COPY \w+, line (\d+)(?:, column (\w+))?")


class SliceRows:
    """The rows of one slice on their way into a table, or into one like it."""

    def __init__(self, table: RowTable, slice_id: int, slice_name: str) -> None:
        self.table = table
        self.slice_id = slice_id
        self.slice_name = slice_name

    def copy(
        self,
        connection: Connection,
        names: Mapping[str, sql.Composable],
        batches: Iterable[pa.RecordBatch],
    ) -> int:
        """Send the rows by COPY; how many."""
        given = 0
        table = self.table
        encoder = ArrowToPostgresBinaryEncoder.new_with_encoders(
            table.schema, {field.name: _encoder(field, table) for field in table.schema}
        )
        try:
            with connection.cursor().copy(sql.SQL(query("load", "copy")).format(**names)) as copy:
                copy.write(encoder.write_header())
                with closing(_ahead(self._made(encoder, batches))) as made:
                    for rows, encoded in made:
                        copy.write(encoded)
                        given += rows
                copy.write(encoder.finish())
        except psycopg.DataError as error:
            # Not chained: a DETAIL line may carry what a person wrote.
            raise self._refused(error) from None
        return given

    def _made(
        self, encoder: ArrowToPostgresBinaryEncoder, batches: Iterable[pa.RecordBatch]
    ) -> Iterator[tuple[int, bytes]]:
        for batch in self._fitted(batches):
            yield batch.num_rows, self._encoded(encoder, batch)

    def _fitted(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for whole in batches:
            for start in range(0, whole.num_rows, _BATCH_ROWS):
                yield self._fit(whole.slice(start, _BATCH_ROWS))

    def _fit(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The table's columns in its order and types, free of what PostgreSQL cannot keep."""
        schema = self.table.schema
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

    def _encoded(self, encoder: ArrowToPostgresBinaryEncoder, batch: pa.RecordBatch) -> bytes:
        try:
            return encoder.write_batch(batch)
        except (ValueError, pa.ArrowException) as error:
            raise self._broken(f"a value is out of PostgreSQL's range ({error})") from error

    def _refused(self, error: psycopg.DataError) -> InputBroken:
        place = _COPY_PLACE.search(error.diag.context or "")
        where = f"row {place[1]}, column {place[2]}: " if place else ""
        return self._broken(f"{where}{error.diag.message_primary}")

    def _broken(self, why: str) -> InputBroken:
        return InputBroken(
            f"Slice {self.slice_name} cannot be loaded into {self.table.name}: {why}.",
            hint="Its reader should have quarantined this record: please report it.",
        )


def _ahead(making: Iterator[Made]) -> Generator[Made]:
    """The same, each made while the server works on those before."""
    with ThreadPoolExecutor(1, thread_name_prefix="encode") as pool:
        coming = deque(pool.submit(next, making, None) for _ in range(_AHEAD))
        while (ready := coming.popleft().result()) is not None:
            coming.append(pool.submit(next, making, None))
            yield ready


def _encoder(field: pa.Field, table: RowTable) -> EncoderBuilder:
    if field.name not in table.json:
        return ArrowToPostgresBinaryEncoder.infer_encoder(field)
    return encoders.StringEncoderBuilder.new_with_output(field, pg.Jsonb())
