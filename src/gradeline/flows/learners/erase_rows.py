"""Erase a person from the database: rows, quarantine, ledger, links and results in one step."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from gradeline.base.clock import now
from gradeline.engine import FactObjects, RowSession
from gradeline.flows.collect.exclude_forgotten import fields_of
from gradeline.flows.collect.load import load_table
from gradeline.flows.learners.erase_slice import SliceErasure
from gradeline.flows.learners.find_traces import Traces
from gradeline.flows.learners.identity import Person
from gradeline.flows.parts import Parts
from gradeline.records.streams import RowTable
from gradeline.records.tables import LEARNER_LINKS
from gradeline.sources import KINDS
from gradeline.sources.source import Source
from gradeline.warehouse import Connection
from gradeline.warehouse.learners import forgotten, links
from gradeline.warehouse.learners.redact import names_of, redact_texts
from gradeline.warehouse.slices import ledger, quarantine
from gradeline.warehouse.slices.entry import RewrittenSlice
from gradeline.warehouse.vocabulary.analytics import recompute
from gradeline.warehouse.vocabulary.erasing import erase_clients


def erase_rows(parts: Parts, traces: Traces) -> None:
    """Erase all that the database holds of the person, in one transaction.

    The same transaction remembers that the person must not come in again, and what is left to
    do after it: sources whose old objects go, courses whose documents are written again.

    Raises:
        WarehouseError, EngineError, DiskFull: nothing was changed.
    """
    person = traces.person
    erasures = {erasure.entry.slice_id: erasure for erasure in traces.slices}
    rejected: dict[int, int] = defaultdict(int)  # slice id → rejected records that its count loses
    for record in traces.quarantined:
        rejected[record.slice_id] += record.counted
    with (
        parts.engine.row_session(parts.lake.filesystem()) as session,
        parts.database.connect() as connection,
    ):
        forgotten.remember_forgotten(connection, person.names)
        for erasure in _changed_slices(connection, erasures, rejected):
            ledger.lock(connection, erasure.entry.slice_id)
            if erasure.rows:
                _load_again(connection, erasure, parts, session)
            rewritten = _rewritten_slice(erasure, rejected)
            ledger.record_erasure(connection, erasure.entry.slice_id, rewritten)
        _delete_rows(connection, person, parts.sources)
        redact_texts(connection, _texts_of(connection, person))
        quarantine.remove(connection, [record.quarantine_id for record in traces.quarantined])
        links.remove(connection, person.aliases)
        forgotten.forget_results(connection, person.aliases)
        _forget_practice(connection, traces, parts)
        sources = {erasure.entry.slice.source for erasure in traces.slices}
        forgotten.add_pending(connection, "objects", sources | set(person.ids))
        forgotten.add_pending(connection, "documents", traces.courses)


def _forget_practice(connection: Connection, traces: Traces, parts: Parts) -> None:
    """Delete what the person practised with the bot; words are rated without it."""
    if traces.clients:
        erase_clients(connection, traces.clients)
        recompute(connection, None, now(), parts.delivery.timezone)


def _texts_of(connection: Connection, person: Person) -> frozenset[str]:
    """Return every text that names the person, as long as results still have their name."""
    known = person.anywhere
    return names_of(connection, person.aliases) | known.ids | known.emails


def _changed_slices(
    connection: Connection, erasures: Mapping[int, SliceErasure], rejected: Mapping[int, int]
) -> Iterator[SliceErasure]:
    """Yield the slices with other objects, and those that lose only a rejected record."""
    yield from erasures.values()
    for entry in ledger.read_entries(connection):
        if rejected.get(entry.slice_id) and entry.slice_id not in erasures:
            yield SliceErasure(entry=entry, raw_keys=entry.raw_keys, fact_key=entry.fact_key)


def _rewritten_slice(erasure: SliceErasure, rejected: Mapping[int, int]) -> RewrittenSlice:
    entry = erasure.entry
    same = entry.loaded_raw_keys == entry.raw_keys
    digest = hashlib.sha256(str(erasure.fact_key).encode()).hexdigest()[:16]
    return RewrittenSlice(
        raw_keys=erasure.raw_keys,
        loaded_raw_keys=erasure.raw_keys if same else (),
        raws_lost=erasure.raws_lost,
        forgotten=erasure.records or erasure.rows,
        fact_key=erasure.fact_key,
        checksum=digest if erasure.rows else entry.checksum,
        rows=erasure.rows,
        broken=rejected.get(entry.slice_id, 0),
    )


def _load_again(
    connection: Connection, erasure: SliceErasure, parts: Parts, session: RowSession
) -> None:
    """Make the rows of a slice those of its new fact object."""
    slice_ = erasure.entry.slice
    source = parts.sources.get(slice_.source)
    stream = None if source is None else source.streams.get(slice_.stream)
    if stream is None:
        return
    locations = [] if erasure.fact_key is None else [parts.lake.location(erasure.fact_key)]
    facts = FactObjects(locations=locations, schema=stream.schema)
    for table in stream.tables:
        load_table(connection, table, erasure.entry.slice_id, facts, session)


def _delete_rows(connection: Connection, person: Person, sources: Mapping[str, Source]) -> None:
    """Delete rows that loading slices again did not reach: of sources that are no longer set."""
    for source in {*person.ids, *forgotten.sources(connection)}:
        for table in _tables(source, sources):
            stream = LEARNER_LINKS.name if table.name.endswith(LEARNER_LINKS.name) else ""
            who = person.known_to(source, stream)
            if who.ids:
                forgotten.forget_rows(connection, table, source, who.ids, fields_of(source))


def _tables(source: str, sources: Mapping[str, Source]) -> Iterable[RowTable]:
    """Return every table that rows of a source may lie in."""
    kind = KINDS.get(source.partition(":")[0])
    tables = {} if kind is None else {table.name: table for table in kind.tables.values()}
    if source in sources:
        for stream in sources[source].streams.values():
            tables |= {table.name: table for table in stream.tables}
    return tables.values()
