"""Tables of a report about one group: the groups of its course, its learners by grade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from gradeline.base.languages import message
from gradeline.records.course_report import Band, CourseReport, StatRow
from gradeline.records.measures import COURSE_KPIS, Measure
from gradeline.reports.blocks.course import band_name
from gradeline.reports.columns import Block, Column, Kind, column, measure_columns
from gradeline.reports.glossary import KPIS


def learner_bands(report: CourseReport) -> list[Band]:
    """Count the learners in each band of ten percent, and those without a completed assessment."""
    grades = [learner.average_grade.value for learner in report.learners]
    counts = Counter(None if grade is None else min(int(grade // 10), 9) for grade in grades)
    bands = [Band(low=10 * n, high=10 * n + 10, pairs=counts[n]) for n in range(10)]
    return [*bands, Band(low=None, high=None, pairs=counts[None])] if grades else []


def _band_rows(report: CourseReport) -> Iterable[tuple[Band, float | None]]:
    total = len(report.learners)
    return [(band, round(band.pairs / total, 9)) for band in learner_bands(report)]


LEARNER_GRADES = Block(
    name=message("Grades"),
    of_learners=True,
    columns=(
        column(
            "grade",
            message("Average grade, %"),
            Kind.TEXT,
            message("Mean best grade over completed assessments."),
            value=lambda row, language: band_name(row[0], language),
            width=16,
        ),
        column(
            "learners",
            message("Learners"),
            Kind.COUNT,
            message("Learners whose average grade is in the band."),
            value=lambda row, _language: row[0].pairs,
        ),
        column(
            "share",
            message("Share"),
            Kind.RATE,
            message("Learners in the band ÷ all of them."),
            value=lambda row, _language: row[1],
        ),
    ),
    rows=_band_rows,
)


def _figure_columns() -> tuple[Column, ...]:
    """The five figures: values first, then their intervals."""
    figures = [
        measure_columns(
            name,
            KPIS[name].label,
            Kind.RATE if KPIS[name].is_rate else Kind.GRADE,
            KPIS[name].definition,
            _measure(name),
        )
        for name in COURSE_KPIS
    ]
    values = [columns[0] for columns in figures]
    return (*values, *(each for columns in figures for each in columns[1:]))


def _measure(name: str) -> Callable[[StatRow], Measure]:
    return lambda row: row.measures[name]


def _compared(report: CourseReport) -> tuple[StatRow, ...]:
    return () if report.group is None else report.group.comparison


COMPARISON = Block(
    name=message("Groups"),
    columns=(
        column(
            "title",
            message("Group"),
            Kind.TEXT,
            message("The group of this report first, then the others of the course."),
            width=28,
        ),
        column(
            "enrolled",
            message("Enrolled"),
            Kind.COUNT,
            message("Learners of the group; empty where there are few of them."),
            value=lambda row, _language: row.measures["enrolled"].value,
        ),
        *_figure_columns(),
    ),
    rows=_compared,
)
