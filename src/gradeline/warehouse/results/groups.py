"""Read the figures of groups: one by one, week by week, and of several as one.

Row security decides which groups whoever asks may see; others are as if they did not exist.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

import msgspec
from psycopg.rows import DictRow, dict_row

from gradeline.records.course_report import StatRow
from gradeline.records.group_figures import GroupCard, GroupFigures, GroupWeek, changes
from gradeline.records.intervals import mean_grade, rate
from gradeline.records.measures import Measure
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.results.course import measures_of
from gradeline.warehouse.sql import query

_FILE = "groups"


def list_groups(connection: Connection) -> list[tuple[str, str, str]]:
    """Return (course id, group id, name of the group) for every group that has figures."""
    return [tuple(row) for row in connection.execute(query(_FILE, "listed"))]


def read_groups(
    connection: Connection, course_id: str, groups: Collection[str] | None = None
) -> tuple[GroupFigures, ...]:
    """Read the figures of each of these groups of a course, sorted by name; None = all."""
    values = {"course_id": course_id, "groups": None if groups is None else sorted(groups)}
    rows = _rows(connection, "figures", values)
    return tuple(msgspec.convert(row["figures"], GroupFigures) for row in rows)


def read_group_weeks(
    connection: Connection, group_id: str, course_id: str
) -> tuple[GroupWeek, ...]:
    """Read how a group of a course stood at the end of each week, the last one being now."""
    rows = _rows(connection, "weeks", {"group_id": group_id, "course_id": course_id})
    return tuple(map(_week, rows))


def read_cards(connection: Connection) -> tuple[GroupCard, ...]:
    """Read how each group of each course stands today, sorted by name.

    Who may see no learners reads 0 of them.
    """
    weeks: dict[tuple[str, str], list[GroupWeek]] = defaultdict(list)
    for row in _rows(connection, "last_weeks", {}):
        weeks[row["group_id"], row["course_id"]].insert(0, _week(row))
    return tuple(_card(row, weeks) for row in _rows(connection, "cards", {}))


def _card(row: DictRow, weeks: Mapping[tuple[str, str], Sequence[GroupWeek]]) -> GroupCard:
    figures = msgspec.convert(row["figures"], GroupFigures)
    return GroupCard(
        figures=figures,
        learners=row["learners"],
        on_plan=rate(row["on_plan"], row["planned"]),
        active=rate(row["active"], row["learners"]),
        at_risk=row["at_risk"],
        changes=changes(weeks.get((figures.group_ids[0], figures.course_id), ())),
    )


def _week(row: DictRow) -> GroupWeek:
    return GroupWeek(
        week=row["week"],
        starts_on=row["starts_on"],
        attendance=rate(row["attended"] or 0, row["enrolled"] or 0),
        kpis=_kpis(row, seen=row["active"] is not None),
    )


def read_group_stats(
    connection: Connection, course_id: str
) -> Mapping[tuple[str, str], tuple[StatRow, ...]]:
    """Read the figures of each group of a course by level and by topic.

    Returns:
        (group id, `level` or `topic`) → rows by id, whose titles are the ids. A group that stands
        over several courses has none: its figures would be those of all of them.
    """
    rows: dict[tuple[str, str], list[StatRow]] = defaultdict(list)
    for row in _rows(connection, "stats", {"course_id": course_id}):
        kind = row["type"].removeprefix("group_")
        entity_id = row[f"{kind}_id"]
        stat = StatRow(entity_id=entity_id, title=entity_id, measures=measures_of(row["metrics"]))
        rows[row["group_id"], kind].append(stat)
    return {key: tuple(sorted(of, key=attrgetter("entity_id"))) for key, of in rows.items()}


def read_union(
    connection: Connection, course_id: str, groups: Collection[str]
) -> GroupFigures | None:
    """Read the figures of several groups of a course as one; who is in several counts once.

    Returns:
        None where none of them has figures. Each interval stands for the learners together; the
        time of the latest data is that of all their data.
    """
    each = read_groups(connection, course_id, groups)
    if not each:
        return None
    ids = tuple(sorted(group for one in each for group in one.group_ids))
    (row,) = _rows(connection, "union", {"course_id": course_id, "groups": list(ids)})
    row["pairs"] = row["learners"] * each[0].items
    seen = any(one.kpis["attendance_rate"].n for one in each)
    return GroupFigures(
        group_ids=ids,
        course_id=course_id,
        name=", ".join(one.name for one in each),
        enrolled=row["learners"],
        items=each[0].items,
        submissions=each[0].submissions if len(each) == 1 else None,
        kpis=_kpis(row, seen=seen, as_of=row["as_of"]),
    )


def _kpis(row: DictRow, *, seen: bool, as_of: datetime | None = None) -> Mapping[str, Measure]:
    """Return the five figures from their sums; `seen` = activity in the course is known."""
    grades: tuple[Any, Any] = (int(row["grade_sum"]), int(row["grade_squares"]))
    watched = row["learners"] if seen else 0
    return {
        "attendance_rate": rate(row["active"] if seen else 0, watched, as_of),
        "response_rate": rate(row["submitted"], row["pairs"], as_of),
        "completion_rate": rate(row["completed"], row["pairs"], as_of),
        "average_grade": mean_grade(*grades, row["completed"], as_of),
        "average_grade_all": mean_grade(*grades, row["pairs"], as_of),
    }


def _rows(connection: Connection, name: str, values: Mapping[str, object]) -> list[DictRow]:
    cursor = connection.cursor(row_factory=dict_row)
    return cursor.execute(query(_FILE, name), values).fetchall()
