"""Raw exports: the records of some days as a system gave them, day after day, as one file.

A day is taken from the lake where it is there. Where it is not, it is fetched and lands as in any
run: the next run loads it. Nothing is loaded here, so that whoever serves many requests has neither
the memory nor the work of it.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from gradeline.base.clock import now
from gradeline.base.errors import (
    LakeError,
    NotReady,
    ObjectMissing,
    SourceError,
    SourceUnavailable,
    UnsafeArchive,
)
from gradeline.flows.collect.collect import complete_request, make_plan
from gradeline.flows.collect.fetch import FetchResult, LandedSlice, download_objects, fetch_slices
from gradeline.flows.collect.settle import hold_archive, settle
from gradeline.flows.parts import Parts
from gradeline.records.slices import Slice, State
from gradeline.sources.source import GivesRecords, Plan, PlanRequest, RawSlice, Source
from gradeline.warehouse.slices import claims, ledger
from gradeline.warehouse.slices.entry import Entry

_log = logging.getLogger(__name__)

_DAY = timedelta(days=1)
#: Of folders in the spool; a sweep removes those of killed processes.
_PREFIX = "export-"
_SETTLED = frozenset({State.LOADED, State.EMPTY})


@dataclass(frozen=True, kw_only=True)
class Span:
    """What of a source is exported."""

    stream: str
    since: datetime  #: the first instant, UTC or what its source takes for it
    until: datetime  #: the instant after the last one, likewise


def export_records(source: Source, span: Span, parts: Parts) -> Generator[bytes]:
    """Yield the bytes of one file with all records of a span, each as it was received.

    Records in quarantine and those of held slices are among them. Windows that are not over yet
    are left out. No connection to the database is held while somebody reads slowly.

    Raises:
        SourceError: the system did not give a day; of the file, what came so far has no use.
        UnsafeArchive: so with what it gave; the slice is held.
        LakeError, WarehouseError, DiskFull: as they are.
    """
    if not isinstance(source, GivesRecords):
        raise SourceError(f"{source.name} has no raw records that could be exported.")
    days = _DaysOfSlices(source, span, parts)
    with closing(days.slices()) as slices:
        try:
            yield from source.join_records(slices)
        except UnsafeArchive as unsafe:
            raise days.hold(unsafe) from unsafe
        except FileNotFoundError as error:
            raise _gone(span) from error


@dataclass(frozen=True, kw_only=True)
class _SliceObjects:
    """A slice and the raw objects that hold it."""

    entry: Entry
    keys: tuple[str, ...]


class _DaysOfSlices:
    """Brings the slices of a span into reach, a day at a time."""

    def __init__(self, source: Source, span: Span, parts: Parts) -> None:
        self._source = source
        self._span = span
        self._parts = parts
        self._last: tuple[_SliceObjects, tuple[Path, ...]] | None = None

    def slices(self) -> Generator[RawSlice]:
        """Yield every slice that has raw files, in the order of time."""
        # A system's own day may begin before that of UTC.
        for since, until in _days(self._span.since, min(self._span.until, now() + _DAY)):
            found = self._land(PlanRequest(since=since, until=until))
            with tempfile.TemporaryDirectory(dir=self._parts.spool, prefix=_PREFIX) as name:
                files = _Files(self._parts, Path(name))
                for one in found:
                    if one.keys:
                        paths = files.of(one.keys, self._span)
                        self._last = one, paths
                        yield RawSlice(planned=one.entry.planned, raws=paths)

    def hold(self, unsafe: UnsafeArchive) -> UnsafeArchive:
        """Hold the slice that was given last; return the error that says so."""
        if self._last is None:
            return unsafe
        one, paths = self._last
        if one.entry.state is not State.HELD:
            landed = LandedSlice(keys=one.keys, paths=paths, written=0, spool=paths[0].parent)
            hold_archive(one.entry, unsafe, landed, self._parts.database)
        return UnsafeArchive(
            f"{one.entry.slice} is held and not exported: {unsafe.what}",
            hint=f"Look at it, then `gradeline slices drop '{one.entry.slice}'` leaves it out.",
        )

    def _land(self, request: PlanRequest) -> Sequence[_SliceObjects]:
        """See to it that the slices of a day have their raw bytes in the lake; return them."""
        plan, entries = self._plan(request)
        work = [entry for entry in entries.values() if entry.state in ledger.WORK]
        objects = {
            entry.slice: _SliceObjects(entry=entry, keys=_keys_of(entry))
            for entry in entries.values()
        }
        if work:
            objects |= self._fetch(work, plan)
        return [objects[slice_] for slice_ in entries]

    def _plan(self, request: PlanRequest) -> tuple[Plan, Mapping[Slice, Entry]]:
        """Plan a day; return the entries of its slices in their order."""
        database = self._parts.database
        with database.connect() as connection:
            asked = complete_request(request, self._source, connection)
            plan = make_plan(self._source, asked, self._parts)
            planned = [one for one in plan.slices if one.slice.stream == self._span.stream]
            ledger.plan(connection, planned)
            entries = [ledger.read_entry(connection, one.slice) for one in planned]
            lost = [one.slice_id for one in entries if one.raw_gone_at and one.state in _SETTLED]
            if lost:
                ledger.replan(connection, lost)
                entries = [ledger.read_entry(connection, one.slice) for one in planned]
        return plan, {entry.slice: entry for entry in entries}

    def _fetch(self, work: list[Entry], plan: Plan) -> Mapping[Slice, _SliceObjects]:
        """Fetch slices into the lake, sharing the work with runs; return their objects."""
        found = {}
        with (
            self._parts.database.connect(autocommit=True) as claiming,
            claims.share_lake(claiming),
            closing(fetch_slices(work, self._source, plan.fetch, self._parts, claiming)) as results,
        ):
            for result in results:
                found[result.entry.slice] = self._take(result)
        return found

    def _take(self, result: FetchResult) -> _SliceObjects:
        """Return the objects of a slice that was fetched, by us or by another run.

        Raises:
            SourceError: it did not come.
        """
        entry, landed = result.entry, result.landed
        if landed is not None and not (landed.paths and self._has_rows(entry)):
            settle(result, self._source, self._parts)
        elif result.error is not None:
            settle(result, self._source, self._parts)  # the ledger gets the reason
            if not isinstance(result.error, NotReady):
                raise _at(entry, result.error)
        if landed is not None:
            return _SliceObjects(entry=entry, keys=landed.keys)
        with self._parts.database.connect() as connection:
            entry = ledger.read_entry(connection, entry.slice)
        if entry.state in ledger.WORK - {State.LANDED, State.NOT_READY}:
            raise SourceUnavailable(
                f"{entry.slice} is being collected by a run, which has not brought it.",
                hint=entry.reason or "Ask again in a moment.",
            )
        return _SliceObjects(entry=entry, keys=_keys_of(entry))

    def _has_rows(self, entry: Entry) -> bool:
        """Whether a run loads the slice; one without rows is settled where it is fetched."""
        return bool(self._source.streams[entry.slice.stream].tables)


class _Files:
    """Raw objects as files on this machine; slices may share one."""

    def __init__(self, parts: Parts, folder: Path) -> None:
        self._lake = parts.lake
        self._folder = folder
        self._known: dict[tuple[str, ...], tuple[Path, ...]] = {}

    def of(self, keys: tuple[str, ...], span: Span) -> tuple[Path, ...]:
        """Return the files of a slice; those of the slice before are removed if it has others."""
        if keys not in self._known:
            for path in (path for paths in self._known.values() for path in paths):
                if path.is_relative_to(self._folder):
                    path.unlink(missing_ok=True)
            try:
                self._known = {keys: download_objects(keys, self._lake, self._folder)}
            except ObjectMissing as error:
                raise _gone(span) from error
        return self._known[keys]


def _keys_of(entry: Entry) -> tuple[str, ...]:
    """Return the raw objects of what is planned of a slice; empty = there are none."""
    return entry.loaded_raw_keys if entry.state in _SETTLED else entry.usable_raws


def _days(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the days of a span, the first and the last one as far as they are in it."""
    while since < until:
        midnight = since.replace(hour=0, minute=0, second=0, microsecond=0) + _DAY
        yield since, min(midnight, until)
        since = midnight


def _at(entry: Entry, error: SourceError) -> SourceError:
    """Return the same error, which says of what slice it is."""
    return type(error)(f"{entry.slice}: {error.what}", hint=error.hint)


def _gone(span: Span) -> LakeError:
    return LakeError(
        f"Raw bytes of {span.stream} were replaced or deleted while they were exported.",
        hint="Ask for the export again.",
    )
