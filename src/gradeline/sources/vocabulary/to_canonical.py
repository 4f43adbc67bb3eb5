"""What the bot's answers mean as canonical tables: a course for each level, an item for each word.

Whoever answered a word of a level is in its course from that day on; who joined a group by its
code is in that group's part of it from the day of joining.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from gradeline.records.bot_answers import BOT_ANSWERS
from gradeline.sources.canonical import LINKS, SOURCE_NAME, fitted, linked

_WHO = [SOURCE_NAME, "learner_id"]


def canonical_tables(streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Canonical tables from the facts of the bot; their column `source_name` says of which."""
    links = streams.get(LINKS)
    answers = _answers(streams["answers"], links)
    people = _people(streams["learners"], links)
    members = _members(answers, people)
    return {
        "learners": fitted(_learners(people), "learners"),
        "courses": fitted(_courses(answers), "courses"),
        "items": fitted(_items(answers), "items"),
        "groups": fitted(_groups(members, people), "groups"),
        "memberships": fitted(members, "memberships"),
        "attempts": fitted(answers, "attempts"),
    }


def _answers(facts: ir.Table, links: ir.Table | None) -> ir.Table:
    number = facts.number.cast("string")
    rows = facts.mutate(
        source=facts[SOURCE_NAME],
        learner_id=facts.client_id,
        course_id=ibis.literal(f"{BOT_ANSWERS}/").concat(facts.course),
        attempt_id=facts[SOURCE_NAME].concat(":", facts.activity_id.cast("string"), "-", number),
        item_id=facts.word_id,
        topic_id=facts.category,
        level_id=facts.level,
        kind=ibis.literal("answer"),
        score=facts.correct.ifelse(1, 0),
        at=facts.answered_at,
    )
    return linked(rows, links)


def _people(facts: ir.Table, links: ir.Table | None) -> ir.Table:
    return linked(facts.mutate(source=facts[SOURCE_NAME], learner_id=facts.client_id), links)


def _learners(people: ir.Table) -> ir.Table:
    return people.group_by(["learner_id", "source"]).agg(name=people.name.max())


def _courses(answers: ir.Table) -> ir.Table:
    courses = answers.group_by([SOURCE_NAME, "course_id", "course"]).agg(
        title=answers.course_title.max()
    )
    return courses.mutate(category=ibis.literal(BOT_ANSWERS))


def _items(answers: ir.Table) -> ir.Table:
    items = answers.group_by([SOURCE_NAME, "course_id", "item_id"]).agg(
        title=answers.word_title.max(),
        topic_id=answers.topic_id.max(),
        level_id=answers.level_id.max(),
        weight=answers.weight.max(),
    )
    return items.mutate(kind=ibis.literal("word"), active=True)


def _members(answers: ir.Table, people: ir.Table) -> ir.Table:
    """Return memberships: of groups from the day of joining on, of none before it."""
    first = answers.group_by([*_WHO, "course_id"]).agg(first_on=answers.answered_on.min())
    joined = people.filter(people.group_id.notnull())
    groups = joined.group_by([*_WHO, "group_id"]).agg(joined_on=joined.joined_on.min())
    inside = first.join(groups, _WHO)
    inside = inside.mutate(
        starts_on=ibis.greatest(inside.first_on, inside.joined_on),
        ends_on=ibis.null("date"),
    )
    earliest = groups.group_by(_WHO).agg(joined_on=groups.joined_on.min())
    alone = first.left_join(earliest, _WHO)
    alone = alone.filter(alone.joined_on.isnull() | (alone.first_on < alone.joined_on))
    alone = alone.mutate(
        group_id=ibis.null("string"),
        starts_on=alone.first_on,
        # As instants: a day less an interval is a day to DuckDB, an instant to PostgreSQL.
        ends_on=(alone.joined_on.cast("timestamp") - ibis.interval(days=1)).cast("date"),
    )
    columns = [*_WHO, "group_id", "course_id", "starts_on", "ends_on"]
    rows = ibis.union(inside.select(*columns), alone.select(*columns))
    return rows.mutate(role=ibis.literal("learner"))


def _groups(members: ir.Table, people: ir.Table) -> ir.Table:
    """Return the groups that learners joined, in each course that one of them is in."""
    placed = members.filter(members.group_id.notnull())
    placed = placed.select(SOURCE_NAME, "group_id", "course_id").distinct()
    names = people.group_by([SOURCE_NAME, "group_id"]).agg(name=people.group_name.max())
    return placed.join(names, [SOURCE_NAME, "group_id"]).mutate(rolling=False)
