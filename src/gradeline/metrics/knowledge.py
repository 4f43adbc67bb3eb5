"""What sources tell about a course: whether they know enrolments, activity and grades."""

from __future__ import annotations

import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.family import Family, Stage, Tables
from gradeline.metrics.roster import facts_of
from gradeline.metrics.terms import Terms


def gradebooks(tables: Tables, terms: Terms) -> ir.Table:
    """Find the courses of which only grades are known: nobody's activity can be seen.

    Args:
        tables: `events`, and the stages `tries`, `ignored` and `staff`.
        terms: as-of and time zone.

    Returns:
        course_id: str, of courses whose attempts are all carried and that have no events.
    """
    known = tables["tries"].filter(_.course_id.notnull())
    counts = known.group_by("course_id").agg(active=(_.kind != "carried").sum())
    carried = counts.filter(_.active == 0).select("course_id")
    return carried.anti_join(facts_of(carried, ("events",), tables, terms), "course_id")


def notes(tables: Tables, _terms: Terms) -> ir.Table:
    """Say of each course what a reader of its figures has to know.

    Args:
        tables: the stages `frame`, `unlisted`, `gradebooks` and `tries`.

    Returns:
        course_id: str. A bool column for each note.
    """
    rows = tables["frame"].select("course_id")
    for name, stage in (("members_inferred", "unlisted"), ("no_activity", "gradebooks")):
        joined = rows.left_join(tables[stage].select("course_id"), "course_id")
        rows = joined.mutate(**{name: joined.course_id_right.notnull()}).drop("course_id_right")
    given = tables["tries"].filter((_.kind != "run") & _.correct.notnull())
    scores = given.group_by("course_id").agg(
        right_or_wrong=_.score_made.any() | ~_.score_finer.any()
    )
    rows = rows.left_join(scores, "course_id").drop("course_id_right")
    return rows.mutate(right_or_wrong=rows.right_or_wrong.fill_null(False))


STAGES = (
    Stage(
        name="gradebooks",
        meaning="A course of which only grades are known.",
        expression=gradebooks,
        by_instant=True,
    ),
)
FAMILIES = (
    Family(
        name="notes",
        question="What do sources not tell about a course, and what is counted instead?",
        unit="true or false",
        grain=("course_id",),
        columns={
            "members_inferred": "no source knows a membership: whoever has an attempt or event in "
            "the course counts as enrolled, from the first to the last day they were seen",
            "no_activity": "all attempts are `carried` and there are no events: no attendance, and "
            "nobody is silent or never seen",
            "right_or_wrong": "attempts without a score, or with no other scores than 1 or 0 as "
            "`correct` says: right counts as a score of 1, wrong as 0",
        },
        expression=notes,
    ),
)
