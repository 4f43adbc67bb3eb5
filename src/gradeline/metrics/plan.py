"""Plan progress of courses and learners."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.days import as_date, day_number
from gradeline.metrics.family import Family, Tables
from gradeline.metrics.intervals import rate, rounded
from gradeline.metrics.learner_progress import RATE_DAYS
from gradeline.metrics.terms import Terms


def plan_course(tables: Tables, _terms: Terms) -> ir.Table:
    """Count what is due by today in each course, and how much of it is completed.

    Args:
        tables: `plan`, and the stages `frame` and `learner_progress`.

    Returns:
        course_id: str. due: int64 plan items. behind: int64 learners with overdue items. newest:
        int64, the latest submission. The columns of the rate `up_to_date_rate`.
    """
    plan = tables["plan"].filter(_.status == "active").inner_join(tables["frame"], "course_id")
    due = plan.filter(day_number(plan.due_on) <= plan.today)
    sizes = due.group_by("course_id").agg(due=_.count())
    now = tables["learner_progress"].filter(_.now)
    counts = now.group_by("course_id").agg(
        pairs=_.due.sum(),
        missing=_.missing.sum(),
        behind=(_.missing > 0).sum(),
        newest=_.handed_newest.max(),
    )
    rows = tables["frame"].select("course_id")
    rows = rows.left_join(sizes, "course_id").drop("course_id_right")
    rows = rows.left_join(counts, "course_id").drop("course_id_right")
    names = ["due", "pairs", "missing", "behind"]
    rows = rows.mutate(**{name: rows[name].fill_null(0) for name in names})
    up_to_date = rate("up_to_date_rate", rows.pairs - rows.missing, rows.pairs)
    return rows.select("course_id", "due", "behind", "newest", **up_to_date)


def plan_learner(tables: Tables, _terms: Terms) -> ir.Table:
    """Compute plan progress and expected finish of each enrolled learner.

    Returns:
        learner_id, course_id: str. The columns of `plan_columns`.
    """
    rows = tables["learner_progress"]
    return rows.select("learner_id", "course_id", **plan_columns(rows))


def plan_columns(rows: ir.Table) -> dict[str, ir.Value]:
    """Return the columns of plan progress from rows of stage `learner_progress`.

    Returns:
        due, missing, done, days_behind: int64. pace: float64, done ÷ due. forecast_on: date.
    """
    done = rows.due - rows.missing
    left = (rows["items"] - rows.completed).cast("float64")
    # The rate is `recent` items in 28 days; a part of a day counts as a day.
    days = (left * RATE_DAYS / rows.recent.nullif(0)).ceil().cast("int64")
    return {
        "due": rows.due,
        "missing": rows.missing,
        "done": done,
        "days_behind": (rows.today - rows.oldest).fill_null(0),
        "pace": rounded(done.cast("float64") / rows.due.nullif(0)),
        "forecast_on": as_date(ibis.ifelse(rows.recent >= 2, rows.today + days, None)),
    }


FAMILIES = (
    Family(
        name="plan_course",
        question="How much of its plan has a course completed?",
        unit="rate 0–1, learners",
        grain=("course_id",),
        columns={
            "due": "active plan rows due by today (D)",
            "up_to_date_rate": "completed ÷ due so far, over all learners enrolled today",
            "behind": "learners enrolled today with an overdue item",
            "newest": "time of the latest submission, microseconds since 1970",
        },
        expression=plan_course,
    ),
    Family(
        name="plan_learner",
        question="How much of the plan has a learner completed, and when will they finish?",
        unit="items, days",
        grain=("learner_id", "course_id"),
        columns={
            "due": "plan rows due by today, shifted where the group is rolling",
            "done": "those completed",
            "missing": "those not completed",
            "days_behind": "days since the oldest overdue date; 0 = nothing is overdue",
            "pace": "done ÷ due",
            "forecast_on": "expected finish of all active items, at the rate of the last 28 days",
        },
        expression=plan_learner,
        stored=False,
    ),
)
