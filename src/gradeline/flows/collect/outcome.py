"""What collecting a source did, added up slice by slice."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gradeline.records.counts import NO_RECORDS, Counts, LineCounts
from gradeline.records.slices import Slice

_ADDED = ("done", "shared", "counts", "objects")
_JOINED = ("lines", "held", "failed", "not_ready")


@dataclass(frozen=True, kw_only=True)
class CollectOutcome:
    """What collecting a source did."""

    slices: int = 0  #: slices that the source says should exist
    done: int = 0  #: slices this run settled
    shared: int = 0  #: slices another run settled meanwhile
    counts: Counts = NO_RECORDS  #: of the slices this run settled
    lines: tuple[LineCounts, ...] = ()  #: lines of those slices that gave no row, or several
    objects: int = 0  #: objects written to the lake
    gone: tuple[Slice, ...] = ()  #: slices that the source no longer has; they still count
    held: tuple[tuple[Slice, str], ...] = ()  #: with the reason, as the next two
    failed: tuple[tuple[Slice, str], ...] = ()
    not_ready: tuple[tuple[Slice, str], ...] = ()  #: the source will have them later
    left: int = 0  #: slices not asked for, since the source refused us or is away
    unread: str = ""  #: why the source as a whole could not be read; empty = it could

    def add(self, one: CollectOutcome) -> CollectOutcome:
        """Return both together: numbers added, lists joined; `slices` and `gone` stay."""
        sums = {name: getattr(self, name) + getattr(one, name) for name in (*_ADDED, *_JOINED)}
        return replace(self, **sums)
