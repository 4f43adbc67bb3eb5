"""Copy Arrow batches into PostgreSQL as binary COPY, fitted to their table."""

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

#: Batches that are encoded ahead, so that the server does not wait while one is encoded.
_PREFETCH = 3

_T = TypeVar("_T")

_COPY_PLACE = re.compile(r"COPY \w+, line (\d+)(?:, column (\w+))?")


class SliceRows:
    """Copies rows of one slice into a table, or into a temporary one like it."""

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
        """Send the rows by COPY; how many.

        Args:
            connection: the caller owns its transaction.
            names: what the query `copy` leaves open.
            batches: rows with the table's columns by name.

        Raises:
            InputBroken: PostgreSQL cannot store a value.
        """
        count = 0
        table = self.table
        encoder = ArrowToPostgresBinaryEncoder.new_with_encoders(
            table.schema, {field.name: _encoder(field, table) for field in table.schema}
        )
        try:
            with connection.cursor().copy(sql.SQL(query("load", "copy")).format(**names)) as copy:
                copy.write(encoder.write_header())
                with closing(_prefetched(self._encode_all(encoder, batches))) as ready:
                    for rows, encoded in ready:
                        copy.write(encoded)
                        count += rows
                copy.write(encoder.finish())
        except psycopg.DataError as error:
            # Not chained: a DETAIL line may carry what a person wrote.
            raise self._refused(error) from None
        return count

    def _encode_all(
        self, encoder: ArrowToPostgresBinaryEncoder, batches: Iterable[pa.RecordBatch]
    ) -> Iterator[tuple[int, bytes]]:
        for batch in self._fit_all(batches):
            yield batch.num_rows, self._encode(encoder, batch)

    def _fit_all(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for whole in batches:
            for start in range(0, whole.num_rows, _BATCH_ROWS):
                yield self._fit(whole.slice(start, _BATCH_ROWS))

    def _fit(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the table's columns in its order and types; refuse what cannot be stored."""
        schema = self.table.schema
        if SLICE_ID_COLUMN not in batch.schema.names:
            number = pa.repeat(pa.scalar(self.slice_id, pa.int64()), batch.num_rows)
            batch = batch.append_column(SLICE_ID_COLUMN, number)
        try:
            batch = batch.select(schema.names).cast(schema)
        except (KeyError, ValueError, pa.ArrowException) as error:
            raise self._input_broken(f"its rows are not those of the table ({error})") from error
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
        raise self._input_broken(f"{where} holds a NUL character, which PostgreSQL cannot store")

    def _encode(self, encoder: ArrowToPostgresBinaryEncoder, batch: pa.RecordBatch) -> bytes:
        try:
            return encoder.write_batch(batch)
        except (ValueError, pa.ArrowException) as error:
            raise self._input_broken(f"a value is out of PostgreSQL's range ({error})") from error

    def _refused(self, error: psycopg.DataError) -> InputBroken:
        place = _COPY_PLACE.search(error.diag.context or "")
        where = f"row {place[1]}, column {place[2]}: " if place else ""
        return self._input_broken(f"{where}{error.diag.message_primary}")

    def _input_broken(self, why: str) -> InputBroken:
        return InputBroken(
            f"Slice {self.slice_name} cannot be loaded into {self.table.name}: {why}.",
            hint="Its reader should have quarantined this record: please report it.",
        )


def _prefetched(items: Iterator[_T]) -> Generator[_T]:
    """Yield the items; a thread makes the next ones while the server works on the last one."""
    with ThreadPoolExecutor(1, thread_name_prefix="encode") as pool:
        waiting = deque(pool.submit(next, items, None) for _ in range(_PREFETCH))
        while (item := waiting.popleft().result()) is not None:
            waiting.append(pool.submit(next, items, None))
            yield item


def _encoder(field: pa.Field, table: RowTable) -> EncoderBuilder:
    if field.name not in table.json:
        return ArrowToPostgresBinaryEncoder.infer_encoder(field)
    return encoders.StringEncoderBuilder.new_with_output(field, pg.Jsonb())
