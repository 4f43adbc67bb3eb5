"""Settle: a slice that arrived comes to its end: in lake and tables, held, or failed."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from decimal import Decimal

from gradeline.base.errors import NotReady, SourceError, UnsafeArchive
from gradeline.flows.collect.fetch import FetchResult, LandedSlice, disk_error
from gradeline.flows.collect.load import ReadSlice, load_slice
from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.flows.collect.retry import retry_on_conflict
from gradeline.flows.parts import Parts
from gradeline.lake import fact_key
from gradeline.records.slices import RejectedRecord
from gradeline.records.streams import Stream
from gradeline.sources.source import NOTHING, Reading, Source
from gradeline.warehouse.slices import ledger, quarantine
from gradeline.warehouse.slices.entry import Entry, HeldVersion, SettledVersion

_log = logging.getLogger(__name__)

#: Below this many records a share says little, so a slice is never held.
HOLD_FROM_RECORDS = 100
#: So much of an archive that is held goes to quarantine; all of it is in the lake.
_ARCHIVE_HEAD = 64 << 10


def settle(brought: FetchResult, source: Source, parts: Parts) -> CollectOutcome:
    """What arrived to its end; a failure is written down, not passed on."""
    entry, error = brought.entry, brought.error
    if brought.landed is not None:
        try:
            return retry_on_conflict(
                brought.landed, lambda each: _through(entry, each, source, parts)
            )
        except UnsafeArchive as unsafe:
            return _hold_archive(entry, unsafe, brought.landed, parts)
        except SourceError as broken:
            error = broken
        except OSError as full:
            raise disk_error(entry.slice, parts.spool, full) from full
    return CollectOutcome(shared=1) if error is None else _failed(entry, error, parts)


def _failed(entry: Entry, error: SourceError, parts: Parts) -> CollectOutcome:
    reason = str(error)
    with parts.database.connect() as connection:
        if isinstance(error, NotReady):
            _log.info("%s is not ready: %s", entry.slice, reason)
            ledger.mark_not_ready(connection, entry.slice_id, reason)
            return CollectOutcome(not_ready=((entry.slice, reason),))
        _log.warning("%s failed: %s", entry.slice, reason)
        ledger.mark_failed(connection, entry.slice_id, reason, ask_again=True)
    return CollectOutcome(failed=((entry.slice, reason),))


def _through(entry: Entry, landed: LandedSlice, source: Source, parts: Parts) -> CollectOutcome:
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
    return CollectOutcome(
        done=1,
        received=reading.received,
        stored=reading.stored,
        already_there=reading.already_there,
        quarantined=reading.quarantined,
        objects=written,
    )


def _fact_key(entry: Entry, landed: LandedSlice, stream: Stream) -> str:
    # What is asked for again and again has facts named by its bytes and its reader alone.
    reader = entry.reader or entry.planned_fingerprint
    return fact_key(entry.slice, landed.keys, f"{stream.version} {reader}", stream.schema)


def _as_loaded(entry: Entry, landed: LandedSlice, stream: Stream) -> bool:
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


def _settle_again(entry: Entry, landed: LandedSlice, parts: Parts) -> CollectOutcome:
    """What is loaded is what the window holds now as well."""
    what = SettledVersion(
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
        quarantine.close_held(connection, entry.slice_id)
        ledger.settle(connection, entry.slice_id, what)
    return CollectOutcome(
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


def _hold(
    entry: Entry, reading: Reading, raw_keys: tuple[str, ...], parts: Parts
) -> CollectOutcome:
    reason = (
        f"{reading.quarantined} of {reading.received} records could not be understood, more than "
        f"{parts.hold_percent} % (QUARANTINE_HOLD_PERCENT). Mend the data or the mapping and "
        f"run again, or decide: gradeline slices release|drop '{entry.slice}'"
    )
    what = HeldVersion(
        fingerprint=entry.planned_fingerprint,
        reason=reason,
        raw_keys=raw_keys,
        received=reading.received,
        quarantined=reading.quarantined,
    )
    return _held(entry, what, reading.broken, parts)


def _hold_archive(
    entry: Entry, unsafe: UnsafeArchive, landed: LandedSlice, parts: Parts
) -> CollectOutcome:
    """Keep an archive that could do harm as it came; its beginning goes to quarantine."""
    with landed.paths[0].open("rb") as file:
        whole = RejectedRecord(
            place=landed.keys[0], reason=unsafe.what, raw=file.read(_ARCHIVE_HEAD)
        )
    what = HeldVersion(
        fingerprint=entry.planned_fingerprint,
        reason=str(unsafe),
        raw_keys=landed.keys,
        received=0,
        quarantined=0,
    )
    return _held(entry, what, [whole], parts)


def _held(
    entry: Entry, what: HeldVersion, broken: Iterable[RejectedRecord], parts: Parts
) -> CollectOutcome:
    with parts.database.connect() as connection:
        quarantine.replace(connection, entry.slice_id, broken, held=True)
        ledger.hold(connection, entry.slice_id, what)
    _log.warning("%s held: %s", entry.slice, what.reason)
    return CollectOutcome(held=((entry.slice, what.reason),))
