"""Attendance by week: seven days at a time from the first day of the course."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.days import as_date
from gradeline.metrics.family import Family, Tables
from gradeline.metrics.intervals import rate
from gradeline.metrics.terms import Terms

_WHO = ["learner_id", "course_id"]


def attendance(tables: Tables, _terms: Terms) -> ir.Table:
    """Count who was enrolled and who was active in each week of a course that has begun.

    Courses of which only grades are known have no weeks.

    Args:
        tables: the stages `frame`, `gradebooks`, `spans` and `weeks`.

    Returns:
        course_id: str. week: int64, from 0. starts_on: date. attended, enrolled: int64 learners.
        newest: int64. The columns of the rate `attendance_rate`.
    """
    weeks = weeks_begun(tables["frame"].anti_join(tables["gradebooks"], "course_id"))
    enrolled = _enrolled(weeks, tables["spans"])
    attended = tables["weeks"].filter(_.enrolled).group_by("course_id", "week")
    counts = attended.agg(attended=_.learner_id.nunique(), newest=_.newest.max())
    key = ["course_id", "week"]
    rows = weeks.left_join(enrolled, key).drop("course_id_right", "week_right")
    rows = rows.left_join(counts, key).drop("course_id_right", "week_right")
    rows = rows.mutate(attended=rows.attended.fill_null(0), enrolled=rows.enrolled.fill_null(0))
    named = rows.select(
        ["course_id", "week", "starts_on", "attended", "enrolled", "newest"],
        **rate("attendance_rate", rows.attended, rows.enrolled),
    )
    return named.mutate(starts_on=as_date(named.starts_on))


def weeks_begun(frame: ir.Table) -> ir.Table:
    """Return the weeks of courses that have begun by today.

    Args:
        frame: rows of the stage `frame`.

    Returns:
        course_id: str. week, starts_on: int64, from 0, and its first day.
    """
    last = (ibis.least(frame.today, frame.until) - frame.since) // 7
    weeks = frame.filter(last >= 0).select(
        "course_id", "since", week=ibis.range(0, last + 1).unnest()
    )
    return weeks.select("course_id", week=_.week.cast("int64"), starts_on=_.since + _.week * 7)


def _enrolled(weeks: ir.Table, spans: ir.Table) -> ir.Table:
    """Count the learners enrolled in each week, each once.

    Nearly all learners have one span in a course. These are counted by span first: a few
    hundred spans are joined to the weeks, not tens of thousands of learners.
    """
    places = spans.group_by(*_WHO).agg(
        places=_.count(), first_week=_.first_week.min(), last_week=_.last_week.max()
    )
    singles = places.filter(_.places == 1).group_by("course_id", "first_week", "last_week")
    by_span = _in_weeks(weeks, singles.agg(learners=_.count()))
    simple = by_span.group_by("course_id", "week").agg(enrolled=_.learners.sum())
    several = spans.semi_join(places.filter(_.places > 1), _WHO)
    once = _in_weeks(weeks, several).group_by("course_id", "week")
    both = simple.union(once.agg(enrolled=_.learner_id.nunique()))
    return both.group_by("course_id", "week").agg(enrolled=_.enrolled.sum())


def _in_weeks(weeks: ir.Table, spans: ir.Table) -> ir.Table:
    return weeks.select("course_id", "week").inner_join(
        spans,
        [
            weeks.course_id == spans.course_id,
            weeks.week >= spans.first_week,
            weeks.week <= spans.last_week,
        ],
    )


FAMILIES = (
    Family(
        name="attendance",
        question="How many of those enrolled in a week were active in it?",
        unit="rate 0–1",
        grain=("course_id", "week"),
        columns={
            "week": "week of the course, from 0",
            "starts_on": "its first day",
            "attended": "learners enrolled in it with activity in it",
            "enrolled": "learners enrolled on at least one of its days",
            "attendance_rate": "attended ÷ enrolled",
            "newest": "time of the latest activity, microseconds since 1970",
        },
        expression=attendance,
    ),
)
