"""Forget: all that is kept of a learner goes, everywhere, and does not come in again.

First objects without the learner are written beside those with them; then one transaction
changes rows, quarantine, ledger, links and results and remembers who must not come back; then
the old objects are deleted and what people read is written anew. Killed before the transaction
nothing has happened; killed after it a rerun finds in `forgetting` what is left to do.
"""

from __future__ import annotations

import hashlib
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from gradeline.base.errors import WrongUse
from gradeline.base.plurals import count
from gradeline.engine import RowSession
from gradeline.flows.collect.exclude_forgotten import fields_of
from gradeline.flows.collect.load import SliceFacts, load_table
from gradeline.flows.learners.identity import Person, find_person
from gradeline.flows.learners.traces import SliceErasure, erase_from_slice
from gradeline.flows.parts import Parts
from gradeline.flows.refresh.refresh import refresh
from gradeline.flows.report.raw_json import write_raw_json
from gradeline.flows.report.report import report
from gradeline.flows.run import Progress
from gradeline.flows.upkeep.sweep import delete_unnamed, sweep_spool
from gradeline.lake import document_key
from gradeline.metrics import Terms
from gradeline.records.streams import RowTable, Stream
from gradeline.records.tables import LEARNER_LINKS
from gradeline.sources import KINDS
from gradeline.warehouse import Connection, results
from gradeline.warehouse.learners import forgotten, links
from gradeline.warehouse.results import documents
from gradeline.warehouse.slices import claims, ledger, quarantine
from gradeline.warehouse.slices.entry import Entry, RewrittenSlice

_log = logging.getLogger(__name__)

#: Where people's files of a course lie, and how the names of ours begin there.
_PEOPLES = (("reports",), ("processed",), ("metrics", "kpi"))
_OURS = ("course_report", "users", "grades", "assessments", "kpi")

Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Traces:
    """All that is kept of a person."""

    person: Person
    slices: tuple[SliceErasure, ...] = ()  #: slices whose objects have to be others
    quarantined: tuple[quarantine.WholeRecord, ...] = ()  #: broken records that name them
    courses: frozenset[str] = frozenset()  #: courses whose documents name them

    @property
    def rows(self) -> int:
        """Rows of facts that are about them."""
        return sum(each.rows for each in self.slices)

    @property
    def lost(self) -> tuple[SliceErasure, ...]:
        """Slices whose raw bytes cannot be rewritten: they go as a whole."""
        return tuple(each for each in self.slices if each.raws_lost)


@dataclass(frozen=True, kw_only=True)
class ForgetResult:
    """What forgetting did."""

    traces: Traces
    already: bool = False  #: the learner was forgotten before: only what was left was done
    objects: int = 0  #: objects deleted
    documents: tuple[str, ...] = ()  #: documents written anew


def find_traces(parts: Parts, learner: str, progress: Progress, *, write: bool = False) -> Traces:
    """All that is kept of a learner; with `write` the objects without them are put into the lake.

    Raises:
        WrongUse: nobody of that id is known, nor was.
    """
    person = find_person(parts, learner)
    with parts.database.connect() as connection:
        entries = _entries(connection, person)
        broken = tuple(_naming(connection, person))
        courses = forgotten.courses_of(connection, person.aliases)
        known = bool(links.ls(connection, learner_id=person.learner_id))
    found = []
    with progress("looking through slices") as watch:
        for number, entry in enumerate(entries, start=1):
            found.append(erase_from_slice(entry, person, parts, write=write))
            watch(number, len(entries), entry.slice)
    changed = tuple(each for each in found if each.changed)
    named = any(each.rows or each.records for each in changed)
    if not (named or broken or courses or known or person.emails):
        raise WrongUse(
            f"No learner is called {learner}.",
            hint="Give the id that reports show, or source:id, such as files:school:11391.",
        )
    return Traces(person=person, slices=changed, quarantined=broken, courses=courses)


def forget(parts: Parts, learner: str, terms: Terms, progress: Progress, say: Say) -> ForgetResult:
    """Forget a learner; what an earlier, killed call has left to do is done too.

    Raises:
        WrongUse: nobody of that id is known, nor was.
        LakeError, WarehouseError, NoRoom, EngineError, ReportError: run again; it goes on.
    """
    with (
        parts.database.connect(autocommit=True) as held,
        claims.lock_lake(held, say),
    ):
        traces, already = _looked_for(parts, held, learner, progress)
        if not already:
            _commit(parts, traces)
        objects = _delete_objects(parts, held)
    written = _write_anew(parts, terms, progress)
    _log.info("a learner was forgotten: %d slices rewritten", len(traces.slices))
    return ForgetResult(traces=traces, already=already, objects=objects, documents=tuple(written))


def _looked_for(
    parts: Parts, connection: Connection, learner: str, progress: Progress
) -> tuple[Traces, bool]:
    """What is kept of the learner, and whether that is nothing since they were forgotten before."""
    try:
        return find_traces(parts, learner, progress, write=True), False
    except WrongUse:
        if not _is_forgotten(connection, learner):
            raise
        return Traces(person=Person(learner_id=learner, ids={}, emails=frozenset())), True


def _is_forgotten(connection: Connection, learner: str) -> bool:
    if forgotten.forgotten_learners(connection, forgotten.SHARED).includes(learner):
        return True
    return any(
        learner.startswith(f"{source}:")
        and forgotten.forgotten_learners(connection, source).includes(learner[len(source) + 1 :])
        for source in forgotten.sources(connection)
    )


def _entries(connection: Connection, person: Person) -> Sequence[Entry]:
    """Slices that may name the person: of their sources, and links of any source."""
    return [
        entry
        for entry in ledger.read_entries(connection)
        if (entry.slice.source in person.ids or entry.slice.stream == LEARNER_LINKS.name)
        and (entry.raw_keys or entry.loaded_raw_keys or entry.fact_key)
    ]


def _naming(connection: Connection, person: Person) -> Iterable[quarantine.WholeRecord]:
    """Broken records that may be about the person; of other sources those that surely are."""
    for record in quarantine.read_all(connection):
        if record.source in person.ids:
            if person.known_to(record.source, "").touched_by(record.searchable):
                yield record
        elif person.anywhere.named_in(record.searchable.decode("utf-8", "replace")):
            yield record


def _commit(parts: Parts, traces: Traces) -> None:
    """Everything that the database holds of the person goes, all at once."""
    person, slices = traces.person, {each.entry.slice_id: each for each in traces.slices}
    broken: dict[int, int] = defaultdict(int)
    for record in traces.quarantined:
        broken[record.slice_id] += record.counted
    with (
        parts.engine.row_session(parts.lake.filesystem()) as session,
        parts.database.connect() as connection,
    ):
        forgotten.remember_forgotten(connection, person.names)
        for each in _all_changed(connection, slices, broken):
            ledger.lock(connection, each.entry.slice_id)
            if each.rows:
                _load_again(connection, each, parts, session)
            ledger.record_erasure(connection, each.entry.slice_id, _rewritten(each, broken))
        _forget_rows(connection, parts, person)
        quarantine.remove(connection, [each.quarantine_id for each in traces.quarantined])
        links.remove(connection, person.aliases)
        forgotten.forget_results(connection, person.aliases)
        touched = {each.entry.slice.source for each in traces.slices}
        forgotten.add_pending(connection, "objects", touched | set(person.ids))
        forgotten.add_pending(connection, "documents", traces.courses)


def _all_changed(
    connection: Connection, slices: Mapping[int, SliceErasure], broken: Mapping[int, int]
) -> Iterable[SliceErasure]:
    """Slices with other objects, and those of which only a broken record goes."""
    yield from slices.values()
    for entry in ledger.read_entries(connection):
        if broken.get(entry.slice_id) and entry.slice_id not in slices:
            yield SliceErasure(
                entry=entry,
                raw_keys=entry.raw_keys,
                raws_lost=False,
                records=0,
                fact_key=entry.fact_key,
                rows=0,
            )


def _rewritten(each: SliceErasure, broken: Mapping[int, int]) -> RewrittenSlice:
    entry = each.entry
    same = entry.loaded_raw_keys == entry.raw_keys
    digest = hashlib.sha256(str(each.fact_key).encode()).hexdigest()[:16]
    return RewrittenSlice(
        raw_keys=each.raw_keys,
        loaded_raw_keys=each.raw_keys if same else (),
        raws_lost=each.raws_lost,
        forgotten=each.records or each.rows,
        fact_key=each.fact_key,
        checksum=digest if each.rows else entry.checksum,
        rows=each.rows,
        broken=broken.get(entry.slice_id, 0),
    )


def _load_again(
    connection: Connection, each: SliceErasure, parts: Parts, session: RowSession
) -> None:
    """The rows of a slice as its facts have them now."""
    stream = _stream(each.entry, parts)
    if stream is None:
        return
    facts = SliceFacts(
        slice_id=each.entry.slice_id,
        schema=stream.schema,
        location=None if each.fact_key is None else parts.lake.location(each.fact_key),
    )
    for table in stream.tables:
        load_table(connection, table, facts, session)


def _stream(entry: Entry, parts: Parts) -> Stream | None:
    source = parts.sources.get(entry.slice.source)
    return None if source is None else source.streams.get(entry.slice.stream)


def _forget_rows(connection: Connection, parts: Parts, person: Person) -> None:
    """Rows that no slice's replacement has reached: of sources that settings no longer name."""
    for source in {*person.ids, *(each for each in forgotten.sources(connection))}:
        for table in _tables(parts, source):
            stream = LEARNER_LINKS.name if table.name.endswith(LEARNER_LINKS.name) else ""
            who = person.known_to(source, stream)
            if who.ids:
                forgotten.forget_rows(connection, table, source, who.ids, fields_of(source))


def _tables(parts: Parts, source: str) -> Iterable[RowTable]:
    kind = KINDS.get(source.partition(":")[0])
    named = {} if kind is None else {table.name: table for table in kind.tables.values()}
    if source in parts.sources:
        for stream in parts.sources[source].streams.values():
            named |= {table.name: table for table in stream.tables}
    return named.values()


def _delete_objects(parts: Parts, connection: Connection) -> int:
    """Objects that nothing names any more go at once, waiting for no sweep."""
    deleted = 0
    for source in forgotten.pending(connection, "objects"):
        deleted += delete_unnamed(parts, source)
        forgotten.mark_done(connection, "objects", source)
    sweep_spool(parts.spool, older_than_s=0)  # they may hold text files as they were
    return deleted


def _write_anew(parts: Parts, terms: Terms, progress: Progress) -> Sequence[str]:
    """Numbers and documents as they are without the person."""
    write_raw_json(parts)
    with progress("counting") as watch:
        done = refresh(parts, terms)
        watch(1, 1, count(len(done.courses), "course"))
    with parts.database.connect(autocommit=True) as connection:
        due = forgotten.pending(connection, "documents")
        there = results.course_ids(connection)
        with progress("writing reports") as watch:
            theirs = [each for each in there if each in due]
            written = report(theirs, parts, terms, watch, full=True).written
            written += report(there, parts, terms, watch).written
        for course_id in due:
            _delete_old_documents(parts, connection, course_id)
            forgotten.mark_done(connection, "documents", course_id)
    return written


def _delete_old_documents(parts: Parts, connection: Connection, course_id: str) -> None:
    """What lies beside a course's new documents: other languages, courses that are no more."""
    noted = documents.read_documents(connection).get(course_id)
    right = set(noted.paths) if noted is not None else set()
    for place in _PEOPLES:
        folder = document_key(*place, *course_id.split("/", 1))
        ours = (each.key for each in parts.lake.list(f"{folder}/"))
        parts.lake.delete(
            key
            for key in ours
            if key not in right and key.rpartition("/")[2].partition(".")[0] in _OURS
        )
