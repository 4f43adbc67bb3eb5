"""Rows of tables as answers: JSON, NDJSON, CSV and Parquet, as long as they are.

A thread copies the rows from PostgreSQL to a file as fast as they come, and the client reads it at
its own pace, so no connection waits for a slow client and memory stays flat. All rows are of one
instant. An error after the first bytes cuts the connection: what is short never looks whole.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import msgspec

from gradeline.access.principals import Principal
from gradeline.base.errors import TooManyRequests
from gradeline.entrypoints.api.cursors import Cursors
from gradeline.entrypoints.api.parts import PostAnswer
from gradeline.entrypoints.web.database import open_as
from gradeline.entrypoints.web.growing_file import GrowingFile, written_beside
from gradeline.warehouse import Database, audit
from gradeline.warehouse.audit import AuditNote
from gradeline.warehouse.parquet import write_parquet
from gradeline.warehouse.product_tables import CopyForm, RowQuery, copied, shown_columns

#: Answers that are copied at once; others wait.
_AT_ONCE = threading.BoundedSemaphore(4)
_WAIT_S = 30.0
_PIECE = 256 << 10


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
        return write_parquet(pieces, shown_columns(asked.query.table), to)


def _cursor_behind(line: bytes, asked: RowRequest) -> str:
    row = msgspec.json.decode(line)
    return asked.cursors.write([row[name] for name in asked.query.order_columns])


def posted_pieces(posted: PostAnswer) -> Iterator[bytes]:
    """Yield the answer to rows that were posted, as long as it is."""
    with posted.ids as ids:
        yield b'{"inserted_ids":['
        while piece := ids.read(_PIECE):
            yield piece
        yield b'],"count":%d,"batches":%d}' % (posted.count, posted.batches)


def with_after(query: RowQuery, cursors: Cursors, after: str | None) -> RowQuery:
    """Return the query for the rows behind a cursor.

    Raises:
        BadRequest: it is not a cursor of this list.
    """
    return query if after is None else replace(query, after=cursors.read(after, "after"))
