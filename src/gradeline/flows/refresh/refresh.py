"""Refresh: compute the numbers that are out of date again and publish them, all at once."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace

import ibis.expr.types as ir
import pyarrow as pa

from gradeline.base.errors import LakeError, WarehouseError
from gradeline.engine import Session
from gradeline.flows.failures import FATAL, Failure
from gradeline.flows.parts import Parts
from gradeline.flows.refresh import rows as result_rows
from gradeline.flows.refresh.canonical import open_canonical_tables
from gradeline.flows.refresh.changes import PeopleOf, Snapshot, Work, find_work
from gradeline.flows.refresh.compute import Started, prepare, start_descriptions, start_figures
from gradeline.flows.refresh.course_figures import build_course_figures
from gradeline.flows.refresh.course_people import digest_people, start_course_people
from gradeline.flows.refresh.detail import AttemptDetail
from gradeline.flows.refresh.failing import find_failing, leave_out
from gradeline.flows.refresh.group_rows import pack_group_figures
from gradeline.flows.refresh.item_rows import pack_forms, pack_items
from gradeline.flows.refresh.learner_rows import start_learner_rows
from gradeline.flows.refresh.readers import show_results
from gradeline.flows.refresh.unmatched import find_known, pack_unmatched, start_unmatched
from gradeline.metrics import Terms
from gradeline.metrics.families import FAMILIES
from gradeline.reports.anonymous import readers_figures
from gradeline.warehouse import Connection, Database, results
from gradeline.warehouse.course_links import read_course_links
from gradeline.warehouse.results import builds
from gradeline.warehouse.results.builds import Build, StagedRows
from gradeline.warehouse.slices import claims, ledger

_log = logging.getLogger(__name__)

#: How often a refresh starts again because another one published while it computed.
_TRIES = 5

#: Families of few rows that are published; others only explain these, row by row.
_FEW = tuple(name for name, family in FAMILIES.items() if family.stored and not family.many)


@dataclass(frozen=True, kw_only=True)
class RefreshResult:
    """What a refresh did."""

    build_id: int | None = None  #: None = nothing had changed, nothing was done
    courses: tuple[str, ...] = ()  #: courses whose numbers were computed, sorted
    gone: tuple[str, ...] = ()  #: courses whose results were removed: no facts name them
    learners: int = 0  #: learners whose own figures were computed
    failed: tuple[Failure, ...] = ()  #: courses that could not be computed; they stay as before


@dataclass(frozen=True, kw_only=True)
class RefreshRequest:
    """What a refresh computes."""

    terms: Terms
    courses: frozenset[str] | None  #: only these; None = all
    full: bool  #: compute all of them, changed or not
    failed: tuple[Failure, ...] = ()  #: courses that cannot be computed, which are left out

    @property
    def left_out(self) -> frozenset[str]:
        """Return the ids of the courses that are left out."""
        return frozenset(failure.course_id for failure in self.failed)


@dataclass(frozen=True, kw_only=True)
class _Computation:
    """What was computed: few rows in memory, the others staged. The engine is closed by then."""

    work: Work
    affected: frozenset[str] | None  #: learners whose own figures were computed; None = all
    learners: int  #: how many of them have any
    #: rows of materialized_stats, progress_summary and graded_attempts
    staged: Sequence[StagedRows]
    figures: Mapping[str, pa.Table]  #: family → its rows
    described: Mapping[str, pa.Table]
    detail_since: pa.Table
    unmatched: pa.Table  #: rows that figures leave out


def refresh(
    parts: Parts, terms: Terms, *, courses: frozenset[str] | None = None, full: bool = False
) -> RefreshResult:
    """Compute what changed since the last build and publish it in one transaction.

    Results equal those of a full rebuild, always. Readers never see half a build. A course that
    cannot be computed is left out of all numbers; what is published of it stays.

    Args:
        parts: the wired Gradeline.
        terms: what the numbers depend on beside facts.
        courses: only these; None = all.
        full: compute all of them, changed or not.

    Raises:
        LakeError, EngineError, WarehouseError, DiskFull: the results before stay.
    """
    request = RefreshRequest(terms=terms, courses=courses, full=full)
    with parts.database.connect(autocommit=True) as held, claims.share_lake(held), _gc_frozen():
        for _ in range(_TRIES):
            with parts.database.connect() as connection:
                snapshot = take_snapshot(connection)
            try:
                result = _try_once(parts, request, snapshot)
            except (LakeError, *FATAL):
                raise
            except Exception as error:
                if request.failed:
                    raise
                request = replace(request, failed=find_failing(parts, snapshot, terms, error))
                continue
            if result is not None:
                return replace(result, failed=request.failed)
            _log.info("another refresh published meanwhile; looking again")
    raise WarehouseError("Another run kept updating the results.", hint="Try again later.")


@contextmanager
def _gc_frozen() -> Iterator[None]:
    """Let the garbage collector search only objects that are made inside the block.

    Expressions make thousands of small objects; searching all that the process has loaded
    again and again took a tenth of a refresh.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def take_snapshot(connection: Connection) -> Snapshot:
    """Read all that numbers can depend on, as it is now."""
    courses = read_course_links(connection)
    return Snapshot(
        facts=[fact.count_for(courses) for fact in ledger.snapshot(connection)],
        latest={entry.slice: entry.latest for entry in ledger.read_entries(connection)},
        links=results.links(connection),
        courses=courses,
        known=results.keys(connection),
    )


def _find_work(
    courses: pa.Table, request: RefreshRequest, snapshot: Snapshot, people_of: PeopleOf
) -> Work | None:
    """Find what there is to compute without the courses that are left out; None = nothing."""
    chosen, full = request.courses, request.full
    work = find_work(snapshot, courses, request.terms, people_of, chosen=chosen, full=full)
    work = work and work.without(request.left_out)
    return work if work is not None and (work.courses or work.keys) else None


def _try_once(parts: Parts, request: RefreshRequest, snapshot: Snapshot) -> RefreshResult | None:
    """Compute and publish; None where another refresh published meanwhile."""
    with parts.database.connect(autocommit=True) as connection:
        computed = _compute(parts, request, snapshot, connection)
        if computed is None:
            if request.courses is None and not request.failed:
                builds.confirm(connection)
            return RefreshResult()
        build = _build(computed, request.terms, connection)
        with connection.transaction():
            number = builds.publish(connection, build, expected=snapshot.known)
            show_results(connection)
    if number is None:
        return None
    work, learners = computed.work, computed.learners
    _log.info("build %d: %d courses, %d learners", number, len(work.compute), learners)
    return RefreshResult(
        build_id=number,
        courses=tuple(sorted(work.compute)),
        gone=tuple(sorted(work.gone)),
        learners=learners,
    )


def _compute(
    parts: Parts, request: RefreshRequest, snapshot: Snapshot, connection: Connection
) -> _Computation | None:
    """Compute what changed and stage the rows of learners; None = nothing changed."""
    terms, lists = snapshot.round_terms(request.terms), snapshot.lists
    with (
        parts.engine.session(parts.lake.filesystem()) as session,
        # Ends before the session does: what it sends is read from there.
        ThreadPoolExecutor(1, "sending") as sending,
    ):
        canonical = open_canonical_tables(
            session, snapshot.facts, parts.lake, snapshot.links, snapshot.courses
        )
        courses = session.run(canonical["courses"].select("course_id", "ends_on"))

        def people_of(ids: frozenset[str]) -> Mapping[str, str]:
            return digest_people(start_course_people(session, canonical, ids, lists), ids, lists)

        work = _find_work(courses, request, snapshot, people_of)
        if work is None:
            return None
        people = start_course_people(session, canonical, work.compute, lists)
        canonical = leave_out(canonical, request.left_out)
        tables = prepare(session, _narrow(canonical, work), terms)
        by_learner = start_learner_rows(session, tables, terms)
        started = start_figures(session, tables, terms, work.kinds, _FEW)
        described = start_descriptions(session, tables)
        looked = start_unmatched(session, tables, canonical["events"], courses, snapshot, terms)
        affected = None
        if not work.whole:
            progress = _ids(session.run(by_learner["progress"].select("learner_id")))
            outside = _learners_outside_courses(session, canonical, tables)
            affected = progress | outside | _published_learners(parts.database, work)
        detail = AttemptDetail(session, tables, courses, terms)
        staging = [
            *_start_staging(session, by_learner, affected, connection, sending),
            sending.submit(lambda: builds.stage(connection, "graded_attempts", detail.rows())),
        ]
        figures, names = _wait(started), _wait(described)
        unmatched = [table.result() for table in looked]
        known = find_known(session, by_learner["progress"], tables["learners"], unmatched)
        return _Computation(
            work=work.with_people(digest_people(people, work.compute, lists)),
            affected=affected,
            learners=_count_learners(session, by_learner["accuracy"], affected),
            detail_since=detail.since(),
            staged=[each.result() for each in staging],
            figures=figures,
            described=names,
            unmatched=pack_unmatched(
                unmatched,
                {**known, "courses": courses, "items": figures["items_standing"]},
                terms.timezone,
            ),
        )


def _start_staging(
    session: Session,
    by_learner: Mapping[str, ir.Table],
    affected: frozenset[str] | None,
    connection: Connection,
    sending: ThreadPoolExecutor,
) -> Sequence[Future[StagedRows]]:
    """Start to stage the rows of learners, as the engine has them, one table after the other."""

    def stage_stats() -> StagedRows:
        read = session.stream(by_learner["accuracy"])
        return builds.stage(
            connection, "materialized_stats", result_rows.pack_stats(read, affected)
        )

    def stage_progress() -> StagedRows:
        read = session.stream(by_learner["progress"])
        return builds.stage(connection, "progress_summary", result_rows.pack_progress(read))

    return [sending.submit(stage_stats), sending.submit(stage_progress)]


def _count_learners(session: Session, accuracy: ir.Table, affected: frozenset[str] | None) -> int:
    """Count the learners who have figures of their own, or those of them that are affected."""
    ids = _ids(session.run(accuracy.filter(accuracy.type == "learner").select("learner_id")))
    return len(ids if affected is None else ids & affected)


def _ids(table: pa.Table) -> frozenset[str]:
    return frozenset(table["learner_id"].to_pylist())


def _published_learners(database: Database, work: Work) -> frozenset[str]:
    """Return the learners of the published results that the work replaces."""
    with database.connect() as connection:
        return results.learners_of(connection, work.courses)


def _build(computed: _Computation, terms: Terms, connection: Connection) -> Build:
    """Stage the remaining rows and return the build of all of them."""
    figures, described = computed.figures, computed.described
    rows = {
        "graded_attempts_since": computed.detail_since,
        "leaderboards": result_rows.pack_leaderboards(figures),
        "group_figures": pack_group_figures(figures["group_figures"], described["names"]),
        "group_history": figures["group_history"],
        "item_figures": pack_items(figures["items"], figures["item_responses"]),
        "form_figures": pack_forms(figures["reliability"]),
        "daily_statistics": figures["daily_statistics"],
        "unmatched_rows": computed.unmatched,
    }
    courses = build_course_figures(figures, described, terms)
    return Build(
        as_of=terms.as_of,
        terms=terms.settings(),
        courses=computed.work.courses,
        learners=computed.affected,
        figures=courses,
        shown=[readers_figures(course) for course in courses],
        rows=[
            *computed.staged,
            *(builds.stage(connection, name, table) for name, table in rows.items()),
        ],
        keys=computed.work.keys,
    )


def _wait(started: Started) -> Mapping[str, pa.Table]:
    return {name: table.result() for name, table in started.items()}


def _narrow(canonical: Mapping[str, ir.Table], work: Work) -> Mapping[str, ir.Table]:
    """Return the canonical tables with only the events of the courses to compute.

    Figures of learners, levels and the school need every attempt; events, of which there are
    far more, count for their course alone.
    """
    if work.whole:
        return canonical
    names = sorted(work.compute)
    narrowed = {
        name: canonical[name].filter(canonical[name].course_id.isin(names)) for name in _BY_COURSE
    }
    return {**canonical, **narrowed}


_BY_COURSE = ("courses", "events")


def _learners_outside_courses(
    session: Session, canonical: Mapping[str, ir.Table], tables: Mapping[str, ir.Table]
) -> frozenset[str]:
    """Return the learners with answers that belong to no course."""
    graded, courses = tables["graded"], canonical["courses"]
    outside = graded.anti_join(courses, "course_id").select("learner_id").distinct()
    return _ids(session.run(outside))
