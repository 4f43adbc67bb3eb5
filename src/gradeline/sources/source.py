"""The seam of all systems we read: a source plans slices, fetches their bytes and reads them.

A source knows neither lake nor warehouse nor ledger: flows carry what it gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

import ibis.expr.types as ir

from gradeline.records.slices import Broken, PlannedSlice
from gradeline.records.streams import Stream


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a run asks a source for."""

    since: datetime | None = None  #: first instant wanted, UTC
    until: datetime | None = None  #: the instant after the last one wanted, UTC
    courses: frozenset[str] | None = None  #: only these courses; null = all
    known: Mapping[tuple[str, str], str] | None = None  #: (stream, window) → fingerprint loaded


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
    broken: Iterable[Broken]  #: those records, read once
    checksum: str  #: order-free digest of the facts' rows
    courses: frozenset[str] | None  #: the courses its facts touch; null = cannot tell: all
    earliest: datetime | None = None  #: oldest `at` among its facts, UTC
    latest: datetime | None = None  #: newest `at` among its facts, UTC


class Source(Protocol):
    """A system we read. All three verbs may be repeated at will: they change nothing there."""

    name: str  #: e.g. `files:oulad`
    streams: Mapping[str, Stream]

    def slices(self, asked: Asked) -> Iterable[PlannedSlice]:
        """The slices that should exist now, in the order they had best be loaded."""
        ...

    def fetch(self, planned: PlannedSlice, spool: Path) -> Sequence[RawFile]:
        """The slice's bytes, whole and checked, as files (in `spool` where they must be written).

        Raises:
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
        """What the streams' facts mean as canonical tables; runs nothing."""
        ...
