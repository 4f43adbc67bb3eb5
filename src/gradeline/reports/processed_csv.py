"""A course's processed tables as CSV: UTF-8, comma, one header line, plain numbers.

No cell can run as a formula in a spreadsheet: `'` goes before a text that could begin one.
Numbers stay numbers, unknown values are empty, days and instants are ISO 8601.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from itertools import islice
from operator import attrgetter

from gradeline.base.languages import language
from gradeline.records.course_report import CourseReport, GradeStanding
from gradeline.reports.blocks.course import ASSESSMENTS
from gradeline.reports.blocks.learners import LEARNERS
from gradeline.reports.columns import Block
from gradeline.reports.plain_text import guard_formula

#: Columns of a learner and their progress.
_USERS = (
    *("learner_id", "name", "email", "group", "enrolled_today", "submitted", "completed", "due"),
    *("done", "missing", "days_behind", "last_active_on"),
)
#: Columns of a learner's results, after those.
_RESULTS = (
    *("average_grade", "average_grade.low", "average_grade.high", "average_grade.n"),
    *("avg_accuracy", "avg_accuracy.low", "avg_accuracy.high", "avg_accuracy.n", "score", "rank"),
)
#: Lines in a piece: about 100 kB.
_LINES = 1_000
_GRADES = tuple(field.name for field in fields(GradeStanding))


def users(report: CourseReport) -> Iterator[bytes]:
    """Yield the learners enrolled in the period and their progress, sorted by id, in pieces."""
    return _block(report, LEARNERS, _USERS + _RESULTS)


def grades(report: CourseReport) -> Iterator[bytes]:
    """Yield the result of each learner in each assessment handed in, one per line, in pieces."""
    return _pieces(_GRADES, map(attrgetter(*_GRADES), report.grades))


def assessments(report: CourseReport) -> bytes:
    """Return the active assessments with their response, completion and grade."""
    names = [column.name for column in ASSESSMENTS.columns]
    return b"".join(_block(report, ASSESSMENTS, names))


def _block(report: CourseReport, block: Block, names: Sequence[str]) -> Iterator[bytes]:
    columns, english = block.named(*names), language("en")
    rows = ([column.value(row, english) for column in columns] for row in block.rows(report))
    return _pieces([name.replace(".", "_") for name in names], rows)


def to_csv(header: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Return header and rows as CSV; no text can run as a formula."""
    return b"".join(_pieces(header, rows))


def _pieces(header: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """Yield header and rows as CSV, some thousand lines at a time."""
    target = io.StringIO(newline="")
    out = csv.writer(target, lineterminator="\r\n")
    out.writerow([guard_formula(name) for name in header])
    cells = ([_cell(value) for value in row] for row in rows)
    while lines := list(islice(cells, _LINES)):
        out.writerows(lines)
        yield target.getvalue().encode()
        target.seek(0)
        target.truncate()
    yield target.getvalue().encode()


def _cell(value: object) -> object:
    match value:
        case None:
            return ""
        case str():
            return guard_formula(value)
        case bool():
            return "true" if value else "false"
        case datetime():
            moment = value if value.tzinfo is None else value.astimezone(UTC)
            return moment.isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case _:
            return value
