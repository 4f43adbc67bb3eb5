"""Which attempts, events and memberships figures leave out, as what they name is not there."""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.days import DAY_US, microseconds
from gradeline.metrics.family import Tables
from gradeline.metrics.roster import left_in

#: Ids that are shown of each kind.
EXAMPLES = 5
_WHO = ["learner_id", "course_id"]
_KIND = ["course_id", "table", "reason"]
#: The course_id of rows that are of no course.
NO_COURSE = ""


def unmatched(tables: Tables) -> ir.Table:
    """Find the rows of the courses of `frame` whose learner or item meets nobody.

    A learner meets nobody in a course that has memberships, but none of theirs. Where a course has
    none, whoever was seen there is enrolled; where learners of their source are listed and they are
    not, that is worth a word. A row without an item meets none; its `missing` is the learner.

    Args:
        tables: `memberships`, `learners`, `items` and `events`, and the stages `frame`, `tries`,
            `unlisted` and `ignored`.

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
        _counted(lost, "item_id", "attempts", "item"),
        _counted(
            tries.filter(_.item_id.isnull() & (_.kind != "run")),
            "learner_id",
            "attempts",
            "no_item",
        ),
        _inferred_without_row(tries, tables),
    )


def without_course(tables: Tables, known: ir.Table, events: ir.Table | None = None) -> ir.Table:
    """Find the rows whose course is in no `courses` row, and the attempts without a course.

    Events without a course are left alone: opening an app is of none. The columns are those of
    `unmatched`; where there is no course, course_id is NO_COURSE and `missing` the learner.

    Args:
        tables: `memberships`, and the stage `tries`.
        known: course_id (str) of every course there is.
        events: events that may be of another course; None = there are none.
    """
    named = {"attempts": tables["tries"], "memberships": tables["memberships"], "events": events}
    blank = tables["tries"].filter(_.course_id.isnull()).mutate(course_id=ibis.literal(NO_COURSE))
    return _summed(
        *(
            _counted(
                rows.filter(rows.course_id.notnull()).anti_join(known, "course_id"),
                "course_id",
                name,
                "course",
            )
            for name, rows in named.items()
            if rows is not None
        ),
        _counted(blank, "learner_id", "attempts", "no_course"),
    )


def in_future(tables: Tables, known: ir.Table, after: datetime) -> ir.Table:
    """Find attempts, and events of the courses of `frame`, that are later than an instant.

    Args:
        tables: `attempts` and `events`, and the stages `frame`, `ignored` and `staff`.
        known: course_id (str) of every course there is.
        after: the instant; rows at or before it are left alone.

    Returns:
        The columns of `unmatched`. missing: the latest microsecond since 1970 of each day in UTC.
        course_id: NO_COURSE for attempts of no course that there is.
    """
    frame, found = tables["frame"].select("course_id"), []
    for name in ("attempts", "events"):
        rows = tables[name]
        rows = left_in(rows.filter(rows["at"] > ibis.literal(after, rows["at"].type())), tables)
        dated = rows.select("course_id", us=microseconds(rows["at"]))
        inside = dated.semi_join(frame, "course_id")
        if name == "attempts":
            outside = dated.anti_join(known, "course_id")
            inside = inside.union(outside.mutate(course_id=ibis.literal(NO_COURSE)))
        days = inside.group_by("course_id", day=inside.us // DAY_US)
        counted = days.agg(missing=_.us.max().cast("string"), rows=_.count())
        found.append(_told(counted, name, "future"))
    return _summed(*found)


def _inferred_without_row(tries: ir.Table, tables: Tables) -> ir.Table:
    """Count the attempts of learners who count as enrolled, but are not listed in their source."""
    sources = tables["learners"].select("source").distinct()
    others = tries.semi_join(tables["unlisted"], "course_id")
    others = others.anti_join(tables["learners"], "learner_id")
    counted = others.group_by("course_id", missing=others.learner_id).agg(rows=_.count())
    listed = counted.semi_join(sources, [counted.missing.startswith(sources.source.concat(":"))])
    return _told(listed, "attempts", "unlisted")


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


def _counted(rows: ir.Table, column: str, name: str, reason: str) -> ir.Table:
    """Count the rows of each missing id."""
    counted = rows.group_by(rows.course_id, missing=rows[column].cast("string")).agg(
        rows=rows.count()
    )
    return _told(counted, name, reason)


def _told(counted: ir.Table, name: str, reason: str) -> ir.Table:
    return counted.select(
        "course_id",
        table=ibis.literal(name),
        reason=ibis.literal(reason),
        missing="missing",
        rows="rows",
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
