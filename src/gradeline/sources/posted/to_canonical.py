"""What posted events mean as canonical tables: learners, events and attempts."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from gradeline.records.streams import POSITION_COLUMN, SLICE_COLUMN
from gradeline.sources.canonical import LINKS, SOURCE_NAME, fitted, linked
from gradeline.sources.product_events.to_canonical import attempts_of, events_of


def canonical_tables(streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Canonical tables from posted events; an event of nobody is no canonical event."""
    events = _last(streams["events_part"])
    person = ibis.coalesce(events.user_id.nullif(""), events.ehr_id.nullif(""))
    known = events.mutate(learner_id=person).filter(person.notnull())
    rows = known.mutate(source=known[SOURCE_NAME], at=known.event_time)
    rows = linked(rows, streams.get(LINKS))
    return {
        "learners": fitted(_learners(rows), "learners"),
        "events": fitted(events_of(rows), "events"),
        "attempts": fitted(attempts_of(rows), "attempts"),
    }


def _last(facts: ir.Table) -> ir.Table:
    """Each event as it was posted last."""
    order = [facts[SLICE_COLUMN].desc(), facts[POSITION_COLUMN].desc()]
    ranked = facts.mutate(_place=ibis.row_number().over(group_by=facts.uuid, order_by=order))
    return ranked.filter(ranked["_place"] == 0).drop("_place")


def _learners(rows: ir.Table) -> ir.Table:
    return rows.group_by("learner_id").aggregate(source=rows.source.min())
