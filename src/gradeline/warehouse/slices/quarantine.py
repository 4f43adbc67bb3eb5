"""Quarantine: records that could not be parsed, kept whole so that they can be read again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from psycopg.rows import DictRow, dict_row

from gradeline.base.errors import WrongUse
from gradeline.records.slices import RejectedRecord, Slice
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.connect.savepoints import savepoint
from gradeline.warehouse.connect.text import storable
from gradeline.warehouse.sql import query

_FILE = "quarantine"

#: How many bytes of each record a list carries; `show` gives them all.
HEAD = 200
_AT_ONCE = 200  # whole records on their way at once
#: Values of the query `ls` that choose all records.
_EVERY: Mapping[str, object] = {
    **dict.fromkeys(("source", "reason_code", "is_open", "most", "quarantine_id")),
    "head": HEAD,
}


@dataclass(frozen=True, kw_only=True)
class QuarantinedRecord:
    """A record in quarantine."""

    quarantine_id: int
    slice_id: int
    slice: Slice
    place: str  #: where it stood: file, line, column, or path in the document
    reason: str  #: a short code, a colon and words
    reason_code: str  #: the code alone
    raw: bytes  #: its bytes as received; in a list only the first ones
    size: int  #: of the whole record, bytes
    of_held: bool  #: it belongs to a held version, not to what is loaded
    noted_at: datetime
    closed_at: datetime | None  #: None = open
    resolution: str | None  #: `read_again` or `dropped`


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many open records of one source share a reason."""

    source: str
    reason_code: str
    records: int
    slices: int  #: how many slices they come from


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Open records of one file of a source that share a reason code."""

    source: str
    file: str  #: as their places name it; their stream where they name none
    reason_code: str
    records: int
    place: str  #: of the first of them
    reason: str  #: why that one was rejected


def replace(
    connection: Connection, slice_id: int, broken: Iterable[RejectedRecord], *, held: bool = False
) -> int:
    """Make these the open records of a slice, in the caller's transaction; how many.

    A record that is already there with the same reason keeps its row; an open one that is not
    among them is closed as `read_again`. The records of a held version are kept beside those of
    what is loaded, and replace only those of an earlier held version.
    """
    records = iter(broken)
    first = next(records, None)
    if first is None:
        # Nearly every slice: not worth a temporary table.
        _close(connection, slice_id, only_held=held, resolution="read_again")
        return 0
    with savepoint(connection):
        connection.execute(query(_FILE, "stage"))
        stored = _copy(connection, chain([first], records))
        connection.execute(query(_FILE, "replace"), {"slice_id": slice_id, "held": held})
        connection.execute(query(_FILE, "unstage"))
    return stored


def close_held(connection: Connection, slice_id: int) -> int:
    """Close the records of a slice's held version as `read_again`; how many."""
    return _close(connection, slice_id, only_held=True, resolution="read_again")


def drop(connection: Connection, slice_id: int, *, only_held: bool) -> int:
    """Close a slice's open records, or only those of its held version, as `dropped`; how many."""
    return _close(connection, slice_id, only_held=only_held, resolution="dropped")


def ls(
    connection: Connection,
    *,
    source: str | None = None,
    reason_code: str | None = None,
    is_open: bool | None = True,
    most: int | None = None,
) -> list[QuarantinedRecord]:
    """List records in the order they came in, each with its first bytes.

    Args:
        connection: reads.
        source: only of this source.
        reason_code: only with this code.
        is_open: True = open records, False = closed ones, None = both.
        most: how many at most; None = all.
    """
    chosen = {"source": source, "reason_code": reason_code, "is_open": is_open, "most": most}
    return [_quarantined(row) for row in _rows(connection, "ls", **{**_EVERY, **chosen})]


def show(connection: Connection, quarantine_id: int) -> QuarantinedRecord:
    """Read one record with all its bytes.

    Raises:
        WrongUse: there is none with that number.
    """
    chosen = {"quarantine_id": quarantine_id, "head": 2**31 - 1}
    rows = _rows(connection, "ls", **{**_EVERY, **chosen})
    if not rows:
        raise WrongUse(
            f"No record in quarantine has the number {quarantine_id}.",
            hint="`gradeline quarantine ls` shows their numbers.",
        )
    return _quarantined(rows[0])


@dataclass(frozen=True, kw_only=True)
class WholeRecord:
    """A record in quarantine, open or closed, with all its bytes."""

    quarantine_id: int
    slice_id: int
    source: str
    place: str
    reason: str
    raw: bytes
    is_open: bool
    of_held: bool  #: it belongs to a held version, not to what is loaded

    @property
    def counted(self) -> bool:
        """Whether the ledger counts it in what is loaded."""
        return self.is_open and not self.of_held

    @property
    def searchable(self) -> bytes:
        """Everything stored of it as bytes, to be searched for a learner."""
        return b"\n".join((self.raw, self.reason.encode(), self.place.encode()))


def read_all(connection: Connection) -> Iterator[WholeRecord]:
    """Read all records, open or closed, in batches; use it within a transaction."""
    with connection.cursor("quarantined", row_factory=dict_row) as cursor:
        cursor.itersize = _AT_ONCE
        for row in cursor.execute(query(_FILE, "whole")):
            yield WholeRecord(**{**row, "raw": bytes(row["raw"])})


def remove(connection: Connection, ids: Collection[int]) -> int:
    """Delete records as if they had never been there; how many."""
    return connection.execute(query(_FILE, "remove"), {"ids": sorted(ids)}).rowcount


def counts(connection: Connection, *, source: str | None = None) -> list[Count]:
    """Count open records by source and reason code, most first."""
    return [Count(**row) for row in _rows(connection, "counts", source=source)]


def kinds(connection: Connection, sources: Collection[str]) -> list[Kind]:
    """Count open records of some sources by file and reason code, each with an example."""
    return [Kind(**row) for row in _rows(connection, "kinds", sources=list(sources))]


def _copy(connection: Connection, records: Iterable[RejectedRecord]) -> int:
    count = 0
    with connection.cursor().copy(query(_FILE, "copy")) as copy:
        copy.set_types(["text", "text", "bytea"])
        for record in records:
            copy.write_row((storable(record.place), storable(record.reason), record.raw))
            count += 1
    return count


def _close(connection: Connection, slice_id: int, *, only_held: bool, resolution: str) -> int:
    values = {"slice_id": slice_id, "only_held": only_held, "resolution": resolution}
    return connection.execute(query(_FILE, "close"), values).rowcount


def _rows(connection: Connection, name: str, **values: object) -> list[DictRow]:
    return connection.cursor(row_factory=dict_row).execute(query(_FILE, name), values).fetchall()


def _quarantined(row: DictRow) -> QuarantinedRecord:
    slice_ = Slice(
        source=row.pop("source"), stream=row.pop("stream"), window=row.pop("slice_window")
    )
    return QuarantinedRecord(slice=slice_, **row)
