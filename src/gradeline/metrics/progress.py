"""One row per learner and course: the learner table of a report."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.at_risk import REASONS
from gradeline.metrics.course_kpis import PERCENT
from gradeline.metrics.days import as_date
from gradeline.metrics.family import Family, Tables
from gradeline.metrics.intervals import mean, rate
from gradeline.metrics.plan import plan_columns
from gradeline.metrics.terms import Terms

_WHO = ["learner_id", "course_id"]


def progress(tables: Tables, _terms: Terms) -> ir.Table:
    """Compute the row of each enrolled learner, and of others with a graded attempt in the course.

    Args:
        tables: the stages `learner_progress`, `graded`, `risk`, `scores` and `frame`.

    Returns:
        learner_id, course_id: str. enrolled, enrolled_today: bool. attempts, submitted,
        completed, rank: int64. The columns of `plan_columns`. last_active_on: date. score:
        float64. newest: int64. at_risk: array of str, the reasons in order. The columns of the
        rate avg_accuracy and of the mean average_grade (percent).
    """
    enrolled = tables["learner_progress"].select(*_WHO, *_OF_ENROLLED)
    rows = enrolled.outer_join(_answers(tables), _WHO)
    rows = rows.mutate(**{key: ibis.coalesce(rows[key], rows[f"{key}_right"]) for key in _WHO})
    rows = rows.drop(*(f"{key}_right" for key in _WHO))
    rows = _with(rows, _reasons(tables))
    rows = _with(rows, tables["scores"].select(*_WHO, "score_u", "rank"))
    return _shown(rows.semi_join(tables["frame"], "course_id"))


_OF_ENROLLED = (
    *("begins", "now", "today", "items", "submitted", "completed", "recent"),
    *("best_sum", "best_squares", "due", "missing", "oldest", "last"),
    *("active_newest", "handed_newest"),
)


def _with(rows: ir.Table, more: ir.Table) -> ir.Table:
    return rows.left_join(more, _WHO).drop("learner_id_right", "course_id_right")


def _answers(tables: Tables) -> ir.Table:
    known = tables["graded"].filter(_.course_id.notnull())
    return known.group_by(*_WHO).agg(attempts=_.count(), right=_.correct.sum(), answered=_.us.max())


def _reasons(tables: Tables) -> ir.Table:
    """Learners at risk with their reasons in the order of REASONS."""
    listed = tables["risk"].filter((_.moment == "now") & _.listed)
    codes = ibis.array([listed[reason].ifelse(reason, None) for reason in REASONS])
    return listed.select(*_WHO, at_risk=codes.filter(lambda code: code.notnull()))


def _shown(rows: ir.Table) -> ir.Table:
    numbers = ["attempts", "right", "submitted", "completed", "due", "missing"]
    rows = rows.mutate(**{name: rows[name].fill_null(0) for name in numbers})
    sums = (rows.best_sum, rows.best_squares)
    newest = ibis.greatest(
        rows.active_newest.fill_null(0), rows.handed_newest.fill_null(0), rows.answered.fill_null(0)
    )
    return rows.select(
        [*_WHO, "attempts", "submitted", "completed", "rank"],
        **plan_columns(rows),
        enrolled=rows.begins.notnull(),
        enrolled_today=rows.now.fill_null(False),
        last_active_on=as_date(rows["last"]),
        score=rows.score_u / 1e6,
        newest=newest.nullif(0),
        **rate("avg_accuracy", rows.right, rows.attempts),
        **mean("average_grade", sums, rows.completed, unit=PERCENT, top=100),
        at_risk=ibis.coalesce(rows.at_risk, ibis.literal([], "array<string>")),
    )


FAMILIES = (
    Family(
        name="progress",
        question="How far is each learner in each course?",
        unit="items, rates 0–1, grades in percent",
        grain=("learner_id", "course_id"),
        columns={
            "enrolled": "whether the membership overlaps the course's period (in E)",
            "enrolled_today": "whether it covers the course's today",
            "attempts": "graded attempts",
            "avg_accuracy": "correct ÷ graded",
            "submitted": "active items with a submission",
            "completed": "active items completed",
            "average_grade": "mean best grade of completed items",
            "due": "plan rows due by today",
            "done": "those completed",
            "missing": "those not completed",
            "days_behind": "days since the oldest overdue date",
            "pace": "done ÷ due",
            "forecast_on": "expected finish at the rate of the last 28 days",
            "last_active_on": "last day with activity in the period",
            "score": "points in the course",
            "rank": "rank by it",
            "at_risk": "reasons, as in `at_risk`",
            "newest": "time of the latest data, microseconds since 1970",
        },
        expression=progress,
        many=True,
    ),
)
