"""The slice: the unit of requesting, retrying, resuming, counting and parallel work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """The state of a slice in the ledger."""

    PLANNED = "planned"  #: known, not asked for yet
    LANDED = "landed"  #: its raw bytes are in the lake
    LOADED = "loaded"  #: its facts and rows are safe
    EMPTY = "empty"  #: asked for, and there was nothing
    NOT_READY = "not_ready"  #: the system will have it later
    FAILED = "failed"  #: it ended with an error; the next run tries again
    HELD = "held"  #: too much of it is broken; a person decides


@dataclass(frozen=True, kw_only=True, order=True)
class Slice:
    """One (source, stream, window), e.g. `files:oulad/attempts/studentAssessment.csv`."""

    source: str  #: the system, e.g. `files:oulad`
    stream: str  #: what of it, e.g. `attempts`
    window: str  #: which part of it: a file, an hour, a day

    def __str__(self) -> str:
        """Return its name, as every table, key and message writes it."""
        return f"{self.source}/{self.stream}/{self.window}"


@dataclass(frozen=True, kw_only=True)
class PlannedSlice:
    """A slice that a source says should exist, and what its content depends on."""

    slice: Slice
    fingerprint: str  #: hash of all that its content depends on; equal = nothing to do
    starts_at: datetime | None = None  #: first instant of its window, UTC; None for a file
    ends_at: datetime | None = None  #: the instant after its window, UTC
    #: a run's own window: once settled it moves the watermark, which a backfill's never does
    by_run: bool = False
    #: it may still change: settled or not, the watermark stays before it
    open: bool = False
    detail: Mapping[str, object] = field(default_factory=dict)  #: passed back to the source
    #: identifies the code that reads it: equal bytes and reader give equal facts, even if the
    #: fingerprint differs; None = the fingerprint alone decides
    reader: str | None = None
    #: a person released this content: where it is unclear how to read it, the likeliest is taken
    released: bool = False


@dataclass(frozen=True, kw_only=True)
class RejectedRecord:
    """A record that could not be understood, as it goes to quarantine."""

    place: str  #: where it was: file, line, column or path in the document
    reason: str  #: one short code and words, e.g. `bad_number: score is 'abc'`
    raw: bytes  #: the bytes as received
