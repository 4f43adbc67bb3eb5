"""What Amplitude's events mean as canonical tables: learners, events and attempts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import ibis
import ibis.expr.types as ir

from gradeline.records.streams import POSITION_COLUMN, SLICE_COLUMN
from gradeline.sources.amplitude.streams import CANONICAL_INPUT, STREAMS
from gradeline.sources.canonical import (
    LINKS,
    POSTED,
    SOURCE_NAME,
    fitted,
    linked,
    not_posted,
)
from gradeline.sources.product_events.to_canonical import attempts_of, events_of


def canonical_tables(streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Canonical tables from the events of Amplitude projects; `source_name` says of which source.

    An event without `user_id` is nobody's: it stays among the facts and is no canonical event.
    """
    facts = [streams[stream] for stream in STREAMS.values() if stream in streams]
    events = reduce(lambda one, other: one.union(other), map(_once, facts))
    events = not_posted(events, streams.get(POSTED))
    known = events.filter(events.user_id.notnull() & (events.user_id != ""))
    rows = known.mutate(source=known[SOURCE_NAME], learner_id=known.user_id, at=known.event_time)
    rows = linked(rows, streams.get(LINKS))
    return {
        "learners": fitted(_learners(rows), "learners"),
        "events": fitted(events_of(rows.mutate(properties=rows.event_properties)), "events"),
        "attempts": fitted(attempts_of(rows), "attempts"),
    }


def _once(facts: ir.Table) -> ir.Table:
    """Each event once: a stray counts only where no hour has the event as its own."""
    columns = [SLICE_COLUMN, SOURCE_NAME, *CANONICAL_INPUT]
    own = facts.filter(~facts.stray).select(columns)
    strays = facts.filter(facts.stray).select(columns)
    order = [strays[SLICE_COLUMN], strays[POSITION_COLUMN]]
    ranked = strays.mutate(_place=ibis.row_number().over(group_by=strays.uuid, order_by=order))
    first = ranked.filter(ranked["_place"] == 0).drop("_place")
    return own.union(first.anti_join(own.select("uuid"), "uuid"))


def _learners(rows: ir.Table) -> ir.Table:
    people = rows.group_by(["learner_id", "source"]).aggregate(email=rows.email.max())
    # Two ids of a source that are linked to one person are one learner.
    return people.group_by("learner_id").aggregate(
        source=people.source.min(), email=people.email.max()
    )
