"""Reading a post: rows to facts, and the id of each row in the order that they were sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gradeline.records.counts import Counts
from gradeline.records.product_tables import ProductTable
from gradeline.records.slices import PlannedSlice
from gradeline.records.streams import POSITION_COLUMN, SLICE_COLUMN
from gradeline.sources.posted.body import read_pieces
from gradeline.sources.posted.parse import RowParser
from gradeline.sources.source import PostContent, Reading


def facts_schema(table: ProductTable) -> pa.Schema:
    """Return the columns of the facts of a table's posts."""
    own = [
        pa.field(SLICE_COLUMN, pa.string(), nullable=False),
        pa.field(POSITION_COLUMN, pa.int64(), nullable=False),
    ]
    return pa.schema([*own, *table.schema])


def read_post(
    planned: PlannedSlice, table: ProductTable, body: Path, facts: Path, keys: Path | None = None
) -> PostContent:
    """Write the rows of a post to `facts`, and what names each of them to `keys`.

    Args:
        planned: the slice; it starts when it was posted.
        table: that they are rows of.
        body: as it was sent; its extension says its form.
        facts: where the fact file goes (Parquet, zstd); none is written without rows.
        keys: where the key of each row goes, in the order sent: a JSON list a line, or None.

    Raises:
        BadRequest: a row is wrong, or the body as a whole; nothing is left behind.
    """
    schema = facts_schema(table)
    temporary = facts.with_name(f"{facts.name}.part")
    count = _Count()
    try:
        with pq.ParquetWriter(temporary, schema, compression="zstd", compression_level=1) as file:
            for rows in _parsed(planned, table, body, count):
                file.write_table(_with_place(rows, planned, schema, count.rows))
                count.include(rows)
                if keys is not None:
                    with keys.open("ab") as written:
                        _write_keys(rows, table, written)
        if count.rows:
            checksum = _checksum(temporary)
            temporary.replace(facts)
            return count.to_post(checksum)
    finally:
        temporary.unlink(missing_ok=True)
    return count.to_post(f"{0:016x}")


def _parsed(
    planned: PlannedSlice, table: ProductTable, body: Path, count: _Count
) -> Iterator[pa.Table]:
    if planned.starts_at is None:
        raise ValueError(f"{planned.slice} says not when it was posted")
    parser = RowParser(table, planned.starts_at)
    for rows in read_pieces(body, body.name.rpartition(".")[2]):
        yield parser.parse(rows, count.rows)


class _Count:
    """Counts rows, and what they tell of."""

    def __init__(self) -> None:
        self.rows = 0
        self._batches = 0
        self._courses: set[str] = set()
        self._times: list[datetime] = []

    def include(self, rows: pa.Table) -> None:
        self.rows += rows.num_rows
        self._batches += 1
        if "course_id" in rows.column_names:
            self._courses.update(pc.unique(rows["course_id"]).drop_null().to_pylist())
            span = pc.min_max(rows["event_time"])
            times = [*self._times, span["min"].as_py(), span["max"].as_py()]
            self._times = [min(times), max(times)]

    def to_post(self, checksum: str) -> PostContent:
        earliest, latest = self._times or (None, None)
        reading = Reading(
            counts=Counts(received=self.rows, stored=self.rows),
            broken=(),
            checksum=checksum,
            courses=frozenset(self._courses),
            earliest=earliest,
            latest=latest,
        )
        return PostContent(reading=reading, rows=self.rows, batches=self._batches)


def _with_place(rows: pa.Table, planned: PlannedSlice, schema: pa.Schema, first: int) -> pa.Table:
    own = [
        pa.repeat(str(planned.slice), rows.num_rows),
        pa.array(range(first, first + rows.num_rows), pa.int64()),
    ]
    return pa.table([*own, *rows.columns], schema=schema)


def _write_keys(rows: pa.Table, table: ProductTable, to: IO[bytes]) -> None:
    columns = [rows[name].to_pylist() for name in table.key]
    keys = columns[0] if len(columns) == 1 else list(map(list, zip(*columns, strict=True)))
    to.write(msgspec.json.encode(keys) + b"\n")


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        whole = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=8))
    return whole.hexdigest()
