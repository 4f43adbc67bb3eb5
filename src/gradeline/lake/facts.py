"""Fact files: typed rows as Parquet, written in flat memory; equal rows give equal bytes."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from gradeline.lake.errors import map_store_errors

#: Rows in one row group: small enough that writing and reading stay below a few tens of MB.
ROW_GROUP = 122_880
_LEVEL = 3  # zstd's default: twice the speed of 9 for about 5 % more bytes


class FactWriter:
    """Writes record batches to one Parquet file, which appears at its path only when complete.

    Batches are collected into row groups of a fixed size, so the bytes depend only on the rows
    and not on how they were split into batches.
    """

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.path = path
        self.rows = 0  #: rows written so far
        self._schema = schema.remove_metadata()
        self._temporary = path.with_name(f"{path.name}.part")
        self._waiting: list[pa.RecordBatch] = []
        self._waiting_rows = 0
        self._writer: pq.ParquetWriter | None = None

    def __enter__(self) -> FactWriter:
        """Begin the file, under a temporary name."""
        with map_store_errors(str(self.path.parent), self.path.name):
            self._writer = pq.ParquetWriter(
                self._temporary,
                self._schema,
                compression="zstd",
                compression_level=_LEVEL,
                store_schema=False,  # Arrow's own copy of the schema names its version
                version="2.6",
            )
        return self

    def write(self, batch: pa.RecordBatch) -> None:
        """Add rows; columns are ordered and cast as in the schema, without losing values.

        Raises:
            DiskFull: the disk is full.
        """
        self._waiting.append(batch.select(self._schema.names).cast(self._schema))
        self._waiting_rows += batch.num_rows
        self.rows += batch.num_rows
        while self._waiting_rows >= ROW_GROUP:
            self._write_group(ROW_GROUP)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Rename the file to its path if there was no error, otherwise delete it."""
        try:
            with map_store_errors(str(self.path.parent), self.path.name):
                self._finish(complete=kind is None)
        finally:
            self._temporary.unlink(missing_ok=True)

    def _write_group(self, rows: int) -> None:
        """Write the oldest waiting rows as one row group."""
        table = pa.Table.from_batches(self._waiting, schema=self._schema)
        rest = table.slice(rows)
        if self._writer is not None:
            with map_store_errors(str(self.path.parent), self.path.name):
                self._writer.write_table(table.slice(0, rows), row_group_size=rows)
        self._waiting = rest.to_batches()
        self._waiting_rows = rest.num_rows

    def _finish(self, *, complete: bool) -> None:
        """Close the file, and rename it to its path if it is complete."""
        if complete and self._waiting_rows:
            self._write_group(self._waiting_rows)
        if self._writer is not None:
            self._writer.close()
        if complete:
            self._temporary.replace(self.path)
