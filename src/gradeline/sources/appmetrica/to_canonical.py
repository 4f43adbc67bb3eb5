"""What AppMetrica's events mean as canonical tables.

A learner is a `profile_id`: what the app calls a person who has signed in. Events of nobody in
particular stay in the tables of the source. An event that field_mappings.yaml
calls an answer is an attempt too.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from gradeline.sources.canonical import (
    LINKS,
    POSTED,
    SOURCE_NAME,
    fitted,
    linked,
    not_posted,
)


def canonical_tables(streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Canonical tables from the facts of apps; their column `source_name` says of which."""
    facts = not_posted(streams["events"], streams.get(POSTED))
    rows = facts.filter(facts.profile_id.notnull())
    rows = rows.mutate(source=rows[SOURCE_NAME], learner_id=rows.profile_id)
    rows = linked(rows, streams.get(LINKS))
    answers = rows.filter(rows.item_id.notnull())
    attempts = answers.mutate(
        attempt_id=answers.source.concat(":", answers.uuid),
        kind=ibis.literal("answer"),
        at=answers.event_at,
        score=ibis.coalesce(answers.score, answers.correct.cast("int32").cast("decimal(9, 6)")),
    )
    items = answers.filter(answers.course_id.notnull())
    items = items.select(SOURCE_NAME, "course_id", "item_id").distinct()
    # Two ids that are linked to one person are one learner.
    people = rows.group_by("learner_id").aggregate(source=rows.source.min(), email=rows.email.max())
    events = rows.mutate(
        event_id=rows.source.concat(":", rows.uuid),
        type=rows.event_name,
        count=ibis.literal(1, "int64"),
        at=rows.event_at,
        properties=rows.event_json,
    )
    return {
        "attempts": fitted(attempts, "attempts"),
        "events": fitted(events, "events"),
        "items": fitted(items.mutate(kind=ibis.literal("task"), active=True), "items"),
        "learners": fitted(people, "learners"),
    }
