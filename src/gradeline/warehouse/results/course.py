"""Read the results of one course as its report shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any

import msgspec
from psycopg.rows import DictRow, dict_row

from gradeline.base.errors import WrongUse
from gradeline.records.course_figures import CourseFigures
from gradeline.records.course_report import CourseReport, LearnerStanding, Ranking, StatRow
from gradeline.records.data_quality import UnmatchedRows
from gradeline.records.measures import COURSE_KPIS, STAT_MEASURES, Measure
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "results"
_TOP = 100
#: Rows that the server sends at a time.
_STREAMED = 500

#: The fields that figures and report share by name.
_SHARED = {field.name for field in fields(CourseFigures)} & {
    field.name for field in fields(CourseReport)
}


def read_course(connection: Connection, course_id: str) -> CourseReport:
    """Read everything that the report of a course shows, as last published.

    Raises:
        WrongUse: the course has no results.
    """
    rows = _rows(connection, "course", course_id)
    if not rows:
        raise WrongUse(f"Course {course_id} has no results.", hint="`gradeline run` computes them.")
    figures = msgspec.convert(rows[0]["figures"], CourseFigures)
    learners = map(learner_standing, _share(_stream(connection, "learners", course_id)))
    rankings, size = _leaderboard(connection, course_id)
    stats = _stats(connection, figures)
    history = {"course_id": course_id, "until": figures.as_of}
    return CourseReport(
        **{name: getattr(figures, name) for name in _SHARED - {"kpis", "settings"}},
        kpis={name: figures.kpis[name] for name in COURSE_KPIS},
        settings=dict(sorted(figures.settings.items())),
        shown_kpis=COURSE_KPIS,
        learners=tuple(sorted(learners, key=attrgetter("learner_id"))),
        leaderboard=rankings,
        leaderboard_size=size,
        groups=stats["group_course"],
        levels=stats["course_level"],
        topics=stats["course_topic"],
        history=_history(connection, history),
        build_id=rows[0]["build_id"],
        unmatched=read_unmatched(connection, course_id),
    )


def read_unmatched(
    connection: Connection, course_id: str | None = None
) -> tuple[UnmatchedRows, ...]:
    """Read what no figure counts of a course, or of all and of those that no table names."""
    rows = _rows(connection, "unmatched", course_id)
    return tuple(msgspec.convert(row, UnmatchedRows) for row in rows)


def _rows(connection: Connection, name: str, course_id: str | None) -> list[DictRow]:
    cursor = connection.cursor(row_factory=dict_row)
    return cursor.execute(query(_FILE, name), {"course_id": course_id}).fetchall()


def _stream(connection: Connection, name: str, course_id: str) -> Iterator[DictRow]:
    """Yield rows as the server sends them: of all at once, each would take 2 kB."""
    cursor = connection.cursor(row_factory=dict_row)
    return cursor.stream(query(_FILE, name), {"course_id": course_id}, size=_STREAMED)


def _share(rows: Iterator[DictRow]) -> Iterator[DictRow]:
    """Yield rows of learners; what many of them have is in memory once."""
    shared: dict[object, Any] = {}
    for row in rows:
        for name in ("at_risk", "group_ids", "group_names"):
            row[name] = tuple(row[name])
        for name in (*_SHARED_BY_LEARNERS, "as_of"):
            row[name] = shared.setdefault(row[name], row[name])
        yield row


_SHARED_BY_LEARNERS = ("at_risk", "group_ids", "group_names", "last_active_on", "forecast_on")


def learner_standing(row: DictRow) -> LearnerStanding:
    """Return a row of progress_summary as how a learner stands."""
    same = {field.name for field in fields(LearnerStanding)} - {"avg_accuracy", "average_grade"}
    values: dict[str, Any] = {name: row[name] for name in same}
    for name in ("at_risk", "group_ids", "group_names"):
        values[name] = tuple(values[name])
    return LearnerStanding(
        **values,
        avg_accuracy=_measure(row, "avg_accuracy", row["attempts"]),
        average_grade=_measure(row, "average_grade", row["completed"]),
    )


def _measure(row: DictRow, name: str, n: int) -> Measure:
    ends = {"low": row[f"{name}_low"], "high": row[f"{name}_high"]}
    return Measure(value=row[name], n=n, as_of=row["as_of"], **ends)


def _leaderboard(connection: Connection, course_id: str) -> tuple[tuple[Ranking, ...], int]:
    rows = _rows(connection, "leaderboard", course_id)
    if not rows:
        return (), 0
    return tuple(msgspec.convert(rows[0]["rankings"], list[Ranking])), rows[0]["size"]


def _stats(connection: Connection, figures: CourseFigures) -> Mapping[str, tuple[StatRow, ...]]:
    """Read the figures of groups, levels and topics: type → rows in the order of their titles."""
    keys = {
        "group_course": ("group_id", figures.group_titles),
        "course_level": ("level_id", {}),
        "course_topic": ("topic_id", figures.topic_titles),
    }
    stats: dict[str, list[StatRow]] = {kind: [] for kind in keys}
    for row in _rows(connection, "stats", figures.course_id):
        key, titles = keys[row["type"]]
        stats[row["type"]].append(
            StatRow(
                entity_id=row[key],
                title=titles.get(row[key], row[key]),
                measures=measures_of(row["metrics"]),
            )
        )
    by_title = attrgetter("title", "entity_id")
    return {kind: tuple(sorted(rows, key=by_title)) for kind, rows in stats.items()}


def measures_of(metrics: Mapping[str, Any]) -> Mapping[str, Measure]:
    """Return the figures of a row of materialized_stats, in the order of STAT_MEASURES."""
    # The exact sums beside each measure are for adding groups up; a report has no use for them.
    # jsonb keeps no order, so the order comes from the declaration.
    return {name: msgspec.convert(metrics[name], Measure) for name in STAT_MEASURES}


def _history(connection: Connection, chosen: Mapping[str, object]) -> Any:
    history: dict[str, list[tuple[Any, float | None]]] = {}
    for kpi, as_of, value in connection.execute(query(_FILE, "history"), chosen):
        history.setdefault(kpi, []).append((as_of, value))
    return {name: tuple(history.get(name, ())) for name in COURSE_KPIS}
