"""Daily statistics of the grader: attempts per school day, and how many were correct."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.days import as_date, microseconds, number, school_day_of
from gradeline.metrics.family import Family, Tables
from gradeline.metrics.intervals import rounded
from gradeline.metrics.roster import left_in
from gradeline.metrics.terms import Terms

#: The kind of source whose days these are.
SOURCE = "grader"
_COUNTS = ("attempts", "successful", "failed", "runs", "unique_users")


def daily_statistics(tables: Tables, terms: Terms) -> ir.Table:
    """Count the attempts of the grader on each school day from the first attempt to today.

    Args:
        tables: `attempts`, and the stages `ignored` and `staff`.
        terms: as-of, time zone and thresholds.

    Returns:
        day: date, also days without attempts. attempts, successful, failed, runs, unique_users:
        int64. success_rate: float64, percent, null without a successful or failed attempt.
    """
    attempts = tables["attempts"]
    seen = attempts.filter(
        (attempts.source == SOURCE) | attempts.source.startswith(f"{SOURCE}:"),
        attempts["at"] <= ibis.literal(terms.as_of, attempts["at"].type()),
    )
    rows = left_in(seen, tables)
    rows = rows.mutate(
        day=school_day_of(microseconds(rows["at"]), terms),
        right=(rows.kind == "answer") & rows.correct,
        wrong=(rows.kind == "answer") & ~rows.correct,
    )
    sums = rows.group_by("day").agg(
        attempts=_.count(),
        successful=_.right.sum(),
        failed=_.wrong.sum(),
        runs=(_.kind == "run").sum(),
        unique_users=_.learner_id.nunique(),
    )
    bounds = sums.agg(first=sums.day.min())
    bounds = bounds.filter(bounds["first"].notnull())
    after = ibis.literal(number(terms.today) + 1, "int64")
    days = bounds.select(day=ibis.range(bounds["first"], after).unnest().cast("int64"))
    joined = days.left_join(sums, "day")
    counts = {name: joined[name].fill_null(0).cast("int64") for name in _COUNTS}
    marked = counts["successful"] + counts["failed"]
    percent = (counts["successful"] * 100).cast("float64") / marked.nullif(0)
    return joined.select(day=as_date(joined.day), **counts, success_rate=rounded(percent))


FAMILIES = (
    Family(
        name="daily_statistics",
        question="How many attempts did the grader get on each school day?",
        unit="attempts, learners, percent",
        grain=("day",),
        columns={
            "attempts": "submits and runs",
            "successful": "correct submits",
            "failed": "incorrect submits",
            "runs": "runs, which are not graded",
            "unique_users": "distinct learners with a submit or run",
            "success_rate": "successful ÷ (successful + failed), in percent; null without either",
        },
        expression=daily_statistics,
        kind=SOURCE,
        by_instant=True,
    ),
)
