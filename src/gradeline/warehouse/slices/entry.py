"""Values that are read from and written to the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from gradeline.base.errors import WrongUse
from gradeline.records.counts import NO_RECORDS, Counts
from gradeline.records.course_links import CourseLinks
from gradeline.records.slices import PlannedSlice, Slice, State


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A slice in the ledger: the state of the work on it, and what of it is loaded."""

    slice_id: int  #: its number, the same in every database
    slice: Slice
    starts_at: datetime | None = None  #: first instant of its window, UTC
    ends_at: datetime | None = None  #: the instant after its window, UTC
    detail: Mapping[str, object] = field(default_factory=dict)  #: what the source needs to fetch it
    reader: str | None = None  #: identifies how its bytes are read, as `PlannedSlice.reader`
    by_run: bool = False  #: a run planned it for itself: once settled it moves the watermark
    open: bool = False  #: its content may still change: the watermark stays before it

    state: State  #: of the work on it
    planned_fingerprint: str  #: what its content depends on now
    landed_fingerprint: str | None = None  #: what `raw_keys` were fetched for
    raw_keys: tuple[str, ...] = ()  #: raw objects fetched last
    tries: int = 0  #: tries that ended, since it was planned with this fingerprint
    reason: str | None = None  #: why it failed, is not ready, is held or was dropped
    held_received: int | None = None  #: records in the version that was held
    held_quarantined: int | None = None  #: broken ones among them
    released: bool = False  #: a person released this content: it is not held again
    gone_at: datetime | None = None  #: since when its source no longer has it

    fingerprint: str | None = None  #: the fingerprint of what is loaded; None = nothing is
    counts: Counts = NO_RECORDS  #: of what is loaded
    checksum: str | None = None  #: order-free digest of its facts
    fact_key: str | None = None  #: the lake object of its facts
    loaded_raw_keys: tuple[str, ...] = ()  #: raw objects its facts were read from
    courses: tuple[str, ...] | None = None  #: courses of its facts; None = not known: all
    earliest: datetime | None = None  #: oldest instant among its facts, UTC
    latest: datetime | None = None  #: newest instant among its facts, UTC

    planned_at: datetime
    landed_at: datetime | None = None
    loaded_at: datetime | None = None
    updated_at: datetime
    #: records of forgotten learners left out of its raw bytes; `counts` does not include them
    forgotten: int = 0
    raw_gone_at: datetime | None = None  #: since when its raw bytes are no longer kept
    raw_gone_why: str | None = None  #: `retention` or `forgotten`
    notes: Mapping[str, object] = field(default_factory=dict)  #: of what is loaded, as `Reading`

    @property
    def planned(self) -> PlannedSlice:
        """The slice as its source planned it last."""
        return PlannedSlice(
            slice=self.slice,
            fingerprint=self.planned_fingerprint,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            detail=self.detail,
            reader=self.reader,
            by_run=self.by_run,
            open=self.open,
            released=self.released,
        )

    @property
    def usable_raws(self) -> tuple[str, ...]:
        """Raw objects that can be read without asking the source again; else empty."""
        return self.raw_keys if self.landed_fingerprint == self.planned_fingerprint else ()


@dataclass(frozen=True, kw_only=True)
class SettledVersion:
    """One version of a slice that was read to its end, for `ledger.settle`."""

    fingerprint: str  #: as planned when the work on it began
    counts: Counts
    checksum: str | None = None  #: order-free digest of the facts
    fact_key: str | None = None  #: the lake object of the facts; None only where nothing was stored
    courses: frozenset[str] | None = None  #: courses of the facts; None = not known: all
    earliest: datetime | None = None  #: oldest instant among the facts, UTC
    latest: datetime | None = None  #: newest instant among the facts, UTC
    notes: Mapping[str, object] = field(default_factory=dict)  #: what reading showed


@dataclass(frozen=True, kw_only=True)
class HeldVersion:
    """One version of a slice with too many broken records, for `ledger.hold`."""

    fingerprint: str  #: as planned when the work on it began
    reason: str  #: what a person needs to decide
    raw_keys: tuple[str, ...]  #: its raw objects in the lake
    counts: Counts


@dataclass(frozen=True, kw_only=True)
class RewrittenSlice:
    """What remains of a slice after learners were erased, for `ledger.record_erasure`."""

    raw_keys: tuple[str, ...]  #: its raw objects now
    loaded_raw_keys: tuple[str, ...]  #: those of them that its facts were read from
    raws_lost: bool  #: raw objects could not be rewritten and are deleted
    forgotten: int  #: records removed from its raw bytes
    fact_key: str | None  #: the lake object of its facts now
    checksum: str | None  #: digest of its facts now
    rows: int  #: rows removed from its facts
    broken: int  #: records of what is loaded that were removed from quarantine


@dataclass(frozen=True, kw_only=True)
class FactObject:
    """A lake object with facts that the ledger names now."""

    slice_id: int
    slice: Slice
    key: str  #: its key in the lake
    courses: tuple[str, ...] | None  #: courses of its facts; None = not known: all
    checksum: str | None  #: order-free digest of its rows
    stored: int  #: rows in it

    def count_for(self, links: CourseLinks) -> FactObject:
        """Return the object with the courses that its facts count for."""
        if self.courses is None or not links.links:
            return self
        return replace(self, courses=links.join_all(self.slice.source, self.courses))


def slice_id(slice_: Slice) -> int:
    """Return the number of a slice: the first 63 bits of the SHA-256 of its name, never 0.

    A number that follows from the name is the same after a rerun, a restore and in another
    database, so rows that carry it can be compared byte for byte.
    """
    digest = hashlib.sha256(str(slice_).encode()).digest()
    return (int.from_bytes(digest[:8]) >> 1) or 1


def slice_named(name: str) -> Slice:
    """Parse a slice's name, `source/stream/window`.

    Raises:
        WrongUse: it does not have three parts.
    """
    source, stream, window = (*name.split("/", 2), "", "")[:3]
    if not (source and stream and window):
        raise WrongUse(
            f"`{name}` is not the name of a slice.",
            hint="It is source/stream/window, as `gradeline slices ls` shows it.",
        )
    return Slice(source=source, stream=stream, window=window)
