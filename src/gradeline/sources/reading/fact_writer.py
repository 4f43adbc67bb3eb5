"""Writing the facts of a slice row by row: each key once, and every record counted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from gradeline.records.counts import Counts
from gradeline.records.slices import Slice
from gradeline.records.streams import POSITION_COLUMN, SLICE_COLUMN
from gradeline.sources.reading.rejects import RejectSpool
from gradeline.sources.source import Reading

#: One row of facts: column → value.
Row = dict[str, Any]
_DIGEST_BYTES = 8


class DuplicateKey(ValueError):
    """A row has the key of an earlier row of its slice, but other values."""


@dataclass(kw_only=True)
class SliceCounts:
    """What became of the records of one slice, counted while it is read."""

    rejects: RejectSpool
    stored: int = 0  #: rows in the fact file
    already_there: int = 0  #: records equal to an earlier one of the slice
    courses: set[str] = field(default_factory=set)  #: course ids that the facts name
    earliest: datetime | None = None  #: oldest `at` among the facts, UTC
    latest: datetime | None = None  #: newest `at` among the facts, UTC

    def include(self, courses: Iterable[str], *instants: datetime | None) -> None:
        """Widen the courses and the span of time by those of stored rows."""
        self.courses.update(courses)
        known = [at for at in (self.earliest, self.latest, *instants) if at is not None]
        self.earliest, self.latest = min(known, default=None), max(known, default=None)

    def to_reading(self, checksum: str) -> Reading:
        """Return the result of reading the slice; every record is counted once."""
        return Reading(
            counts=Counts(
                received=self.stored + self.already_there + len(self.rejects),
                stored=self.stored,
                already_there=self.already_there,
                quarantined=len(self.rejects),
            ),
            broken=self.rejects,
            checksum=checksum,
            courses=frozenset(self.courses),
            earliest=self.earliest,
            latest=self.latest,
        )


class SliceWriter(AbstractContextManager["SliceWriter"]):
    """Writes rows to one fact file that is whole at its path after `finish`, or not there.

    Use it in a `with` block: leaving the block without `finish` removes what was written.
    """

    def __init__(
        self,
        facts: Path,
        slice_: Slice,
        schema: pa.Schema,
        *,
        sort_by_key: bool = False,
        row_group: int | None = None,
    ) -> None:
        """Prepare to write; nothing is on disk before the first row group.

        Args:
            facts: where the fact file goes; rejects are spooled beside it.
            slice_: the slice, whose name each row gets.
            schema: columns of the file, SLICE_COLUMN and POSITION_COLUMN among them.
            sort_by_key: write rows by rising key, not in the order they came.
            row_group: rows that are written together; None = all, when `finish` is called.
        """
        self.counts = SliceCounts(rejects=RejectSpool(facts.with_suffix(".broken")))
        self._facts = facts
        self._temporary = facts.with_name(f"{facts.name}.part")
        self._slice = str(slice_)
        self._schema = schema
        self._sort_by_key = sort_by_key
        self._row_group = row_group
        self._digests: dict[tuple[Any, ...], bytes] = {}
        self._waiting: list[tuple[tuple[Any, ...], Row]] = []
        self._written = 0
        self._file: pq.ParquetWriter | None = None

    def __exit__(self, *_: object) -> None:
        """Remove an unfinished file."""
        if self._file is not None:
            self._file.close()
            self._temporary.unlink(missing_ok=True)

    def add(
        self,
        row: Row,
        *,
        key: tuple[Any, ...],
        content: bytes,
        course: str | None = None,
        at: datetime | None = None,
    ) -> None:
        """Store a row, unless an equal one of the slice was stored before.

        Args:
            row: column → value, without the slice; a row without a position gets the next one.
            key: what tells the row from all others of the slice.
            content: all that the row says; its digest goes into the checksum.
            course: the course id that the row names.
            at: when it happened, UTC.

        Raises:
            DuplicateKey: an earlier row has this key and other content.
        """
        digest = hashlib.blake2b(content, digest_size=_DIGEST_BYTES).digest()
        if key in self._digests:
            if self._digests[key] != digest:
                raise DuplicateKey
            self.counts.already_there += 1
            return
        self._digests[key] = digest
        self.counts.stored += 1
        self.counts.include(() if course is None else (course,), at)
        self._waiting.append((key, row))
        if len(self._waiting) == self._row_group:
            self._write_group()

    def knows(self, key: tuple[Any, ...]) -> bool:
        """Return whether a row with that key is stored."""
        return key in self._digests

    def reject(self, place: str, reason: str, raw: bytes) -> None:
        """Send a record to quarantine: where it stood, `code: words`, its bytes."""
        self.counts.rejects.add(place, reason, raw)

    def finish(self, checksum: str | None = None) -> Reading:
        """Complete the file and return what became of all records.

        Args:
            checksum: order-free digest of the rows; None = the sum of the digests of `content`.
        """
        self._write_group()
        if self._file is not None:
            self._file.close()
            self._file = None
        self._temporary.replace(self._facts)
        total = sum(map(int.from_bytes, self._digests.values()))
        return self.counts.to_reading(checksum or f"{total % (1 << 64):016x}")

    def _write_group(self) -> None:
        """Write the waiting rows as one row group; an empty one where there are none."""
        if self._sort_by_key:
            self._waiting.sort(key=lambda keyed: keyed[0])
        rows = [
            {POSITION_COLUMN: position, **row, SLICE_COLUMN: self._slice}
            for position, (_, row) in enumerate(self._waiting, start=self._written)
        ]
        columns = {name: [row[name] for row in rows] for name in self._schema.names}
        if self._file is None:
            self._file = pq.ParquetWriter(self._temporary, self._schema, compression="zstd")
        self._file.write_table(pa.table(columns, schema=self._schema))
        self._written += len(rows)
        self._waiting.clear()
