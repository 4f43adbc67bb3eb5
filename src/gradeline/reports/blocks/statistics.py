"""Tables with a group, a level or a topic in each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from gradeline.base.languages import Language, message
from gradeline.records.course_report import CourseReport, StatRow
from gradeline.records.measures import Measure
from gradeline.reports.columns import Block, Column, Kind, column, measure_columns

_NOTHING_KNOWN = Measure(value=None, n=0)


def _stat(name: str) -> Callable[[StatRow], Measure]:
    return lambda row: row.measures.get(name, _NOTHING_KNOWN)


def _stat_value(name: str) -> Callable[[Any, Language], object]:
    measure = _stat(name)
    return lambda row, _language: measure(row).value


def _stat_columns() -> tuple[Column, ...]:
    """The figures of a group, level or topic: values first, then their intervals."""
    counts = tuple(
        column(name, header, kind, meaning, value=_stat_value(name))
        for name, header, kind, meaning in (
            (
                "total_users",
                message("Learners"),
                Kind.COUNT,
                message("Learners with a graded attempt."),
            ),
            ("total_attempts", message("Attempts"), Kind.COUNT, message("Graded attempts.")),
            (
                "avg_time",
                message("Mean time, s"),
                Kind.SECONDS,
                message("Mean duration of an attempt."),
            ),
            (
                "median_time",
                message("Median time, s"),
                Kind.SECONDS,
                message("Median duration of an attempt; approximate."),
            ),
        )
    )
    measures = [
        measure_columns(name, header, kind, meaning, _stat(name))
        for name, header, kind, meaning in _STAT_MEASURES
    ]
    values = tuple(columns[0] for columns in measures)
    intervals = tuple(column for columns in measures for column in columns[1:])
    return (*counts[:2], *values, *counts[2:], *intervals)


_STAT_MEASURES = (
    (
        "avg_accuracy",
        message("Correct answers"),
        Kind.RATE,
        message("Correct attempts ÷ graded attempts."),
    ),
    (
        "first_try_accuracy",
        message("Correct on first try"),
        Kind.RATE,
        message("Correct ÷ graded among each learner's first attempts at assessments."),
    ),
    (
        "unaided_accuracy",
        message("Correct without hints"),
        Kind.RATE,
        message("Correct ÷ graded among attempts without hints."),
    ),
    (
        "avg_score",
        message("Average score"),
        Kind.RATE,
        message("Average score of graded attempts that have one."),
    ),
    (
        "hints_usage",
        message("Hints used"),
        Kind.RATE,
        message("Graded attempts with a hint ÷ those with a known number of hints."),
    ),
    (
        "hints_per_attempt",
        message("Hints per attempt"),
        Kind.NUMBER,
        message("Average hints of graded attempts with a known number of hints."),
    ),
)


def _stat_block(name: str, rows: Callable[[CourseReport], Iterable[Any]]) -> Block:
    identity = (
        column(
            "entity_id",
            message("ID"),
            Kind.TEXT,
            message("ID of the group, level or topic."),
            width=24,
        ),
        column(
            "title",
            message("Title"),
            Kind.TEXT,
            message("Name of the group, level or topic."),
            width=26,
        ),
    )
    return Block(name=name, columns=(*identity, *_stat_columns()), rows=rows)


GROUPS = _stat_block(message("Groups"), lambda report: report.groups)
LEVELS = _stat_block(message("Levels"), lambda report: report.levels)
TOPICS = _stat_block(message("Topics"), lambda report: report.topics)
