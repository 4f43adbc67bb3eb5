"""Settle: bring a fetched slice to its end: loaded, held or failed."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from gradeline.base.errors import EncodingUnclear, NotReady, SourceError, UnsafeArchive
from gradeline.base.plurals import count
from gradeline.flows.collect.fetch import FetchResult, LandedSlice, to_disk_error
from gradeline.flows.collect.load import SliceFacts, load_slice
from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.flows.collect.retry import retry_on_conflict
from gradeline.flows.own_errors import own_errors
from gradeline.flows.parts import Parts
from gradeline.lake import fact_key
from gradeline.records.counts import NO_RECORDS, Counts
from gradeline.records.slices import RejectedRecord
from gradeline.records.streams import Stream
from gradeline.sources.source import NOTHING, Reading, Source
from gradeline.warehouse import Database
from gradeline.warehouse.slices import ledger, quarantine
from gradeline.warehouse.slices.entry import Entry, HeldVersion, SettledVersion

_log = logging.getLogger(__name__)

#: Below this many records a share says little, so a slice is never held.
HOLD_FROM_RECORDS = 100
#: Bytes of a held archive that go to quarantine; all of it is in the lake.
_ARCHIVE_HEAD = 64 << 10


def settle(result: FetchResult, source: Source, parts: Parts) -> CollectOutcome:
    """Bring a fetched slice to its end; a failure is recorded in the ledger, not raised.

    Raises:
        DiskFull, LakeError, WarehouseError: the run cannot go on.
    """
    entry, error = result.entry, result.error
    if result.landed is not None:
        try:
            with own_errors(str(entry.slice)):
                return retry_on_conflict(
                    result.landed, lambda landed: _settle_landed(entry, landed, source, parts)
                )
        except UnsafeArchive as unsafe:
            return hold_archive(entry, unsafe, result.landed, parts.database)
        except EncodingUnclear as unclear:
            return _hold_unclear(entry, unclear, result.landed, parts.database)
        except SourceError as unreadable:
            error = unreadable
        except OSError as failure:
            raise to_disk_error(entry.slice, parts.spool, failure) from failure
    return CollectOutcome(shared=1) if error is None else _fail(entry, error, parts.database)


def _fail(entry: Entry, error: SourceError, database: Database) -> CollectOutcome:
    reason = str(error)
    with database.connect() as connection:
        if isinstance(error, NotReady):
            _log.info("%s is not ready: %s", entry.slice, reason)
            ledger.mark_not_ready(connection, entry.slice_id, reason)
            return CollectOutcome(not_ready=((entry.slice, reason),))
        _log.warning("%s failed: %s", entry.slice, reason)
        ledger.mark_failed(connection, entry.slice_id, reason, ask_again=True)
    return CollectOutcome(failed=((entry.slice, reason),))


def _settle_landed(
    entry: Entry, landed: LandedSlice, source: Source, parts: Parts
) -> CollectOutcome:
    stream = source.streams[entry.slice.stream]
    if _is_unchanged(entry, landed, stream) and parts.lake.exists(str(entry.fact_key)):
        return _settle_unchanged(entry, landed, parts.database)
    if landed.unclear is not None:
        raise landed.unclear
    reading = landed.reading or NOTHING
    if landed.paths and landed.reading is None:
        reading = source.read(entry.planned, landed.paths, landed.facts)
    if is_too_broken(reading, entry, parts.hold_percent):
        return _hold(entry, reading, landed.keys, parts)
    key, written = None, landed.written
    if reading.counts.stored:
        key = _fact_key(entry, landed, stream)
        written += parts.lake.put_new(key, landed.facts)
    facts = SliceFacts(reading=reading, path=landed.facts, key=key)
    with parts.database.connect() as connection:
        load_slice(connection, parts.engine, entry, stream, facts)
    counts = reading.counts
    _log.info("%s settled: received %d, stored %d", entry.slice, counts.received, counts.stored)
    return CollectOutcome(done=1, counts=counts, lines=reading.lines, objects=written)


def _fact_key(entry: Entry, landed: LandedSlice, stream: Stream) -> str:
    # Slices that are fetched again and again have facts named by bytes and reader alone.
    reader = entry.reader or entry.planned_fingerprint
    return fact_key(entry.slice, landed.keys, f"{stream.version} {reader}", stream.schema)


def _is_unchanged(entry: Entry, landed: LandedSlice, stream: Stream) -> bool:
    """Whether a slice that was fetched again came with the very bytes that are loaded.

    The key of its facts tells: it is another one for bytes from which a learner was erased
    meanwhile, and for another reader. A slice that is read again for its own sake (replay) has
    the same fingerprint and is not skipped.
    """
    fetched_again = entry.fingerprint is not None and entry.fingerprint != entry.planned_fingerprint
    return (
        fetched_again
        and entry.fact_key is not None
        and entry.fact_key == _fact_key(entry, landed, stream)
    )


def _settle_unchanged(entry: Entry, landed: LandedSlice, database: Database) -> CollectOutcome:
    """Record that what is loaded is what the planned version holds as well."""
    version = SettledVersion(
        fingerprint=entry.planned_fingerprint,
        counts=entry.counts,
        checksum=entry.checksum,
        fact_key=entry.fact_key,
        courses=None if entry.courses is None else frozenset(entry.courses),
        earliest=entry.earliest,
        latest=entry.latest,
        notes=entry.notes,
    )
    with database.connect() as connection:
        # A version between the two may have been held.
        quarantine.close_held(connection, entry.slice_id)
        ledger.settle(connection, entry.slice_id, version)
    counts = replace(
        entry.counts, stored=0, already_there=entry.counts.stored + entry.counts.already_there
    )
    return CollectOutcome(done=1, counts=counts, objects=landed.written)


def is_too_broken(reading: Reading, entry: Entry, hold_percent: Decimal) -> bool:
    """Return whether so many records of a slice are broken that a person must decide.

    Broken lines of its own files count here too, though another slice has them in quarantine.
    """
    counts = _counts_of_all(reading)
    received, quarantined = counts.received, counts.quarantined - reading.waiting
    return (
        not entry.released
        and received >= HOLD_FROM_RECORDS
        and quarantined * 100 > hold_percent * received
    )


def _counts_of_all(reading: Reading) -> Counts:
    """Return the counts of a reading with the broken lines of its files that others count."""
    elsewhere = Counts(received=reading.broken_elsewhere, quarantined=reading.broken_elsewhere)
    return reading.counts + elsewhere


def _hold(
    entry: Entry, reading: Reading, raw_keys: tuple[str, ...], parts: Parts
) -> CollectOutcome:
    counts = _counts_of_all(reading)
    elsewhere = (
        f" ({count(reading.broken_elsewhere, 'line')} of them in quarantine under another table)"
        if reading.broken_elsewhere
        else ""
    )
    reason = (
        f"{counts.quarantined} of {counts.received} records could not be understood{elsewhere}, "
        f"more than {parts.hold_percent}% (QUARANTINE_HOLD_PERCENT). Fix the data or the mapping "
        f"and run again, or decide: `gradeline slices release '{entry.slice}'` or "
        f"`gradeline slices drop '{entry.slice}'`"
    )
    version = HeldVersion(
        fingerprint=entry.planned_fingerprint, reason=reason, raw_keys=raw_keys, counts=counts
    )
    return _hold_version(entry, version, reading.broken, parts.database)


def hold_archive(
    entry: Entry, unsafe: UnsafeArchive, landed: LandedSlice, database: Database
) -> CollectOutcome:
    """Hold an archive that could do harm: its beginning goes to quarantine, all is in the lake."""
    with landed.paths[0].open("rb") as file:
        head = RejectedRecord(
            place=landed.keys[0], reason=unsafe.what, raw=file.read(_ARCHIVE_HEAD)
        )
    version = HeldVersion(
        fingerprint=entry.planned_fingerprint,
        reason=str(unsafe),
        raw_keys=landed.keys,
        counts=NO_RECORDS,
    )
    return _hold_version(entry, version, [head], database)


def _hold_unclear(
    entry: Entry, unclear: EncodingUnclear, landed: LandedSlice, database: Database
) -> CollectOutcome:
    """Hold a slice whose text reads well in two encodings: none of its records is read yet."""
    reason = f"{unclear} `gradeline slices release '{entry.slice}'` takes the first of these."
    version = HeldVersion(
        fingerprint=entry.planned_fingerprint,
        reason=reason,
        raw_keys=landed.keys,
        counts=NO_RECORDS,
    )
    return _hold_version(entry, version, (), database)


def _hold_version(
    entry: Entry, version: HeldVersion, broken: Iterable[RejectedRecord], database: Database
) -> CollectOutcome:
    with database.connect() as connection:
        quarantine.replace(connection, entry.slice_id, broken, held=True)
        ledger.hold(connection, entry.slice_id, version)
    _log.warning("%s held: %s", entry.slice, version.reason)
    return CollectOutcome(held=((entry.slice, version.reason),))
