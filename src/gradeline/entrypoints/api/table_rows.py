"""Rows of tables as answers: JSON, NDJSON, CSV and Parquet, as long as they are.

A thread copies the rows from PostgreSQL to a file as fast as they come, and the client reads it at
its own pace, so no connection waits for a slow client and memory stays flat. All rows are of one
instant. An error after the first bytes cuts the connection: what is short never looks whole.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import msgspec
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from gradeline.access.principals import Principal
from gradeline.base.errors import TooManyRequests
from gradeline.entrypoints.api.cursors import Cursors
from gradeline.entrypoints.web.database import open_as
from gradeline.entrypoints.web.growing_file import GrowingFile, written_beside
from gradeline.warehouse import Database, audit
from gradeline.warehouse.audit import AuditNote
from gradeline.warehouse.product_tables import CopyForm, RowQuery, copied, shown_columns

#: Answers that are copied at once; others wait.
_AT_ONCE = threading.BoundedSemaphore(4)
_WAIT_S = 30.0
#: Rows of a group of a Parquet file: 10 MB of the widest table.
_GROUP_ROWS = 65_536
_CSV_BLOCK = 4 << 20


@dataclass(frozen=True, kw_only=True)
class RowRequest:
    """Rows that somebody asked for."""

    query: RowQuery
    principal: Principal
    request_id: str
    cursors: Cursors


class RowForm(Protocol):
    """How rows are written into an answer."""

    copy: CopyForm

    def write(self, pieces: Iterator[bytes], to: GrowingFile, asked: RowRequest) -> int:
        """Write what PostgreSQL copied; return how many rows."""


def stream_rows(
    database: Database, spool: Path, asked: RowRequest, form: RowForm
) -> Iterator[bytes]:
    """Return the bytes of an answer, as they come.

    Raises:
        TooManyRequests: too many others read whole tables now.
        WarehouseError, DiskFull: there is no answer; later ones are raised while it is read.
    """
    if not _AT_ONCE.acquire(timeout=_WAIT_S):
        raise TooManyRequests(
            "Too many tables are being read at once.", hint="Try again soon.", retry_after_s=_WAIT_S
        )

    def write(to: GrowingFile) -> None:
        try:
            with (
                _noted(database, asked) as count,
                open_as(database, asked.principal) as connection,
                copied(connection, asked.query, form.copy) as pieces,
            ):
                count.rows = form.write(pieces, to, asked)
        finally:
            _AT_ONCE.release()

    return written_beside(spool, write)


@dataclass
class _Count:
    rows: int | None = None


@contextmanager
def _noted(database: Database, asked: RowRequest) -> Iterator[_Count]:
    """Note in the audit what was read, to its end or not; of single rows nothing is noted."""
    count = _Count()
    try:
        yield count
    finally:
        if asked.query.pk is None:
            note = AuditNote(
                login=asked.principal.login,
                action="read",
                subject=asked.query.table.name,
                rows=count.rows,
                request_id=asked.request_id,
                detail={} if count.rows is not None else {"ended": "early"},
            )
            with open_as(database, asked.principal) as connection:
                audit.note(connection, note)


class JsonForm:
    """`{"rows": [...], "count": n, "next": cursor}`."""

    copy = CopyForm.JSON

    def write(self, pieces: Iterator[bytes], to: GrowingFile, asked: RowRequest) -> int:
        """See `RowForm`."""
        to.write(b'{"rows":[')
        count, last = 0, b""
        for piece in pieces:
            lines = piece.rstrip(b"\n")
            count += lines.count(b"\n") + 1
            to.write((b",\n" if last else b"") + lines.replace(b"\n", b",\n"))
            last = lines[lines.rfind(b"\n") + 1 :]
        following = _cursor_behind(last, asked) if count and count == asked.query.limit else None
        to.write(b'],"count":%d,"next":%s}' % (count, msgspec.json.encode(following)))
        return count


class NdjsonForm:
    """A JSON object a line."""

    copy = CopyForm.JSON

    def write(self, pieces: Iterator[bytes], to: GrowingFile, asked: RowRequest) -> int:  # noqa: ARG002 - part of the protocol
        """See `RowForm`."""
        count = 0
        for piece in pieces:
            count += piece.count(b"\n")
            to.write(piece)
        return count


class CsvForm:
    """CSV with a header; null is empty, an empty text is `""`. Values are as they are stored."""

    copy = CopyForm.CSV

    def write(self, pieces: Iterator[bytes], to: GrowingFile, asked: RowRequest) -> int:  # noqa: ARG002 - part of the protocol
        """See `RowForm`; a line end within a text counts as a row less."""
        count, quotes = -1, 0
        for piece in pieces:
            to.write(piece)
            quotes, ended = _ended_rows(piece, quotes)
            count += ended
        return count


def _ended_rows(piece: bytes, open_quotes: int) -> tuple[int, int]:
    """Return whether a quote is open behind a piece of CSV, and how many rows end in it."""
    if not open_quotes and b'"' not in piece:
        return 0, piece.count(b"\n")
    parts = piece.split(b'"')
    ended = sum(part.count(b"\n") for part in parts[open_quotes % 2 :: 2])
    return (open_quotes + len(parts) - 1) % 2, ended


class ParquetForm:
    """Parquet with the types of the table; JSON is text."""

    copy = CopyForm.CSV

    def write(self, pieces: Iterator[bytes], to: GrowingFile, asked: RowRequest) -> int:
        """See `RowForm`."""
        schema = shown_columns(asked.query.table)
        count = 0
        with (
            pc.open_csv(
                _Readable(pieces),
                read_options=pc.ReadOptions(use_threads=False, block_size=_CSV_BLOCK),
                parse_options=pc.ParseOptions(newlines_in_values=True),
                convert_options=_conversion(schema),
            ) as reader,
            pq.ParquetWriter(_Writable(to), schema, compression="zstd") as writer,
        ):
            for table in _grouped(reader):
                count += table.num_rows
                writer.write_table(table.cast(schema))
        return count


def _grouped(reader: pc.CSVStreamingReader) -> Iterator[pa.Table]:
    waiting: list[pa.RecordBatch] = []
    for batch in reader:
        waiting.append(batch)
        if sum(each.num_rows for each in waiting) >= _GROUP_ROWS:
            yield pa.Table.from_batches(waiting)
            waiting = []
    if waiting:
        yield pa.Table.from_batches(waiting)


def _conversion(schema: pa.Schema) -> pc.ConvertOptions:
    return pc.ConvertOptions(
        column_types=schema,
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
        true_values=["t"],
        false_values=["f"],
    )


class _Readable(io.RawIOBase):
    """Pieces of bytes as a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill what of the buffer the next piece fills."""
        if not self._rest:
            self._rest = memoryview(next(self._pieces, b""))
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


class _Writable(io.RawIOBase):
    """A growing file as Python's files are."""

    def __init__(self, to: GrowingFile) -> None:
        self._to = to

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: bytes | memoryview) -> int:  # type: ignore[override]
        """Append bytes."""
        return self._to.write(bytes(data))


def _cursor_behind(line: bytes, asked: RowRequest) -> str:
    row = msgspec.json.decode(line)
    return asked.cursors.write([row[name] for name in asked.query.order_columns])


def with_after(query: RowQuery, cursors: Cursors, after: str | None) -> RowQuery:
    """Return the query for the rows behind a cursor.

    Raises:
        BadRequest: it is not a cursor of this list.
    """
    return query if after is None else replace(query, after=cursors.read(after, "after"))
