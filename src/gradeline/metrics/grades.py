"""Distribution of best grades in bands of ten percent, and how many are not completed."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.family import Family, Tables
from gradeline.metrics.terms import Terms

#: Millionths of a score in ten percent.
_BAND = 100_000


def grades(tables: Tables, terms: Terms) -> ir.Table:
    """Count the expected submissions of each course in bands of the best grade.

    Args:
        tables: `items`, and the stages `pairs`, `enrolled`, `frame` and `learner_progress`.
        terms: as-of, time zone and thresholds.

    Returns:
        Eleven rows per course: bands [0,10) … [90,100] of completed ones, then one with null
        bounds for those not completed. course_id: str. low, high: int64 percent. pairs: int64.
    """
    completed = best_grades(tables, terms).filter(_.completed)
    band = ibis.least((completed.best_u - completed.best_u % _BAND) / _BAND, 9).cast("int64")
    counts = completed.group_by("course_id", low=band * 10).agg(pairs=_.count())
    bands = ibis.range(0, 10).unnest().name("band").as_table().select(low=_.band.cast("int64") * 10)
    all_bands = tables["frame"].select("course_id").cross_join(bands)
    filled = all_bands.left_join(counts, ["course_id", "low"])
    filled = filled.select(
        "course_id", "low", high=filled.low + 10, pairs=filled.pairs.fill_null(0)
    )
    return filled.union(_none(tables).select("course_id", "low", "high", "pairs"))


def best_grades(tables: Tables, terms: Terms) -> ir.Table:
    """List the expected submissions (E × A) that were handed in, with the best score.

    Returns:
        The columns of stage `pairs`, and completed: bool, above GRADE_ZERO_THRESHOLD.
    """
    active = tables["items"].filter(_.active).select("course_id", "item_id")
    rows = tables["pairs"].semi_join(tables["enrolled"], ["learner_id", "course_id"])
    rows = rows.semi_join(active, ["course_id", "item_id"])
    return rows.mutate(completed=(rows.best_u > terms.zero_score).fill_null(False))


def _none(tables: Tables) -> ir.Table:
    completed = (
        tables["learner_progress"].group_by("course_id").agg(none=(_["items"] - _.completed).sum())
    )
    rows = tables["frame"].select("course_id").left_join(completed, "course_id")
    return rows.select(
        "course_id", low=ibis.null("int64"), high=ibis.null("int64"), pairs=rows.none.fill_null(0)
    )


FAMILIES = (
    Family(
        name="grades",
        question="How are best grades distributed?",
        unit="expected submissions",
        grain=("course_id", "low"),
        columns={
            "low": "percent, the lower bound, included; null = not completed",
            "high": "percent, the upper bound, excluded except 100",
            "pairs": "expected submissions (E × A) whose best grade is in the band",
        },
        expression=grades,
    ),
)
