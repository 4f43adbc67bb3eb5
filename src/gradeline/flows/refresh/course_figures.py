"""Build what the report of each course shows besides its learners, from metric families."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from gradeline.flows.refresh.rows import Row, build_measure, to_instant
from gradeline.metrics import Terms
from gradeline.records.course_figures import CourseFigures, Quality
from gradeline.records.course_report import Band, ItemStanding, PlanStanding, Week
from gradeline.records.measures import COURSE_KPIS, Measure

_FAMILIES = (
    *("course_kpis", "attendance", "grades", "items_standing", "plan_course", "at_risk_quality"),
    "notes",
)

#: Codes of notes, in the order of reports.
_NOTES = ("members_inferred", "no_activity", "no_clicks", "right_or_wrong")

Rows = Mapping[str, Sequence[Row]]  #: course id → its rows


def build_course_figures(
    figures: Mapping[str, pa.Table], canonical: Mapping[str, pa.Table], terms: Terms
) -> list[CourseFigures]:
    """Build the figures of every course that the families were computed for, by course id.

    Args:
        figures: family name → its table.
        canonical: `courses` and `groups` as the canonical tables; `frame`: course_id (text),
            today_on (date), has_events (bool).
        terms: what the numbers depend on.
    """
    by_course = {name: _by_course(figures[name]) for name in _FAMILIES}
    described = {row["course_id"]: row for row in canonical["courses"].to_pylist()}
    groups = _by_course(canonical["groups"])
    return [
        _figures(described[row["course_id"]] | row, by_course, groups, terms)
        for row in sorted(canonical["frame"].to_pylist(), key=lambda row: row["course_id"])
    ]


def _by_course(table: pa.Table) -> Rows:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in table.to_pylist():
        rows[row["course_id"]].append(row)
    return rows


def _figures(course: Row, rows: Mapping[str, Rows], groups: Rows, terms: Terms) -> CourseFigures:
    key = course["course_id"]
    kpis = rows["course_kpis"][key][0]
    active, submitted = to_instant(kpis["active_newest"]), to_instant(kpis["handed_newest"])
    newest = max((instant for instant in (active, submitted) if instant is not None), default=None)
    items = _items(rows["items_standing"].get(key, ()))
    return CourseFigures(
        course_id=key,
        category=course["category"],
        course=course["course"],
        title=course["title"] or key,
        starts_on=course["starts_on"],
        ends_on=course["ends_on"],
        today=course["today_on"],
        as_of=newest,
        enrolled=kpis["enrolled"],
        items=kpis["items"],
        submissions=kpis["submissions"],
        kpis={
            name: build_measure(kpis, name, active if name == "attendance_rate" else submitted)
            for name in COURSE_KPIS
        },
        weeks=_weeks(rows["attendance"].get(key, ())),
        bands=_bands(rows["grades"].get(key, ())),
        item_standings=items,
        plan=_plan(rows["plan_course"][key][0]),
        at_risk_quality=_quality(rows["at_risk_quality"].get(key, ())),
        group_titles={
            row["group_id"]: row["name"] or row["group_id"] for row in groups.get(key, ())
        },
        topic_titles=_topic_titles(items),
        notes=_notes(rows["notes"][key][0], has_events=course["has_events"]),
        settings=terms.settings(),
    )


def _notes(row: Row, *, has_events: bool) -> tuple[str, ...]:
    """Return the codes of what a reader has to know."""
    no_clicks = not has_events and not row["no_activity"]
    held = {**row, "no_clicks": no_clicks}
    return tuple(code for code in _NOTES if held[code])


def _weeks(rows: Sequence[Row]) -> tuple[Week, ...]:
    return tuple(
        Week(
            starts_on=row["starts_on"],
            attended=row["attended"],
            enrolled=row["enrolled"],
            attendance_rate=_measure(row, "attendance_rate"),
        )
        for row in sorted(rows, key=lambda row: row["week"])
    )


def _bands(rows: Sequence[Row]) -> tuple[Band, ...]:
    # "none", whose bounds are null, comes last.
    ordered = sorted(rows, key=lambda row: (row["low"] is None, row["low"] or 0))
    return tuple(Band(low=row["low"], high=row["high"], pairs=row["pairs"]) for row in ordered)


def _items(rows: Sequence[Row]) -> tuple[ItemStanding, ...]:
    # By the day they are due; items without one come last.
    ordered = sorted(
        rows, key=lambda row: (row["due_on"] is None, str(row["due_on"]), row["item_id"])
    )
    return tuple(
        ItemStanding(
            item_id=row["item_id"],
            title=row["title"] or row["item_id"],
            topic_id=row["topic_id"],
            level_id=row["level_id"],
            kind=row["kind"],
            due_on=row["due_on"],
            weight=row["weight"],
            response_rate=_measure(row, "response_rate"),
            completion_rate=_measure(row, "completion_rate"),
            average_grade=_measure(row, "average_grade"),
        )
        for row in ordered
    )


def _plan(row: Row) -> PlanStanding:
    return PlanStanding(
        due=row["due"], behind=row["behind"], up_to_date_rate=_measure(row, "up_to_date_rate")
    )


def _quality(rows: Sequence[Row]) -> tuple[Quality, ...]:
    return tuple(
        Quality(
            share=row["share"],
            enrolled=row["enrolled"],
            precision=build_measure(row, "precision", None),
            recall=build_measure(row, "recall", None),
        )
        for row in sorted(rows, key=lambda row: row["share"])
    )


def _topic_titles(items: Sequence[ItemStanding]) -> Mapping[str, str]:
    """Return the titles of topics; a topic of one item takes the title of that item."""
    titles: dict[str, list[str]] = defaultdict(list)
    for item in items:
        if item.topic_id is not None:
            titles[item.topic_id].append(item.title)
    return {topic: names[0] for topic, names in titles.items() if len(names) == 1}


def _measure(row: Row, name: str) -> Measure:
    newest: Any = row["newest"]
    return build_measure(row, name, to_instant(newest))
