"""Map the facts of LearnWorlds to canonical tables, as Ibis expressions.

The groups of a course are the tags that LEARNWORLDS_GROUP_TAGS names; a course that nobody has
such a tag in is one group. Facts of a course that now stands under another category were collected
under an id that no longer exists: those collected under its new id count instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from gradeline.records.streams import POSITION_COLUMN, SLICE_COLUMN
from gradeline.sources.canonical import LINKS, SOURCE_NAME, fitted, linked
from gradeline.sources.learnworlds.streams import SOURCE

#: What a grade of 100 is.
_MOST = 100


def canonical_tables(streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Canonical tables from the facts; their column `source_name` says of which source."""
    links = streams.get(LINKS)
    now = streams["courses"]
    current = {name: _current(table, now) for name, table in streams.items() if name != LINKS}
    courses = _courses(now, current["contents"])
    people = _people(current["users"], current["suspended"])
    attempts = _attempts(current["responses"], current["grades"])
    return {
        "courses": fitted(courses, "courses"),
        "groups": fitted(_groups(courses, people), "groups"),
        "learners": fitted(_newest(linked(people, links), ["learner_id"]), "learners"),
        "memberships": fitted(_memberships(people, links), "memberships"),
        "items": fitted(_items(current), "items"),
        "attempts": fitted(_newest(linked(attempts, links), ["attempt_id"]), "attempts"),
    }


def _current(rows: ir.Table, courses: ir.Table) -> ir.Table:
    """Return the rows of courses that are no longer listed, or are listed under the same id."""
    listed = courses.select(now_course="course", now_id="course_id").distinct()
    joined = rows.left_join(listed, rows.course == listed.now_course)
    current = joined.filter(joined.now_id.isnull() | (joined.now_id == joined.course_id))
    return current.drop("now_course", "now_id")


def _courses(listed: ir.Table, contents: ir.Table) -> ir.Table:
    """Return the courses of the list, and those that left it while facts of them are there."""
    columns = (SOURCE_NAME, "course_id", "category", "title", "starts_on", "ends_on")
    gone = contents.anti_join(listed, "course")
    gone = gone.group_by(SOURCE_NAME, "course_id", "category").agg(title=gone.course_title.max())
    gone = gone.mutate(starts_on=ibis.null("date"), ends_on=ibis.null("date"))
    both = _stacked(listed.select(*columns), gone.select(*columns))
    start = both.category.length() + 1
    return both.mutate(course=both.course_id.substr(start))


def _people(users: ir.Table, suspended: ir.Table) -> ir.Table:
    rows = _newest(_stacked(users, suspended.select(*users.columns)), ["user_id", "course_id"])
    return rows.mutate(source=rows[SOURCE_NAME], learner_id=rows.user_id, name=rows.username)


def _groups(courses: ir.Table, people: ir.Table) -> ir.Table:
    tagged = _tagged(people)
    whole = courses.anti_join(tagged, "course_id")
    whole = whole.select(
        SOURCE_NAME,
        "course_id",
        group_id=_group_of(whole.course_id),
        name=whole.title,
        rolling=False,
    )
    named = tagged.select(
        SOURCE_NAME, "course_id", group_id=_group_of(tagged.group), name=tagged.group, rolling=False
    )
    return _stacked(whole, named.distinct())


def _tagged(people: ir.Table) -> ir.Table:
    """Return the people with each group that their tags name."""
    rows = people.filter(people.groups.notnull())
    return rows.mutate(group=rows.groups.split("\n").unnest())


def _memberships(people: ir.Table, links: ir.Table | None) -> ir.Table:
    """Return who is in a group, and who is in a course whose groups are others'."""
    tagged = _tagged(people)
    courses = tagged.select(with_groups="course_id").distinct()
    rest = people.filter(people.groups.isnull())
    rest = rest.left_join(courses, rest.course_id == courses.with_groups)
    whole = rest.mutate(
        group_id=ibis.ifelse(rest.with_groups.isnull(), _group_of(rest.course_id), None)
    ).drop("with_groups")
    named = tagged.mutate(group_id=_group_of(tagged.group)).select(*whole.columns)
    rows = linked(_stacked(whole, named), links)
    rows = rows.mutate(starts_on=rows.enrolled_on, ends_on=rows.expires_on)
    return _newest(rows, ["learner_id", "group_id", "course_id", "role"])


def _group_of(name: ir.StringValue) -> ir.StringValue:
    return ibis.literal(f"{SOURCE}:").concat(name)


def _items(streams: Mapping[str, ir.Table]) -> ir.Table:
    """Units that are work to be graded; one that a course no longer has is not active."""
    contents, key = streams["contents"], [SOURCE_NAME, "course_id", "unit_id"]
    units = contents.filter(contents.unit_id.notnull())
    units = _newest(units, key)
    work = _stacked(streams["grades"].select(key), streams["responses"].select(key)).distinct()
    met = units.semi_join(work, key).select(key)
    own = _stacked(units.filter(units.graded).select(key), met).distinct()
    there = units.semi_join(own, key)
    there = there.select(
        SOURCE_NAME,
        "course_id",
        item_id="unit_id",
        title="unit_title",
        topic_id="section_id",
        kind="unit_type",
        active=ibis.literal(True),
    )
    gone = work.anti_join(units, key)
    gone = gone.select(
        SOURCE_NAME,
        "course_id",
        item_id="unit_id",
        title=ibis.null("string"),
        topic_id=ibis.null("string"),
        kind=ibis.null("string"),
        active=ibis.literal(False),
    )
    return _stacked(there, gone).mutate(max_score=_MOST)


def _attempts(responses: ir.Table, grades: ir.Table) -> ir.Table:
    """Return what was handed in; where the school gives only a grade for it, the grade."""
    handed_in = responses.filter(responses.submitted_at.notnull() | responses.grade.notnull())
    handed_in = handed_in.filter(_at(handed_in).notnull())
    only_graded = grades.filter(grades.grade.notnull() & _at(grades).notnull())
    only_graded = only_graded.anti_join(handed_in, ["course_id", "user_id", "unit_id"])
    return _stacked(
        _attempt(handed_in.mutate(own_id=handed_in.response_id)),
        _attempt(
            only_graded.mutate(
                own_id=only_graded.grade_id, passed=ibis.null("boolean"), answer=ibis.null("string")
            )
        ),
    )


def _attempt(rows: ir.Table) -> ir.Table:
    """Without `passed` the score and PASS_MARK tell whether it is correct."""
    return rows.select(
        SLICE_COLUMN,
        POSITION_COLUMN,
        SOURCE_NAME,
        "course_id",
        "score",
        source=rows[SOURCE_NAME],
        attempt_id=rows[SOURCE_NAME].concat(":", rows.own_id),
        learner_id=rows.user_id,
        item_id=rows.unit_id,
        kind=ibis.literal("answer"),
        correct=rows.passed,
        response=rows.answer,
        at=_at(rows),
    )


def _at(rows: ir.Table) -> ir.TimestampValue:
    at: ir.TimestampValue = ibis.coalesce(rows.submitted_at, rows.modified_at, rows.created_at)
    return at


def _newest(rows: ir.Table, key: Sequence[str]) -> ir.Table:
    """Return one row for each key, that of the greatest (slice, position)."""
    order = [rows[SLICE_COLUMN].desc(), rows[POSITION_COLUMN].desc()]
    ranked = rows.mutate(
        _place=ibis.row_number().over(group_by=[rows[each] for each in key], order_by=order)
    )
    return ranked.filter(ranked["_place"] == 0).drop("_place")


def _stacked(one: ir.Table, other: ir.Table) -> ir.Table:
    """Return the rows of both, whose columns agree in all but whether they may be null."""
    types = {name: kind.copy(nullable=True) for name, kind in one.schema().items()}
    return ibis.union(one.cast(types), other.select(*types).cast(types))
