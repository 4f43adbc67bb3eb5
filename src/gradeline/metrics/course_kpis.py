"""The five headline figures of a course."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import ibis
import ibis.expr.types as ir
from ibis import Deferred, _

from gradeline.metrics.family import Family, Tables
from gradeline.metrics.intervals import mean, rate
from gradeline.metrics.terms import Terms

#: Millionths of a score in one percent.
PERCENT = 1e4


def course_kpis(tables: Tables, _terms: Terms) -> ir.Table:
    """Compute the five headline figures of each course.

    Args:
        tables: `items`, and the stages `frame`, `gradebooks` and `learner_progress`.

    Returns:
        course_id: str. enrolled (E), items (A), submissions: int64. active_newest,
        handed_newest: int64. The columns of the rates attendance_rate, response_rate and
        completion_rate and of the means average_grade and average_grade_all (percent).
    """
    sums = tables["learner_progress"].group_by("course_id").agg(**SUMS)
    rows = tables["frame"].select("course_id")
    return headline(rows.left_join(sums, "course_id").drop("course_id_right"), tables, "course_id")


#: Sums over rows of stage `learner_progress`, from which `headline` computes.
SUMS: Mapping[str, Deferred] = MappingProxyType(
    {
        "enrolled": _.count(),
        "attended": _.active_newest.count(),
        "submissions": _.submissions.sum(),
        "answered": _.submitted.sum(),
        "completed": _.completed.sum(),
        "best_sum": _.best_sum.sum(),
        "best_squares": _.best_squares.sum(),
        "active_newest": _.active_newest.max(),
        "handed_newest": _.handed_newest.max(),
    }
)


def headline(rows: ir.Table, tables: Tables, *keys: str) -> ir.Table:
    """Return the headline figures of courses, or of other rows about learners of a course.

    Args:
        rows: with the columns of SUMS, null where there is nobody.
        tables: `items`, and the stage `gradebooks`.
        keys: the columns that name a row, `course_id` among them.

    Returns:
        These keys, and the columns of `course_kpis`.
    """
    items = tables["items"].filter(_.active).group_by("course_id").agg(items=_.count())
    rows = rows.left_join(items, "course_id").drop("course_id_right")
    zeros = ["enrolled", "items", "attended", "submissions", "answered", "completed"]
    rows = rows.mutate(**{name: rows[name].fill_null(0) for name in zeros})
    blind = tables["gradebooks"].select("course_id", blind=True)
    rows = rows.left_join(blind, "course_id").drop("course_id_right")
    # Where only grades are known nobody's attendance was observed.
    watched = ibis.ifelse(rows.blind.fill_null(False), 0, rows.enrolled)
    pairs = rows.enrolled * rows["items"]
    sums = (rows.best_sum, rows.best_squares)
    return rows.select(
        [*keys, "enrolled", "items", "submissions", "active_newest", "handed_newest"],
        **rate("attendance_rate", rows.attended, watched),
        **rate("response_rate", rows.answered, pairs),
        **rate("completion_rate", rows.completed, pairs),
        **mean("average_grade", sums, rows.completed, unit=PERCENT, top=100),
        **mean("average_grade_all", sums, pairs, unit=PERCENT, top=100),
    )


FAMILIES = (
    Family(
        name="course_kpis",
        question="What are the headline figures of a course?",
        unit="rates 0–1, grades in percent",
        grain=("course_id",),
        columns={
            "enrolled": "learners whose membership overlaps the period (E); in a course without "
            "any membership, whoever was seen in it, see `notes`",
            "items": "active items (A)",
            "submissions": "attempts of E that are not runs, up to as-of",
            "attendance_rate": "learners of E with activity in the period ÷ |E|; null where only "
            "grades are known, see `notes`",
            "response_rate": "expected submissions (E × A) handed in ÷ |E × A|",
            "completion_rate": "those whose best grade is above GRADE_ZERO_THRESHOLD ÷ |E × A|",
            "average_grade": "mean best grade of completed items",
            "average_grade_all": "mean best grade of all expected submissions, not completed = 0",
            "active_newest": "time of the latest activity, microseconds since 1970",
            "handed_newest": "time of the latest submission, microseconds since 1970",
        },
        expression=course_kpis,
    ),
)
