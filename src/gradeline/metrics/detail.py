"""Graded attempts one by one, as they are published for figures with filters."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.days import as_date, number
from gradeline.metrics.family import Tables
from gradeline.metrics.terms import Terms
from gradeline.metrics.tries import with_first

#: The course of attempts that belong to none that is known.
NO_COURSE = ""
_WHO = ["learner_id", "course_id"]


def graded_attempts(tables: Tables, terms: Terms) -> ir.Table:
    """Return the graded attempts of the last days of each course.

    Args:
        tables: `attempts`, `courses` with all that there are, and the stages `tries`, `pairs`,
            `stays` and `frame`: attempts of its courses are returned, and those of no course that
            is known.
        terms: how many days, counted back from each course's today.

    Returns:
        course_id: str, NO_COURSE where it is not known. attempt_id, learner_id, item_id, topic_id,
        level_id, kind, response: str. group_ids: array of str, sorted. correct, first: bool.
        score_millionths, duration_ms, us: int64. hints: int32. day: date.
    """
    graded = with_first(tables["tries"], tables["pairs"])
    rows = _with_today(graded, tables, terms)
    rows = rows.filter(_.day > _.today - terms.detail_days)
    several = _collect_groups(rows.filter(_.several), tables["stays"])
    rows = rows.left_join(several, "attempt_id").drop("attempt_id_right")
    told = tables["attempts"].filter(_.response.notnull()).select("attempt_id", "response")
    rows = rows.left_join(told, "attempt_id").drop("attempt_id_right")
    none = ibis.literal([], "array<string>")
    # As texts: of columns that the engine numbered an array would hold the numbers.
    single = ibis.ifelse(rows.group_id.isnull(), none, ibis.array([rows.group_id.concat("")]))
    return rows.select(
        *("attempt_id", "learner_id", "item_id", "topic_id", "level_id", "kind"),
        *("correct", "first", "hints", "us", "response"),
        course_id=rows.known_course,
        group_ids=ibis.coalesce(rows.groups, single),
        score_millionths=rows.score_u,
        duration_ms=rows.ms,
        day=as_date(rows.day),
    )


def left_out_since(tables: Tables, terms: Terms) -> ir.Table:
    """Return the courses of which earlier graded attempts are left out.

    Returns:
        course_id: str. since: date, the first day of which all are published.
    """
    graded = tables["graded"].select("course_id", "day")
    rows = _with_today(graded, tables, terms).filter(_.day <= _.today - terms.detail_days)
    since = rows.group_by(course_id="known_course").agg(today=_.today.max())
    return since.select("course_id", since=as_date(since.today - terms.detail_days + 1))


def _with_today(rows: ir.Table, tables: Tables, terms: Terms) -> ir.Table:
    """Add today and the known course to rows of the chosen courses, and of none that is known."""
    today = tables["frame"].select("course_id", "today")
    mine = rows.inner_join(today, "course_id")
    mine = mine.mutate(known_course=mine.course_id.concat(""))
    others = rows.anti_join(tables["courses"], "course_id")
    nowhere = others.mutate(
        today=ibis.literal(number(terms.today), "int64"), known_course=ibis.literal(NO_COURSE)
    )
    return mine.select(*nowhere.columns).union(nowhere)


def _collect_groups(rows: ir.Table, stays: ir.Table) -> ir.Table:
    """Return attempt_id and groups: the groups of the learner's course on the day of each."""
    own = stays.select(*_WHO, "group_id", begins="since", ends="until")
    covered = rows.drop("group_id").inner_join(
        own,
        [
            rows.learner_id == own.learner_id,
            rows.course_id == own.course_id,
            rows.day >= own.begins,
            rows.day <= own.ends,
        ],
    )
    pairs = covered.select("attempt_id", group=covered.group_id.concat("")).distinct()
    return pairs.group_by("attempt_id").agg(groups=pairs.group.collect(order_by=pairs.group))
