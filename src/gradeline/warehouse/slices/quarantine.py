"""Quarantine: records that could not be understood, kept whole until a later reading does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
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
    size: int  #: how many bytes it has
    of_held: bool  #: it belongs to a reading that is held, not to what is loaded
    noted_at: datetime
    closed_at: datetime | None  #: null = open
    resolution: str | None  #: `read_again` or `dropped`


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many open records of one source share a reason."""

    source: str
    reason_code: str
    records: int
    slices: int  #: how many slices they come from


def replace(
    connection: Connection, slice_id: int, broken: Iterable[RejectedRecord], *, held: bool = False
) -> int:
    """Make these the open records of a slice, in the caller's transaction; how many.

    A record that broke before in the same way keeps its row; an open one that is not among
    them is closed as `read_again`. The records of a held reading stand beside those of what is
    loaded, and take the place of an earlier held reading's only.
    """
    records = iter(broken)
    first = next(records, None)
    if first is None:
        # Nearly every slice: not worth a temporary table.
        _close(connection, slice_id, only_held=held, resolution="read_again")
        return 0
    with savepoint(connection):
        connection.execute(query(_FILE, "stage"))
        noted = _copy(connection, chain([first], records))
        connection.execute(query(_FILE, "replace"), {"slice_id": slice_id, "held": held})
        connection.execute(query(_FILE, "unstage"))
    return noted


def close_held(connection: Connection, slice_id: int) -> int:
    """Close the records of a held reading: the slice is what is loaded once more; how many."""
    return _close(connection, slice_id, only_held=True, resolution="read_again")


def drop(connection: Connection, slice_id: int, *, only_held: bool) -> int:
    """Close a slice's open records, or only those of its held reading, as `dropped`; how many."""
    return _close(connection, slice_id, only_held=only_held, resolution="dropped")


def ls(
    connection: Connection,
    *,
    source: str | None = None,
    reason_code: str | None = None,
    is_open: bool | None = True,
    most: int | None = None,
) -> list[QuarantinedRecord]:
    """Records in the order they were noted, with the first bytes of each; open ones by default.

    `is_open` null = open and closed; `most` null = all.
    """
    rows = _rows(
        connection,
        "ls",
        source=source,
        reason_code=reason_code,
        is_open=is_open,
        most=most,
        quarantine_id=None,
        head=HEAD,
    )
    return [_quarantined(row) for row in rows]


def show(connection: Connection, quarantine_id: int) -> QuarantinedRecord:
    """One record with all its bytes.

    Raises:
        WrongUse: there is none with that number.
    """
    rows = _rows(
        connection,
        "ls",
        source=None,
        reason_code=None,
        is_open=None,
        most=1,
        quarantine_id=quarantine_id,
        head=2**31 - 1,
    )
    if not rows:
        raise WrongUse(
            f"No record in quarantine has the number {quarantine_id}.",
            hint="`gradeline quarantine ls` shows their numbers.",
        )
    return _quarantined(rows[0])


@dataclass(frozen=True, kw_only=True)
class WholeRecord:
    """A record in quarantine with all that is kept of it, whether it is open or not."""

    quarantine_id: int
    slice_id: int
    source: str
    place: str
    reason: str
    raw: bytes
    is_open: bool
    of_held: bool  #: it belongs to a reading that is held, not to what is loaded

    @property
    def counted(self) -> bool:
        """Whether the ledger counts it in what is loaded."""
        return self.is_open and not self.of_held

    @property
    def searchable(self) -> bytes:
        """All that is kept of it, as bytes to be searched."""
        return b"\n".join((self.raw, self.reason.encode(), self.place.encode()))


def read_all(connection: Connection) -> Iterator[WholeRecord]:
    """Every record there is, open or closed, a few at a time: read it within a transaction."""
    with connection.cursor("quarantined", row_factory=dict_row) as cursor:
        cursor.itersize = _AT_ONCE
        for row in cursor.execute(query(_FILE, "whole")):
            yield WholeRecord(**{**row, "raw": bytes(row["raw"])})


def remove(connection: Connection, ids: Collection[int]) -> int:
    """Take records away as if they had never been there; how many."""
    return connection.execute(query(_FILE, "remove"), {"ids": sorted(ids)}).rowcount


def counts(connection: Connection, *, source: str | None = None) -> list[Count]:
    """Open records by source and reason code, most first."""
    return [Count(**row) for row in _rows(connection, "counts", source=source)]


def _copy(connection: Connection, records: Iterable[RejectedRecord]) -> int:
    sent = 0
    with connection.cursor().copy(query(_FILE, "copy")) as copy:
        copy.set_types(["text", "text", "bytea"])
        for record in records:
            copy.write_row((storable(record.place), storable(record.reason), record.raw))
            sent += 1
    return sent


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
