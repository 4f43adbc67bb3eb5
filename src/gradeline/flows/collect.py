"""Collect: slices that the ledger does not have yet go from a source to lake and warehouse.

Order is what makes a kill harmless: raw bytes first, then the ledger says `landed`; facts
first, then rows and ledger in one transaction. An object that no row names does no harm.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Container, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal

from gradeline.base.clock import now
from gradeline.base.errors import NotReady, SourceAway, SourceError, SourceRefused, UnsafeArchive
from gradeline.flows.again import until_settled
from gradeline.flows.landing import Brought, Landed, bring, disk_error, earlier_of
from gradeline.flows.load import ReadSlice, load_slice
from gradeline.flows.parts import Parts
from gradeline.lake import fact_key
from gradeline.records.slices import Broken, Slice
from gradeline.records.streams import Stream
from gradeline.sources.source import NOTHING, Asked, Reading, Source
from gradeline.warehouse import Connection, claims, ledger, quarantine
from gradeline.warehouse.entry import Entry, Held, Settled
from gradeline.warehouse.watermarks import watermarks

_log = logging.getLogger(__name__)

#: Below this many records a share says little, so a slice is never held.
HOLD_FROM_RECORDS = 100
#: A source that is away for so many slices in a row is left alone until the next run.
AWAY_IN_A_ROW = 3
#: So much of an archive that is held goes to quarantine; all of it is in the lake.
_ARCHIVE_HEAD = 64 << 10


@dataclass(frozen=True, kw_only=True)
class Collected:
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


Watch = Callable[[int, int, Slice], None]  #: called with (done, of, the slice just ended)


def collect(source: Source, asked: Asked, parts: Parts, watch: Watch) -> Collected:
    """Bring every slice of a source that is new or changed to its end, sharing the work.

    Slices that cannot be read are marked failed or held and named; the others go on, unless the
    source refuses our key or is away again and again: then the rest is left for the next run.

    Raises:
        NoRoom, WarehouseError: the run cannot go on; what is settled stays settled.
        SourceError: the source as a whole cannot be read; nothing was changed.
    """
    with parts.database.connect() as connection:
        asked = replace(informed(asked, source, connection), earlier=earlier_of(parts))
        planned = {each.slice: each for each in source.slices(asked)}
        work = ledger.plan(connection, planned.values())
        if not source.lists_all and not asked.backfill:
            work += _at_hand(source, planned, connection)
        gone = ledger.gone(connection, source.name, planned) if source.lists_all else []
    slices = len({*planned, *(entry.slice for entry in work)})
    total = Collected(slices=slices, gone=tuple(each.slice for each in gone))
    return _worked_through(work, total, source, parts, watch)


def read_again(source: Source, parts: Parts, watch: Watch) -> Collected:
    """As `collect`, what waits and has its raw bytes in the lake: asks the source for nothing."""
    with parts.database.connect() as connection:
        work = _at_hand(source, (), connection)
    return _worked_through(work, Collected(slices=len(work)), source, parts, watch)


def _worked_through(
    work: list[Entry], total: Collected, source: Source, parts: Parts, watch: Watch
) -> Collected:
    ended, patience = 0, _Patience()
    with (
        parts.database.connect(autocommit=True) as claiming,
        claims.sharing_the_lake(claiming),
        closing(bring(work, source, parts, claiming)) as arrivals,
        _stopping(source),
    ):
        for brought in arrivals:
            ended += 1
            total = _sum(total, _bring_home(brought, source, parts))
            watch(ended, len(work), brought.entry.slice)
            if patience.ends(brought.error):
                break
    return replace(total, left=len(work) - ended)


@contextmanager
def _stopping(source: Source) -> Iterator[None]:
    """Where the run cannot go on, fetches under way are not waited for."""
    try:
        yield
    except BaseException:
        source.stop()
        raise


def _at_hand(source: Source, planned: Container[Slice], connection: Connection) -> list[Entry]:
    """What waits outside of the planned windows and asks nothing of the source: raws in the lake.

    So a backfill's slice that a person let pass, or has read anew, is loaded by any run.
    """
    waiting = ledger.entries(connection, source=source.name, states=ledger.WORK)
    return [each for each in waiting if each.usable_raws and each.slice not in planned]


def informed(asked: Asked, source: Source, connection: Connection) -> Asked:
    """What a run asks for, with what the ledger and the clock know."""
    return replace(asked, now=asked.now or now(), watermarks=watermarks(connection, source.name))


class _Patience:
    """When it is no use to ask a source for anything more in this run."""

    def __init__(self) -> None:
        self._away = 0

    def ends(self, error: SourceError | None) -> bool:
        """Whether the source refused our key, or was away for several slices in a row."""
        self._away = self._away + 1 if isinstance(error, SourceAway) else 0
        return isinstance(error, SourceRefused) or self._away >= AWAY_IN_A_ROW


def _bring_home(brought: Brought, source: Source, parts: Parts) -> Collected:
    """What arrived to its end; a failure is written down, not passed on."""
    entry, error = brought.entry, brought.error
    if brought.landed is not None:
        try:
            return until_settled(brought.landed, lambda each: _through(entry, each, source, parts))
        except UnsafeArchive as unsafe:
            return _hold_archive(entry, unsafe, brought.landed, parts)
        except SourceError as broken:
            error = broken
        except OSError as full:
            raise disk_error(entry.slice, parts.spool, full) from full
    return Collected(shared=1) if error is None else _failed(entry, error, parts)


def _failed(entry: Entry, error: SourceError, parts: Parts) -> Collected:
    reason = str(error)
    with parts.database.connect() as connection:
        if isinstance(error, NotReady):
            _log.info("%s is not ready: %s", entry.slice, reason)
            ledger.not_ready(connection, entry.slice_id, reason)
            return Collected(not_ready=((entry.slice, reason),))
        _log.warning("%s failed: %s", entry.slice, reason)
        ledger.failed(connection, entry.slice_id, reason, ask_again=True)
    return Collected(failed=((entry.slice, reason),))


def _through(entry: Entry, landed: Landed, source: Source, parts: Parts) -> Collected:
    stream = source.streams[entry.slice.stream]
    if _as_loaded(entry, landed, stream) and parts.lake.exists(str(entry.fact_key)):
        return _settle_again(entry, landed, parts)
    reading = landed.reading or NOTHING
    if landed.paths and landed.reading is None:
        reading = source.read(entry.planned, landed.paths, landed.facts)
    if _too_broken(reading, entry, parts.hold_percent):
        return _hold(entry, reading, landed.keys, parts)
    key, written = None, landed.written
    if reading.stored:
        key = _fact_key(entry, landed, stream)
        written += parts.lake.put_new(key, landed.facts)
    load_slice(
        ReadSlice(entry=entry, stream=stream, reading=reading, facts=landed.facts, fact_key=key),
        parts.database,
        parts.engine,
    )
    _log.info("%s settled: received %d, stored %d", entry.slice, reading.received, reading.stored)
    return Collected(
        done=1,
        received=reading.received,
        stored=reading.stored,
        already_there=reading.already_there,
        quarantined=reading.quarantined,
        objects=written,
    )


def _fact_key(entry: Entry, landed: Landed, stream: Stream) -> str:
    # What is asked for again and again has facts named by its bytes and its reader alone.
    reader = entry.detail.get("reader", entry.planned_fingerprint)
    return fact_key(entry.slice, landed.keys, f"{stream.version} {reader}", stream.schema)


def _as_loaded(entry: Entry, landed: Landed, stream: Stream) -> bool:
    """Whether a window that was asked for again came with the very bytes that are loaded.

    Bytes of which a learner was taken meanwhile have other names, as have facts of another
    reader. One that is to be read again for its own sake (replay) has the same fingerprint.
    """
    asked_again = entry.fingerprint is not None and entry.fingerprint != entry.planned_fingerprint
    return (
        asked_again
        and entry.fact_key is not None
        and entry.fact_key == _fact_key(entry, landed, stream)
    )


def _settle_again(entry: Entry, landed: Landed, parts: Parts) -> Collected:
    """What is loaded is what the window holds now as well."""
    what = Settled(
        fingerprint=entry.planned_fingerprint,
        received=entry.received,
        stored=entry.stored,
        already_there=entry.already_there,
        quarantined=entry.quarantined,
        checksum=entry.checksum,
        fact_key=entry.fact_key,
        courses=None if entry.courses is None else frozenset(entry.courses),
        earliest=entry.earliest,
        latest=entry.latest,
    )
    with parts.database.connect() as connection:
        # A version between the two may have been held.
        quarantine.let_go(connection, entry.slice_id)
        ledger.settle(connection, entry.slice_id, what)
    return Collected(
        done=1,
        received=entry.received,
        already_there=entry.stored + entry.already_there,
        quarantined=entry.quarantined,
        objects=landed.written,
    )


def _too_broken(reading: Reading, entry: Entry, hold_percent: Decimal) -> bool:
    return (
        not entry.released
        and reading.received >= HOLD_FROM_RECORDS
        and reading.quarantined * 100 > hold_percent * reading.received
    )


def _hold(entry: Entry, reading: Reading, raw_keys: tuple[str, ...], parts: Parts) -> Collected:
    reason = (
        f"{reading.quarantined} of {reading.received} records could not be understood, more than "
        f"{parts.hold_percent} % (QUARANTINE_HOLD_PERCENT). Mend the data or the mapping and "
        f"run again, or decide: gradeline slices release|drop '{entry.slice}'"
    )
    what = Held(
        fingerprint=entry.planned_fingerprint,
        reason=reason,
        raw_keys=raw_keys,
        received=reading.received,
        quarantined=reading.quarantined,
    )
    with parts.database.connect() as connection:
        quarantine.replace(connection, entry.slice_id, reading.broken, held=True)
        ledger.held(connection, entry.slice_id, what)
    _log.warning("%s held: %s", entry.slice, reason)
    return Collected(held=((entry.slice, reason),))


def _hold_archive(entry: Entry, unsafe: UnsafeArchive, landed: Landed, parts: Parts) -> Collected:
    """Keep an archive that could do harm as it came; its beginning goes to quarantine."""
    reason = str(unsafe)
    with landed.paths[0].open("rb") as file:
        whole = Broken(place=landed.keys[0], reason=unsafe.what, raw=file.read(_ARCHIVE_HEAD))
    what = Held(
        fingerprint=entry.planned_fingerprint,
        reason=reason,
        raw_keys=landed.keys,
        received=0,
        quarantined=0,
    )
    with parts.database.connect() as connection:
        quarantine.replace(connection, entry.slice_id, [whole], held=True)
        ledger.held(connection, entry.slice_id, what)
    _log.warning("%s held: %s", entry.slice, reason)
    return Collected(held=((entry.slice, reason),))


def _sum(total: Collected, more: Collected) -> Collected:
    """Both together: numbers added, lists joined; `slices` and `gone` are the total's own."""
    added = ("done", "shared", "received", "stored", "already_there", "quarantined", "objects")
    joined = ("held", "failed", "not_ready")
    sums = {name: getattr(total, name) + getattr(more, name) for name in (*added, *joined)}
    return replace(total, **sums)
