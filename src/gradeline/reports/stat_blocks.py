"""Tables with a group, a level or a topic in each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from gradeline.base.languages import Language, message
from gradeline.records.course_report import CourseReport, StatRow
from gradeline.records.measures import Measure
from gradeline.reports.columns import Block, Column, Kind, column, measured

_NOTHING_KNOWN = Measure(value=None, n=0)


def _stat(name: str) -> Callable[[StatRow], Measure]:
    return lambda row: row.measures.get(name, _NOTHING_KNOWN)


def _stat_value(name: str) -> Callable[[Any, Language], object]:
    measure = _stat(name)
    return lambda row, _language: measure(row).value


def _stat_columns() -> tuple[Column, ...]:
    """The figures of METRICS by group, level, topic: values first, then their intervals."""
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
                message("Median duration of an attempt; a best estimate."),
            ),
        )
    )
    measures = [
        measured(header, kind, _stat(name), name=name, meaning=meaning)
        for name, header, kind, meaning in _STAT_MEASURES
    ]
    values = tuple(columns[0] for columns in measures)
    intervals = tuple(column for columns in measures for column in columns[1:])
    return (*counts[:2], *values, *counts[2:], *intervals)


_STAT_MEASURES = (
    (
        "avg_accuracy",
        message("Accuracy"),
        Kind.RATE,
        message("Correct attempts ÷ graded attempts."),
    ),
    (
        "first_try_accuracy",
        message("First-try accuracy"),
        Kind.RATE,
        message("Accuracy of each learner's first graded attempt per assessment."),
    ),
    (
        "unaided_accuracy",
        message("Unaided accuracy"),
        Kind.RATE,
        message("Accuracy of graded attempts without hints."),
    ),
    (
        "avg_score",
        message("Mean score"),
        Kind.RATE,
        message("Mean score of graded attempts that have one."),
    ),
    (
        "hints_usage",
        message("Hints used"),
        Kind.RATE,
        message("Graded attempts with a hint ÷ those whose hints are known."),
    ),
    (
        "hints_per_attempt",
        message("Hints per attempt"),
        Kind.NUMBER,
        message("Mean hints of graded attempts whose hints are known."),
    ),
)


def _stat_block(name: str, meaning: str, rows: Callable[[CourseReport], Iterable[Any]]) -> Block:
    identity = (
        column("entity_id", message("Id"), Kind.TEXT, message("Its id."), width=24),
        column("title", message("Title"), Kind.TEXT, message("Its name."), width=26),
    )
    return Block(name=name, meaning=meaning, columns=(*identity, *_stat_columns()), rows=rows)


GROUPS = _stat_block(
    message("Groups"), message("A group of the course."), lambda report: report.groups
)
LEVELS = _stat_block(
    message("Levels"), message("A level of the course."), lambda report: report.levels
)
TOPICS = _stat_block(
    message("Topics"), message("A topic of the course."), lambda report: report.topics
)
