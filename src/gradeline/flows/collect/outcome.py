"""What a collection did, as it is added up and told."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gradeline.records.slices import Slice

_ADDED = ("done", "shared", "received", "stored", "already_there", "quarantined", "objects")
_JOINED = ("held", "failed", "not_ready")


@dataclass(frozen=True, kw_only=True)
class CollectOutcome:
    """What a collection did."""

    slices: int = 0  #: slices that the source says should exist
    done: int = 0  #: slices this run settled
    shared: int = 0  #: slices another run settled meanwhile
    received: int = 0
    stored: int = 0
    already_there: int = 0
    quarantined: int = 0
    objects: int = 0  #: objects written to the lake
    gone: tuple[Slice, ...] = ()  #: slices that the source no longer has; they still count
    held: tuple[tuple[Slice, str], ...] = ()
    failed: tuple[tuple[Slice, str], ...] = ()
    not_ready: tuple[tuple[Slice, str], ...] = ()  #: the source will have them later
    left: int = 0  #: slices not asked for, since the source refused us or is away
    unread: str = ""  #: why the source as a whole could not be read; empty = it could

    def with_one_more(self, ended: CollectOutcome) -> CollectOutcome:
        """Both together: numbers added, lists joined; `slices` and `gone` stay as they are."""
        sums = {name: getattr(self, name) + getattr(ended, name) for name in (*_ADDED, *_JOINED)}
        return replace(self, **sums)
