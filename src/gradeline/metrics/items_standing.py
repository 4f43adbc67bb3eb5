"""Response, completion and grade of each assessment of a course."""

from __future__ import annotations

import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.course_kpis import PERCENT
from gradeline.metrics.family import Family, Tables
from gradeline.metrics.grades import best_grades
from gradeline.metrics.intervals import mean, rate, sum_squares
from gradeline.metrics.terms import Terms


def items_standing(tables: Tables, terms: Terms) -> ir.Table:
    """Compute response rate, completion rate and average grade of each active item of a course.

    Args:
        tables: `items`, and the stages `pairs`, `enrolled` and `frame`.
        terms: as-of, time zone and thresholds.

    Returns:
        course_id, item_id, title, topic_id, level_id, kind: str. due_on: date. weight: float64.
        newest: int64, the latest submission. The columns of the rates response_rate and
        completion_rate and of the mean average_grade (percent).
    """
    key = ["course_id", "item_id"]
    best = best_grades(tables, terms)
    counts = best.group_by(*key).agg(
        answered=_.count(),
        done=_.completed.sum(),
        best_sum=_.best_u.sum(where=_.completed),
        best_squares=sum_squares(best.best_u, where=best.completed),
        newest=_.newest.max(),
    )
    size = tables["enrolled"].group_by("course_id").agg(enrolled=_.count())
    items = (
        tables["items"]
        .filter(_.active)
        .inner_join(tables["frame"].select("course_id"), "course_id")
    )
    rows = items.left_join(counts, key).drop("course_id_right", "item_id_right")
    rows = rows.left_join(size, "course_id").drop("course_id_right")
    names = ["answered", "done", "enrolled"]
    rows = rows.mutate(**{name: rows[name].fill_null(0) for name in names})
    sums = (rows.best_sum, rows.best_squares)
    return rows.select(
        ["course_id", "item_id", "title", "topic_id", "level_id", "kind", "due_on", "newest"],
        weight=rows.weight.cast("float64"),
        **rate("response_rate", rows.answered, rows.enrolled),
        **rate("completion_rate", rows.done, rows.enrolled),
        **mean("average_grade", sums, rows.done, unit=PERCENT, top=100),
    )


FAMILIES = (
    Family(
        name="items_standing",
        question="How many learners submitted and completed each item, and with what grade?",
        unit="rates 0–1, grades in percent",
        grain=("course_id", "item_id"),
        columns={
            "response_rate": "learners of E with a submission to it ÷ |E|",
            "completion_rate": "learners of E whose best grade is above GRADE_ZERO_THRESHOLD ÷ |E|",
            "average_grade": "mean best grade of those who completed it",
            "newest": "time of the latest submission, microseconds since 1970",
        },
        expression=items_standing,
    ),
)
