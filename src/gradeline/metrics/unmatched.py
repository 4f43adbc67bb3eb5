"""Which attempts, events and memberships count in no figure, as what they name is not there."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.family import Tables

#: Ids that are shown of each kind.
EXAMPLES = 5
_WHO = ["learner_id", "course_id"]
_KIND = ["course_id", "table", "reason"]


def unmatched(tables: Tables) -> ir.Table:
    """Find the rows of the courses of `frame` whose learner or item meets nobody.

    A learner meets nobody in a course that has memberships, but none of theirs. Where a course has
    none, whoever was seen there is enrolled.

    Args:
        tables: `memberships`, `learners`, `items` and `events`, and the stages `frame`, `tries`
            and `ignored`.

    Returns:
        Up to EXAMPLES rows of each course, table and reason. course_id, table, reason: str, as in
        `UnmatchedRows`. missing: str, an id. rows, ids: int64, of that course, table and reason.
        place: int64, from 0; the id of most rows comes first.
    """
    courses = tables["frame"].select("course_id")
    tries = tables["tries"].semi_join(courses, "course_id")
    items = tables["items"].select("course_id", "item_id")
    lost = tries.filter(_.item_id.notnull()).anti_join(items, ["course_id", "item_id"])
    return _summed(
        _learners_without_membership(tries, "attempts", tables),
        _learners_without_membership(tables["events"], "events", tables),
        _counted(lost, "item_id", "attempts", ibis.literal("item")),
    )


def without_course(tables: Tables, known: ir.Table, events: ir.Table | None = None) -> ir.Table:
    """Find the rows whose course is in no `courses` row; the columns are those of `unmatched`.

    Args:
        tables: `memberships`, and the stage `tries`.
        known: course_id (str) of every course there is.
        events: events that may be of another course; None = there are none.
    """
    named = {"attempts": tables["tries"], "memberships": tables["memberships"], "events": events}
    return _summed(
        *(
            _counted(
                rows.filter(rows.course_id.notnull()).anti_join(known, "course_id"),
                "course_id",
                name,
                ibis.literal("course"),
            )
            for name, rows in named.items()
            if rows is not None
        )
    )


def _learners_without_membership(rows: ir.Table, name: str, tables: Tables) -> ir.Table:
    enrolled = tables["memberships"].select(*_WHO).distinct()
    listed = enrolled.select("course_id").distinct()
    # Members first: theirs are nearly all rows.
    others = rows.select(*_WHO).anti_join(enrolled, _WHO).semi_join(listed, "course_id")
    counted = others.anti_join(tables["ignored"], "learner_id")
    known = ibis.union(
        tables["learners"].select("learner_id"), enrolled.select("learner_id"), distinct=True
    ).mutate(known=True)
    told = counted.group_by(_WHO).agg(rows=_.count()).left_join(known, "learner_id")
    return told.select(
        "course_id",
        table=ibis.literal(name),
        reason=ibis.ifelse(told.known.fill_null(False), "enrolment", "learner"),
        missing=told.learner_id,
        rows=told["rows"],
    )


def _counted(rows: ir.Table, column: str, name: str, reason: ir.StringScalar) -> ir.Table:
    """Count the rows of each missing id."""
    counted = rows.group_by(rows.course_id, missing=rows[column].cast("string")).agg(
        rows=rows.count()
    )
    return counted.select(
        "course_id", table=ibis.literal(name), reason=reason, missing="missing", rows="rows"
    )


def _summed(*tables: ir.Table) -> ir.Table:
    counted = ibis.union(*tables) if len(tables) > 1 else tables[0]
    kind = [counted[name] for name in _KIND]
    order = ibis.window(group_by=kind, order_by=[counted["rows"].desc(), counted.missing])
    whole = ibis.window(group_by=kind)
    ranked = counted.select(
        *_KIND,
        "missing",
        rows=counted["rows"].sum().over(whole).cast("int64"),
        ids=counted.count().over(whole).cast("int64"),
        place=ibis.row_number().over(order),
    )
    return ranked.filter(ranked.place < EXAMPLES)
