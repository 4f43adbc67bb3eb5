"""A course's processed tables as CSV: UTF-8, comma, one header line, plain numbers.

No cell can run as a formula in a spreadsheet: a text that could begin one gets `'` in front.
Numbers stay numbers, unknown values are empty, days and instants are ISO 8601.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import TYPE_CHECKING

from gradeline.base.languages import language
from gradeline.records.course_report import CourseReport, GradeStanding
from gradeline.reports.columns import Block
from gradeline.reports.course_blocks import ASSESSMENTS
from gradeline.reports.learner_blocks import LEARNERS
from gradeline.reports.plain_text import guarded

if TYPE_CHECKING:  # each worker would pay 60 MB for a name
    import pyarrow as pa

#: Who learns in the course, and how far each has come.
_USERS = (
    "learner_id",
    "name",
    "email",
    "group",
    "enrolled_today",
    "submitted",
    "completed",
    "due",
    "done",
    "missing",
    "days_behind",
    "last_active_on",
)
#: What each learner's work was worth, behind who they are.
_WORTH = (
    "average_grade",
    "average_grade.low",
    "average_grade.high",
    "average_grade.n",
    "avg_accuracy",
    "avg_accuracy.low",
    "avg_accuracy.high",
    "avg_accuracy.n",
    "score",
    "rank",
)
_GRADES = tuple(each.name for each in fields(GradeStanding))


def users(report: CourseReport) -> bytes:
    """The learners enrolled in the period and how they stand, one a line, sorted by id."""
    return _block(report, LEARNERS, _USERS + _WORTH)


def grades(report: CourseReport) -> bytes:
    """What each learner reached in each assessment that they handed in, one pair a line."""
    return written(_GRADES, map(attrgetter(*_GRADES), report.grades))


def assessments(report: CourseReport) -> bytes:
    """The course's active assessments with their response, completion and grade."""
    return _block(report, ASSESSMENTS, [column.name for column in ASSESSMENTS.columns])


def from_table(table: pa.Table) -> bytes:
    """Any Arrow table in the same form, its rows in the order they have."""
    columns = [column.to_pylist() for column in table.columns]
    return written(table.column_names, zip(*columns, strict=True))


def _block(report: CourseReport, block: Block, names: Sequence[str]) -> bytes:
    columns, english = block.named(*names), language("en")
    rows = ([column.value(row, english) for column in columns] for row in block.rows(report))
    return written([name.replace(".", "_") for name in names], rows)


def written(header: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Header and rows as CSV; texts guarded, header cells too."""
    target = io.StringIO(newline="")
    out = csv.writer(target, lineterminator="\r\n")
    out.writerow([guarded(name) for name in header])
    out.writerows([_cell(value) for value in row] for row in rows)
    return target.getvalue().encode()


def _cell(value: object) -> object:
    match value:
        case None:
            return ""
        case str():
            return guarded(value)
        case bool():
            return "true" if value else "false"
        case datetime():
            moment = value if value.tzinfo is None else value.astimezone(UTC)
            return moment.isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case _:
            return value
