"""Compute every stage and family over the canonical tables, in parallel where possible."""

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

#: The longest canonical tables, with a row for each thing that happened: one stage reads each.
_EVENT_TABLES = frozenset({"attempts", "events", "event_days"})

#: Name → a table that is being computed.
Started = Mapping[str, Future[pa.Table]]


def prepare(
    session: Session, canonical: Mapping[str, ir.Table], terms: Terms
) -> Mapping[str, ir.Table]:
    """Return the canonical tables and every stage by name, each computed once and materialized.

    Tables of events are too long for that: they become views, read from the facts once. A view
    is compiled once, not with every expression that reads it.
    """
    views, materialized = {}, {}
    for name, table in canonical.items():
        if name in _EVENT_TABLES:
            views[name] = session.view(f"canonical_{name}", table)
        else:
            materialized[name] = session.start_materializing(f"canonical_{name}", table)
    for stage in STAGES:
        expression = built(stage, {**views, **materialized}, terms)
        materialized[stage.name] = session.start_materializing(f"stage_{stage.name}", expression)
        if stage.numbered:
            session.encode_texts(materialized, stage.numbered)
    return {**views, **materialized}


def start_figures(
    session: Session,
    tables: Mapping[str, ir.Table],
    terms: Terms,
    kinds: frozenset[str],
    names: Iterable[str],
) -> Started:
    """Start to compute the figures of families.

    Args:
        session: where they are computed.
        tables: what `prepare` returned.
        terms: what the figures depend on beside these.
        kinds: kinds of the sources that have facts; a family of another kind is empty.
        names: the families.
    """
    started = {}
    for name in names:
        family = FAMILIES[name]
        expression = built(family, tables, terms)
        if family.kind is not None and family.kind not in kinds:
            expression = session.memory_table(f"no_{name}", _empty_table(expression))
        started[name] = session.start(expression, first=family.many)
    return started


def _empty_table(expression: ir.Table) -> pa.Table:
    return expression.schema().to_pyarrow().empty_table()


def start_descriptions(session: Session, tables: Mapping[str, ir.Table]) -> Started:
    """Start to read what describes courses and groups.

    Returns:
        `courses`, and `groups` of these courses, as the canonical tables; `frame`: course_id,
        today_on (date), has_events (bool); `names`: group_id, course_id, name.
    """
    frame = tables["frame"]
    with_events = tables["events"].select("course_id").distinct()
    days = frame.select("course_id", today_on=as_date(frame.today))
    days = days.left_join(with_events, "course_id")
    days = days.select("course_id", "today_on", has_events=days.course_id_right.notnull())
    return {
        "courses": session.start(tables["courses"]),
        "groups": session.start(tables["groups"].semi_join(frame, "course_id")),
        "frame": session.start(days),
        "names": session.start(tables["groups"].select("group_id", "course_id", "name")),
    }
