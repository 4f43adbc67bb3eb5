"""Computing: every stage and family over the canonical tables, side by side where that can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Future

import ibis.expr.types as ir
import pyarrow as pa

from gradeline.engine import Session
from gradeline.metrics import Terms
from gradeline.metrics.days import as_date
from gradeline.metrics.families import FAMILIES, STAGES
from gradeline.metrics.family import built

#: Canonical tables of all that happened, the longest ones: a stage reads each, once.
_HAPPENED = frozenset({"attempts", "events", "event_days"})

#: Name → a table as it will be.
Started = Mapping[str, Future[pa.Table]]


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
    started = start_figures(session, tables, terms, kinds, FAMILIES)
    return {name: figures.result() for name, figures in started.items()}


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
            kept[name] = session.start_materializing(f"canonical_{name}", table)
    for stage in STAGES:
        found = built(stage, {**happened, **kept}, terms)
        kept[stage.name] = session.start_materializing(f"stage_{stage.name}", found)
        if stage.numbered:
            session.encode_texts(kept, stage.numbered)
    return {**happened, **kept}


def start_figures(
    session: Session,
    tables: Mapping[str, ir.Table],
    terms: Terms,
    kinds: frozenset[str],
    names: Iterable[str],
) -> Started:
    """The figures of these families, being computed.

    Args:
        session: where they are computed.
        tables: what `prepare` gave.
        terms: what they depend on beside these.
        kinds: of which kinds of sources there are facts.
        names: the families.
    """
    started = {}
    for name in names:
        family = FAMILIES[name]
        expression = built(family, tables, terms)
        if family.kind is not None and family.kind not in kinds:
            expression = session.memory_table(f"no_{name}", _none_of(expression))
        started[name] = session.start(expression, first=family.many)
    return started


def _none_of(expression: ir.Table) -> pa.Table:
    return expression.schema().to_pyarrow().empty_table()


def start_describing(session: Session, tables: Mapping[str, ir.Table]) -> Started:
    """What is said of courses, groups and people themselves, being looked up."""
    frame = tables["frame"]
    clicked = tables["events"].select("course_id").distinct()
    days = frame.select("course_id", today_on=as_date(frame.today))
    days = days.left_join(clicked, "course_id")
    days = days.select("course_id", "today_on", has_events=days.course_id_right.notnull())
    return {
        "courses": session.start(tables["courses"]),
        "groups": session.start(tables["groups"].semi_join(frame, "course_id")),
        "frame": session.start(days),
        "people": session.start(tables["learners"].select("learner_id", "name", "email")),
        "names": session.start(tables["groups"].select("group_id", "name")),
    }
