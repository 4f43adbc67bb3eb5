"""The seam of all systems we read: a source plans slices, fetches their bytes and reads them.

A source knows neither lake nor warehouse nor ledger: flows carry what it gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from gradeline.records.slices import PlannedSlice, RejectedRecord, Slice
from gradeline.records.streams import Meaning, RowTable, Stream

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a run asks a source for."""

    since: datetime | None = None  #: first instant wanted, UTC
    until: datetime | None = None  #: the instant after the last one wanted, UTC
    courses: frozenset[str] | None = None  #: only these courses; null = all
    now: datetime | None = None  #: the present instant, UTC; null = the clock's
    #: stream → the instant up to which its runs have settled everything, UTC
    watermarks: Mapping[str, datetime] = field(default_factory=dict)
    #: gives the raw files that are loaded of a slice, in a folder; none where it is new
    earlier: Callable[[Slice, Path], Sequence[Path]] | None = None

    @property
    def backfill(self) -> bool:
        """Whether a person asked for a span of their own, which moves no watermark."""
        return self.since is not None or self.until is not None


@dataclass(frozen=True, kw_only=True)
class RawFile:
    """Bytes as received, checked to the end, waiting to be put into the lake."""

    path: Path  #: where they lie on this machine
    stream: str  #: the stream part of their raw key
    window: str  #: the window part of their raw key
    extension: str  #: e.g. `csv`, `parquet`, `json`


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What reading a slice gave, beside the fact file that it wrote."""

    received: int  #: records in the bytes, broken ones included
    stored: int  #: rows in the fact file
    already_there: int  #: records equal, key and all, to another one of the slice
    quarantined: int  #: records that could not be understood; the rest of received
    broken: Iterable[RejectedRecord]  #: those records, read once
    checksum: str  #: order-free digest of the facts' rows
    courses: frozenset[str] | None  #: the courses its facts touch; null = cannot tell: all
    earliest: datetime | None = None  #: oldest `at` among its facts, UTC
    latest: datetime | None = None  #: newest `at` among its facts, UTC


#: What the systems we know call the id of a learner.
LEARNER_FIELDS = frozenset(
    {"learner_id", "user_id", "lti_user_id", "ehr_id", "profile_id", "external_id"}
)

#: The reading of a slice without any bytes: there is nothing in it.
NOTHING = Reading(
    received=0,
    stored=0,
    already_there=0,
    quarantined=0,
    broken=(),
    checksum=f"{0:016x}",
    courses=frozenset(),
)


class Source(Protocol):
    """A system we read. Its verbs may be repeated at will: they change nothing there."""

    name: str  #: e.g. `files:oulad`
    streams: Mapping[str, Stream]
    lists_all: bool  #: whether `slices` names all there is, so that what it leaves out is gone
    parallel: int  #: slices that may be fetched at once, each in a thread
    reads_ahead: bool  #: whether the thread that fetched a slice reads it; else one at a time

    def slices(self, asked: Asked) -> Iterable[PlannedSlice]:
        """The slices that should exist now, in the order they had best be loaded."""
        ...

    def fetch(self, planned: PlannedSlice, spool: Path) -> Sequence[RawFile]:
        """The slice's bytes, whole and checked, as files (in `spool` where they must be written).

        No file at all says that there is nothing in it.

        Raises:
            NotReady: the system will have it later.
            SourceError: nothing usable came; nothing is left behind but in `spool`.
        """
        ...

    def read(self, planned: PlannedSlice, raws: Sequence[Path], facts: Path) -> Reading:
        """Write the slice's typed rows to `facts` (Parquet, zstd, the stream's schema).

        Raises:
            SourceError: the bytes as a whole cannot be read; `facts` is not left behind.
        """
        ...

    def meaning(self, streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
        """What the streams' facts mean as canonical tables; runs nothing.

        What makes expressions is imported when this is called: Ibis takes half a second and
        42 MB, which collecting does without.
        """
        ...

    def stop(self) -> None:
        """The run cannot go on: fetches in other threads end soon, with an error, for good."""
        ...


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What all sources of one kind share: where their rows lie and what they mean."""

    tables: Mapping[str, RowTable]  #: stream → the warehouse table of its rows
    meaning: Meaning  #: facts of any of them, their source as column `source_name`, to canonical
    #: fields of raw records, and columns of facts and rows, that hold a learner's own id
    learner_fields: frozenset[str] = LEARNER_FIELDS
    #: reading lets no key into a slice twice: facts of one slice alone say so to the meaning
    keys_once: bool = False
