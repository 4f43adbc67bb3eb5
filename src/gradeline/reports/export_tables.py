"""The tables of an exported document, in a language: what a workbook and a PDF both show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gradeline.base.languages import NOTHING, Language, message
from gradeline.records.export_report import ExportReport
from gradeline.records.measures import Measure
from gradeline.reports.plain_text import clip

_ALL = message("all")
_LEARNERS, _ATTEMPTS = message("Learners"), message("Attempts")
#: Figure → its label, and whether it is a share of 1.
FIGURES: Mapping[str, tuple[str, bool]] = {
    "total_users": (_LEARNERS, False),
    "total_attempts": (_ATTEMPTS, False),
    "avg_accuracy": (message("Correct answers"), True),
    "first_try_accuracy": (message("Correct on first try"), True),
    "unaided_accuracy": (message("Correct without hints"), True),
    "avg_score": (message("Average score"), True),
    "hints_usage": (message("Hints used"), True),
    "hints_per_attempt": (message("Hints per attempt"), False),
    "avg_time": (message("Mean time, s"), False),
    "median_time": (message("Median time, s"), False),
}
#: Column of the learners → its label, and whether it is a share of 1; others are left out.
LEARNER_COLUMNS: Mapping[str, tuple[str, bool | None]] = {
    "name": (message("Name"), None),
    "email": (message("Email"), None),
    "attempts": (_ATTEMPTS, False),
    "avg_accuracy": (message("Correct answers"), True),
    "avg_score": (message("Average score"), True),
    "hints_per_attempt": (message("Hints per attempt"), False),
    "avg_time_s": (message("Mean time, s"), False),
}
_LONGEST = 120


@dataclass(frozen=True, kw_only=True)
class ExportTable:
    """A table with a title; numbers are numbers, and shares of 1 are marked."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | float | None, ...], ...]
    shares: frozenset[tuple[int, int]]  #: places (row, column) of shares of 1


def headings(report: ExportReport, language: Language) -> tuple[tuple[str, str], ...]:
    """Return what the document is about, as labels and texts."""
    days = [language.day(day) if day else "…" for day in (report.since, report.until)]
    period = " – ".join(days) if report.since or report.until else language.say(_ALL)
    return (
        (language.say(message("Group")), clip(report.name, _LONGEST)),
        (language.say(message("Courses")), clip(", ".join(report.courses), _LONGEST)),
        (
            language.say(message("Topics")),
            clip(", ".join(report.topic_ids), _LONGEST) or language.say(_ALL),
        ),
        (language.say(message("Period")), period),
        (language.say(message("Data as of")), language.instant(report.as_of)),
    )


def tables(report: ExportReport, language: Language) -> tuple[ExportTable, ...]:
    """Return the tables that hold something."""
    made = (
        _figures(report, language),
        _leaderboard(report, language),
        _learners(report, language),
    )
    return tuple(table for table in made if table.rows)


def _figures(report: ExportReport, language: Language) -> ExportTable:
    names = [name for name in FIGURES if name in report.stat]
    shares = {
        (number, column)
        for number, name in enumerate(names)
        for column in (1, 3, 4)
        if FIGURES[name][1]
    }
    return ExportTable(
        title=language.say(message("Figures")),
        header=tuple(
            language.say(each)
            for each in (
                message("Figure"),
                message("Value"),
                message("n"),
                message("Lower bound"),
                message("Upper bound"),
            )
        ),
        rows=tuple(
            (language.say(FIGURES[name][0]), *_measure(report.stat[name])) for name in names
        ),
        shares=frozenset(shares),
    )


def _measure(one: Measure) -> tuple[float | None, ...]:
    return one.value, one.n, one.low, one.high


def _leaderboard(report: ExportReport, language: Language) -> ExportTable:
    return ExportTable(
        title=language.say(message("Leaderboard")),
        header=tuple(
            language.say(each) for each in (message("Rank"), message("Name"), message("Score"))
        ),
        rows=tuple(
            (
                row["rank"],
                _who(row),
                row["score"],
            )
            for row in report.leaderboard
        ),
        shares=frozenset(),
    )


def _who(row: Mapping[str, Any]) -> str:
    return clip(row.get("name") or row.get("learner_id") or NOTHING, _LONGEST)


def _learners(report: ExportReport, language: Language) -> ExportTable:
    places = [(report.header.index(name), *LEARNER_COLUMNS[name]) for name in LEARNER_COLUMNS]
    rows = tuple(
        tuple(
            (clip(cells[at], _LONGEST) if is_share is None else _number(cells[at]))
            for at, _, is_share in places
        )
        for cells in report.learners
    )
    shares = [column for column, (_, _, is_share) in enumerate(places) if is_share]
    return ExportTable(
        title=language.say(_LEARNERS),
        header=tuple(language.say(label) for _, label, _ in places),
        rows=rows,
        shares=frozenset((number, column) for number in range(len(rows)) for column in shares),
    )


def _number(cell: str) -> float | None:
    return float(cell) if cell else None
