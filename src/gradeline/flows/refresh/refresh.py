"""Refresh: numbers that are no longer right are computed anew and published, all at once."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from gradeline.base.errors import WarehouseError
from gradeline.engine import Session
from gradeline.flows.parts import Parts
from gradeline.flows.refresh import rows as result_rows
from gradeline.flows.refresh.canonical import open_canonical_tables
from gradeline.flows.refresh.changes import Snapshot, Work, work
from gradeline.flows.refresh.compute import Started, prepare, start_describing, start_figures
from gradeline.flows.refresh.course_figures import build_course_figures
from gradeline.metrics import Terms
from gradeline.metrics.families import FAMILIES
from gradeline.warehouse import Connection, results
from gradeline.warehouse.results.builds import Build, Sent, send
from gradeline.warehouse.slices import claims, ledger

_log = logging.getLogger(__name__)

#: How often a refresh starts again because another one published while it computed.
_TRIES = 5

#: Sends rows of the table named ahead, beside other work.
_Submit = Callable[[str, pa.Table | pa.RecordBatchReader], Future[Sent]]

#: Families whose rows are published; the others say what these say, one by one.
_STORED = tuple(name for name, family in FAMILIES.items() if family.stored)


@dataclass(frozen=True, kw_only=True)
class RefreshResult:
    """What a refresh did."""

    build_id: int | None = None  #: null = nothing had changed, nothing was done
    courses: tuple[str, ...] = ()  #: courses whose numbers were computed anew, sorted
    gone: tuple[str, ...] = ()  #: courses whose results were taken away: no facts name them
    learners: int = 0  #: learners whose own figures were computed anew


@dataclass(frozen=True, kw_only=True)
class RefreshRequest:
    """What a refresh was asked for."""

    terms: Terms
    courses: frozenset[str] | None  #: only these; null = all
    full: bool  #: changed or not


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What was computed; the engine is closed by then."""

    todo: Work
    touched: frozenset[str] | None  #: whose own figures were computed anew; null = all
    learners: int  #: how many those are who have some
    stats: Future[Sent]  #: rows of materialized_stats, by far the most, while they are sent
    figures: Mapping[str, pa.Table]  #: family → its rows
    described: Mapping[str, pa.Table]


def refresh(
    parts: Parts, terms: Terms, *, courses: frozenset[str] | None = None, full: bool = False
) -> RefreshResult:
    """Compute what changed since the last build and publish it in one transaction.

    Results equal those of a full rebuild, always. Readers never see half a build.

    Args:
        parts: the wired Gradeline.
        terms: what the numbers depend on beside facts.
        courses: only these; null = all.
        full: compute them all, changed or not.

    Raises:
        LakeError, EngineError, WarehouseError, NoRoom: the results of before stay.
    """
    with (
        parts.database.connect(autocommit=True) as held,
        claims.sharing_the_lake(held),
        _gc_frozen(),
    ):
        for _ in range(_TRIES):
            done = _once(parts, RefreshRequest(terms=terms, courses=courses, full=full))
            if done is not None:
                return done
            _log.info("another refresh published meanwhile; looking again")
    raise WarehouseError(
        "Other refreshes kept publishing while this one computed.", hint="Run again later."
    )


@contextmanager
def _gc_frozen() -> Iterator[None]:
    """Search only what is made from here on for garbage, not all that the process has loaded.

    Thousands of small objects are made of expressions; searching everything again and again
    took a tenth of a refresh.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def take_snapshot(connection: Connection) -> Snapshot:
    """All that numbers can depend on, as it is now."""
    return Snapshot(
        facts=ledger.snapshot(connection),
        latest={each.slice: each.latest for each in ledger.entries(connection)},
        links=results.links(connection),
        known=results.keys(connection),
    )


def _once(parts: Parts, request: RefreshRequest) -> RefreshResult | None:
    """One try; null where another refresh published meanwhile."""
    with parts.database.connect() as connection:
        snapshot = take_snapshot(connection)
    with (
        parts.database.connect(autocommit=True) as connection,
        ThreadPoolExecutor(1, "sending") as sending,
    ):

        def submit(name: str, rows: pa.Table | pa.RecordBatchReader) -> Future[Sent]:
            return sending.submit(send, connection, name, rows)

        found = _found(parts, request, snapshot, submit)
        if found is None:
            return RefreshResult()
        build = _build(found, request.terms, submit)
        with connection.transaction():
            number = results.publish(connection, build, expected=snapshot.known)
    if number is None:
        return None
    todo, learners = found.todo, found.learners
    _log.info("build %d: %d courses, %d learners", number, len(todo.compute), learners)
    return RefreshResult(
        build_id=number,
        courses=tuple(sorted(todo.compute)),
        gone=tuple(sorted(todo.gone)),
        learners=learners,
    )


def _found(
    parts: Parts, request: RefreshRequest, snapshot: Snapshot, submit: _Submit
) -> _Found | None:
    """What there is to publish, the longest table being sent already; null = nothing changed."""
    terms = snapshot.settled(request.terms)
    with parts.engine.session(parts.lake.filesystem()) as session:
        canonical = open_canonical_tables(session, snapshot.facts, parts.lake, snapshot.links)
        there = session.run(canonical["courses"].select("course_id", "ends_on"))
        todo = work(snapshot, there, request.terms, chosen=request.courses, full=request.full)
        if todo is None:
            return None
        tables = prepare(session, _only(canonical, todo), terms)
        started = start_figures(session, tables, terms, todo.kinds, _STORED)
        described = start_describing(session, tables)
        touched = None
        if not todo.whole:
            progress = frozenset(started["progress"].result()["learner_id"].to_pylist())
            loose = _loose(session, canonical, tables)
            touched = progress | loose | _before(parts, todo)
        accuracy = result_rows.of_learners(started["accuracy"].result(), touched)
        return _Found(
            todo=todo,
            touched=touched,
            learners=pc.sum(pc.equal(accuracy["type"], "learner")).as_py() or 0,
            stats=submit("materialized_stats", result_rows.stats(accuracy)),
            figures=_there(started),
            described=_there(described),
        )


def _before(parts: Parts, todo: Work) -> frozenset[str]:
    """Learners whose figures may be others for what was published."""
    with parts.database.connect() as connection:
        return results.learners_of(connection, todo.courses)


def _build(found: _Found, terms: Terms, submit: _Submit) -> Build:
    """The build, all of its rows sent."""
    figures, described = found.figures, found.described
    people, groups = described["people"], described["names"]
    rows = [
        found.stats,
        submit("leaderboards", result_rows.leaderboards(figures)),
        submit("progress_summary", result_rows.progress(figures["progress"], people, groups)),
        submit("daily_statistics", figures["daily_statistics"]),
    ]
    return Build(
        as_of=terms.as_of,
        terms=terms.settings(),
        courses=found.todo.courses,
        learners=found.touched,
        figures=build_course_figures(figures, described, terms),
        rows=[sent.result() for sent in rows],
        keys=found.todo.keys,
    )


def _there(started: Started) -> Mapping[str, pa.Table]:
    return {name: table.result() for name, table in started.items()}


def _only(canonical: Mapping[str, ir.Table], todo: Work) -> Mapping[str, ir.Table]:
    """The tables with only the courses to compute, and their events; all else stays whole.

    Figures of learners, levels and the school need every attempt; clicks, of which there are
    far more, count for their course alone.
    """
    if todo.whole:
        return canonical
    names = sorted(todo.compute)
    narrowed = {
        name: canonical[name].filter(canonical[name].course_id.isin(names)) for name in _BY_COURSE
    }
    return {**canonical, **narrowed}


_BY_COURSE = ("courses", "events")


def _loose(
    session: Session, canonical: Mapping[str, ir.Table], tables: Mapping[str, ir.Table]
) -> frozenset[str]:
    """Learners with answers that belong to no course."""
    graded, courses = tables["graded"], canonical["courses"]
    loose = graded.anti_join(courses, "course_id").select("learner_id").distinct()
    return frozenset(session.run(loose)["learner_id"].to_pylist())
