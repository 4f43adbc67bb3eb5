"""Refresh: numbers that are no longer right are computed anew and published, all at once."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from gradeline.base.errors import WarehouseError
from gradeline.engine import Session
from gradeline.flows import packing
from gradeline.flows.canonical import canonical_tables
from gradeline.flows.course_figures import course_figures
from gradeline.flows.course_work import Snapshot, Work, work
from gradeline.flows.parts import Parts
from gradeline.metrics import FAMILIES, STAGES, Terms, built
from gradeline.metrics.days import as_date
from gradeline.warehouse import Connection, claims, ledger, results
from gradeline.warehouse.results import Build

_log = logging.getLogger(__name__)

#: How often a refresh starts again because another one published while it computed.
_TRIES = 5

#: Canonical tables of all that happened, the longest ones: a stage reads each, once.
_HAPPENED = frozenset({"attempts", "events", "event_days"})

#: The stage after which all texts that others join and group by are at hand, and those columns.
_NUMBERED_AFTER = "tries"
_IDS = ("learner_id", "course_id", "group_id", "item_id", "topic_id", "level_id")

#: Families whose rows are published; the others say what these say, one by one.
_STORED = frozenset(name for name, family in FAMILIES.items() if family.stored)


@dataclass(frozen=True, kw_only=True)
class Refreshed:
    """What a refresh did."""

    build_id: int | None = None  #: null = nothing had changed, nothing was done
    courses: tuple[str, ...] = ()  #: courses whose numbers were computed anew, sorted
    gone: tuple[str, ...] = ()  #: courses whose results were taken away: no facts name them
    learners: int = 0  #: learners whose own figures were computed anew


def refresh(
    parts: Parts, terms: Terms, *, courses: frozenset[str] | None = None, full: bool = False
) -> Refreshed:
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
        _undisturbed(),
    ):
        for _ in range(_TRIES):
            done = _once(parts, terms, courses, full)
            if done is not None:
                return done
            _log.info("another refresh published meanwhile; looking again")
    raise WarehouseError(
        "Other refreshes kept publishing while this one computed.", hint="Run again later."
    )


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Search only what is made from here on for garbage, not all that the process has loaded.

    Thousands of small objects are made of expressions; searching everything again and again
    took a tenth of a refresh.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def compute(
    session: Session, canonical: Mapping[str, ir.Table], terms: Terms, kinds: frozenset[str]
) -> Mapping[str, pa.Table]:
    """The figures of every family by its name, as Arrow tables in no order; stores nothing.

    Args:
        session: where they are computed.
        canonical: the tables that they are made of.
        terms: what they depend on beside these.
        kinds: of which kinds of sources there are facts.
    """
    tables = prepare(session, canonical, terms)
    return _figures(session, tables, terms, kinds, frozenset(FAMILIES))


def prepare(
    session: Session, canonical: Mapping[str, ir.Table], terms: Terms
) -> Mapping[str, ir.Table]:
    """The canonical tables with every stage beside them, each computed once and kept.

    What happened is too much to keep: it is read from the facts, once. It has a name all the
    same, so that what it is made of is compiled once, not with every expression that reads it.
    """
    happened, kept = {}, {}
    for name, table in canonical.items():
        if name in _HAPPENED:
            happened[name] = session.view(f"canonical_{name}", table)
        else:
            kept[name] = session.keep(f"canonical_{name}", table)
    for stage in STAGES:
        found = built(stage, {**happened, **kept}, terms)
        kept[stage.name] = session.keep(f"stage_{stage.name}", found)
        if stage.name == _NUMBERED_AFTER:
            session.code(kept, _IDS)
    return {**happened, **kept}


def _figures(
    session: Session,
    tables: Mapping[str, ir.Table],
    terms: Terms,
    kinds: frozenset[str],
    names: frozenset[str],
) -> Mapping[str, pa.Table]:
    figures = {}
    for name, family in FAMILIES.items():
        if name not in names:
            continue
        expression = built(family, tables, terms)
        if family.kind is None or family.kind in kinds:
            figures[name] = session.run(expression)
        else:
            figures[name] = expression.schema().to_pyarrow().empty_table()
    return figures


def snapshot_of(connection: Connection) -> Snapshot:
    """All that numbers can depend on, as it is now."""
    return Snapshot(
        facts=ledger.snapshot(connection),
        latest={each.slice: each.latest for each in ledger.entries(connection)},
        links=results.links(connection),
        known=results.keys(connection),
    )


def _once(
    parts: Parts, terms: Terms, courses: frozenset[str] | None, full: bool
) -> Refreshed | None:
    """One try; null where another refresh published meanwhile."""
    with parts.database.connect() as connection:
        snapshot = snapshot_of(connection)
    with parts.engine.session(parts.lake.filesystem()) as session:
        canonical = canonical_tables(session, snapshot.facts, parts.lake, snapshot.links)
        there = session.run(canonical["courses"].select("course_id", "ends_on"))
        todo = work(snapshot, there, terms, chosen=courses, full=full)
        if todo is None:
            return Refreshed()
        build = _computed(session, canonical, terms, todo, _before(parts, todo))
    with parts.database.connect() as connection:
        number = results.publish(connection, build, expected=snapshot.known)
    if number is None:
        return None
    told = build.stats.filter(pc.equal(build.stats["type"], "learner")).num_rows
    _log.info("build %d: %d courses, %d learners", number, len(todo.compute), told)
    return Refreshed(
        build_id=number,
        courses=tuple(sorted(todo.compute)),
        gone=tuple(sorted(todo.gone)),
        learners=told,
    )


def _before(parts: Parts, todo: Work) -> frozenset[str]:
    """Learners whose figures may be others for what was published; a whole build has them all."""
    if todo.whole:
        return frozenset()
    with parts.database.connect() as connection:
        return results.learners_of(connection, todo.courses)


def _computed(
    session: Session,
    canonical: Mapping[str, ir.Table],
    terms: Terms,
    todo: Work,
    before: frozenset[str],
) -> Build:
    """The results of the courses to compute, of their learners and of the school."""
    tables = prepare(session, _only(canonical, todo), terms)
    figures = _figures(session, tables, terms, todo.kinds, _STORED)
    learners = None
    if not todo.whole:
        learners = before | _touched(session, canonical, tables, figures["progress"])
    people = session.run(tables["learners"].select("learner_id", "name", "email"))
    groups = session.run(tables["groups"].select("group_id", "name"))
    return Build(
        as_of=terms.as_of,
        terms=terms.settings(),
        courses=todo.courses,
        learners=learners,
        stats=packing.stats(figures["accuracy"], learners),
        leaderboards=packing.leaderboards(figures),
        progress=packing.progress(figures["progress"], people, groups),
        daily=figures["daily_statistics"],
        figures=course_figures(figures, _described(session, tables), terms),
        keys=todo.keys,
    )


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


def _touched(
    session: Session,
    canonical: Mapping[str, ir.Table],
    tables: Mapping[str, ir.Table],
    progress: pa.Table,
) -> frozenset[str]:
    """Learners of the courses computed, and all with answers that belong to no course."""
    graded, courses = tables["graded"], canonical["courses"]
    loose = graded.anti_join(courses, "course_id").select("learner_id").distinct()
    found = session.run(loose)["learner_id"].to_pylist()
    return frozenset(progress["learner_id"].to_pylist()) | frozenset(found)


def _described(session: Session, tables: Mapping[str, ir.Table]) -> Mapping[str, pa.Table]:
    """What is said of courses and groups themselves."""
    frame = tables["frame"]
    clicked = tables["events"].select("course_id").distinct()
    days = frame.select("course_id", today_on=as_date(frame.today))
    days = days.left_join(clicked, "course_id")
    days = days.select("course_id", "today_on", has_events=days.course_id_right.notnull())
    return {
        "courses": session.run(tables["courses"]),
        "groups": session.run(tables["groups"].semi_join(frame, "course_id")),
        "frame": session.run(days),
    }
