"""The progress of each enrolled learner in a course: the wide table that several families read."""

from __future__ import annotations

import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.days import day_number
from gradeline.metrics.family import Stage, Tables
from gradeline.metrics.intervals import sum_squares
from gradeline.metrics.roster import CHECKPOINTS
from gradeline.metrics.terms import Terms

#: Days over which a learner's rate of completing items is measured.
RATE_DAYS = 28
_WHO = ["learner_id", "course_id"]


def submissions(tables: Tables, terms: Terms) -> ir.Table:
    """Sum up what each enrolled learner submitted in a course.

    Args:
        tables: `items`, and the stages `pairs`, `enrolled` and `frame`.
        terms: as-of, time zone and thresholds.

    Returns:
        learner_id, course_id: str. submissions: int64. submitted, completed, recent: int64 active
        items submitted, completed, and completed in the last RATE_DAYS days. best_sum: int64 and
        best_squares: decimal(38, 0), best scores of completed items in millionths. newest: int64.
    """
    mine = tables["pairs"].semi_join(tables["enrolled"], _WHO)
    active = tables["items"].filter(_.active).select("course_id", "item_id", in_course=True)
    rows = mine.left_join(active, ["course_id", "item_id"])
    rows = rows.inner_join(tables["frame"].select("course_id", "today"), "course_id")
    in_course = rows.in_course.fill_null(False)
    done = in_course & (rows.best_u > terms.zero_score).fill_null(False)
    recent = done & (rows.done_on > rows.today - RATE_DAYS) & (rows.done_on <= rows.today)
    return rows.group_by(*_WHO).agg(
        submissions=rows.submissions.sum(),
        submitted=in_course.sum(),
        completed=done.sum(),
        recent=recent.sum(),
        best_sum=rows.best_u.sum(where=done).fill_null(0),
        best_squares=sum_squares(rows.best_u, where=done).fill_null(0),
        newest=rows.newest.max(),
    )


def plan_progress(tables: Tables, _terms: Terms) -> ir.Table:
    """Compare each enrolled learner with the plan: today and at each checkpoint.

    Args:
        tables: `plan`, and the stages `frame`, `enrolled` and `pairs`.

    Returns:
        learner_id, course_id: str. due, missing: int64 plan items due by today, and those of them
        not completed. oldest: int64, the first due day that is missed. missing_25, missing_50,
        missing_75: int64, missing at that percent of the course.
    """
    plan = tables["plan"].filter(_.status == "active")
    planned = plan.select("course_id", "item_id", due_on=day_number(plan.due_on))
    dated = planned.inner_join(tables["frame"], "course_id")
    who = tables["enrolled"].select(*_WHO, shift_days="shift")
    rows = who.inner_join(dated, "course_id")
    done = tables["pairs"].filter(_.done_on.notnull()).select(*_WHO, "item_id", "done_on")
    rows = rows.left_join(done, [*_WHO, "item_id"])
    due = rows.due_on + rows.shift_days
    now = due <= rows.today
    missing_now = now & rows.done_on.isnull()
    back = {
        f"missing_{share}": (
            (due <= rows[f"at_{share}"])
            & (rows.done_on.isnull() | (rows.done_on > rows[f"at_{share}"]))
        )
        .sum()
        .fill_null(0)
        for share in CHECKPOINTS
    }
    return rows.group_by(*_WHO).agg(
        due=now.sum(), missing=missing_now.sum(), oldest=due.min(where=missing_now), **back
    )


def learner_progress(tables: Tables, _terms: Terms) -> ir.Table:
    """Join all that is known of each enrolled learner in a course.

    Returns:
        The columns of stages `enrolled` and `frame` (but `ends`), items (int64, active items of
        the course), the columns of `submissions` (newest as handed_newest), `plan_progress` and
        `marks` (newest as active_newest). Counts are 0 where there is nothing.
    """
    handed_in, planned, marks = tables["submissions"], tables["plan_progress"], tables["marks"]
    frame = tables["frame"].drop("ends")
    size = tables["items"].filter(_.active).group_by("course_id").agg(items=_.count())
    rows = tables["enrolled"].inner_join(frame, "course_id")
    rows = rows.left_join(size, "course_id").drop("course_id_right")
    rows = rows.left_join(handed_in.rename(handed_newest="newest"), _WHO).drop(*_right(_WHO))
    rows = rows.left_join(planned, _WHO).drop(*_right(_WHO))
    rows = rows.left_join(marks.rename(active_newest="newest"), _WHO).drop(*_right(_WHO))
    zero = ["items", "submissions", "submitted", "completed", "recent", "best_sum", "best_squares"]
    zero += ["due", "missing", *(f"missing_{share}" for share in CHECKPOINTS)]
    return rows.mutate(**{name: rows[name].fill_null(0) for name in zero})


def _right(names: list[str]) -> list[str]:
    return [f"{name}_right" for name in names]


STAGES = (
    Stage(
        name="submissions", meaning="What an enrolled learner submitted.", expression=submissions
    ),
    Stage(
        name="plan_progress",
        meaning="How far an enrolled learner is with the plan.",
        expression=plan_progress,
    ),
    Stage(
        name="learner_progress",
        meaning="An enrolled learner's progress in a course.",
        expression=learner_progress,
    ),
)
