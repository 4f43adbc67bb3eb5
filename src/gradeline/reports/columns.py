"""Columns of tables: header, value, format and meaning of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Any

from gradeline.base.languages import NOTHING, Language, message
from gradeline.records.course_report import CourseReport
from gradeline.records.measures import Measure


class Kind(StrEnum):
    """How a value is formatted, in the PDF and in a cell."""

    TEXT = "text"
    COUNT = "count"  #: whole number
    RATE = "rate"  #: share of one, shown as a percentage
    GRADE = "grade"  #: percent, 0 to 100
    NUMBER = "number"  #: two decimals
    WEIGHT = "weight"  #: up to two decimals
    SECONDS = "seconds"
    DAY = "day"
    YES_NO = "yes_no"


#: The unit of a kind, for the data dictionary.
UNITS = {
    Kind.TEXT: message("text"),
    Kind.COUNT: message("count"),
    Kind.RATE: message("share (0–1)"),
    Kind.GRADE: message("percent"),
    Kind.NUMBER: message("number"),
    Kind.WEIGHT: message("number"),
    Kind.SECONDS: message("seconds"),
    Kind.DAY: message("day"),
    Kind.YES_NO: message("yes or no"),
}

YES, NO = message("yes"), message("no")

#: Gets a value of a row; texts depend on the language.
Getter = Callable[[Any, Language], object]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table."""

    name: str  #: field name, e.g. `completion_rate.low`
    header: str  #: message
    part: str | None = None  #: message with `{figure}`, for a part of a measure
    kind: Kind
    value: Getter
    meaning: str  #: message
    width: int = 12  #: letters

    def title(self, language: Language) -> str:
        """Return its header in a language."""
        header = language.say(self.header)
        return header if self.part is None else language.say(self.part, figure=header)


@dataclass(frozen=True, kw_only=True)
class Block:
    """A table of a report: a sheet of the workbook, a part of the PDF."""

    name: str  #: message; the sheet's name
    columns: tuple[Column, ...]
    rows: Callable[[CourseReport], Iterable[Any]]
    of_learners: bool = False  #: a learner in each row, so it is in no copy without names

    def named(self, *names: str) -> tuple[Column, ...]:
        """Return the columns of these names, in this order."""
        known = {column.name: column for column in self.columns}
        return tuple(known[name] for name in names)


def of(path: str) -> Getter:
    """Return a getter of the attribute at that dotted path of a row."""
    get = attrgetter(path)
    return lambda row, _language: get(row)


def column(
    name: str, header: str, kind: Kind, meaning: str, value: Getter | None = None, width: int = 12
) -> Column:
    """Return a column; without `value` it shows the attribute of the same name."""
    get = value or of(name)
    return Column(name=name, header=header, kind=kind, meaning=meaning, value=get, width=width)


def measure_columns(
    name: str, header: str, kind: Kind, meaning: str, get: Callable[[Any], Measure] | None = None
) -> tuple[Column, ...]:
    """Return the four columns of a measure: value, low, high, n.

    Args:
        name: of the column with the value; the others are named after it.
        header: title of the value, which the others repeat.
        kind: of the value and its bounds.
        meaning: what the value is.
        get: reads the measure of a row; None = the row's attribute of that name.
    """
    parts: tuple[tuple[str, str | None, Kind, str], ...] = (
        ("value", None, kind, meaning),
        (
            "low",
            message("{figure}, lower bound"),
            kind,
            message("Lower bound of the 95% confidence interval."),
        ),
        (
            "high",
            message("{figure}, upper bound"),
            kind,
            message("Upper bound of the 95% confidence interval."),
        ),
        ("n", message("{figure}, n"), Kind.COUNT, message("Number of observations.")),
    )
    return tuple(
        Column(
            name=name if field == "value" else f"{name}.{field}",
            header=header,
            part=part,
            kind=part_kind,
            value=_part_of(get or attrgetter(name), field),
            meaning=says,
            width=16,
        )
        for field, part, part_kind, says in parts
    )


def _part_of(get: Callable[[Any], Measure], field: str) -> Getter:
    read = attrgetter(field)
    return lambda row, _language: read(get(row))


_WRITERS: dict[Kind, Callable[[Any, Language], str]] = {
    Kind.TEXT: lambda value, _language: str(value),
    Kind.COUNT: lambda value, language: language.number(value),
    Kind.RATE: lambda value, language: language.percent(value),
    Kind.GRADE: lambda value, language: language.percent(value / 100),
    Kind.NUMBER: lambda value, language: language.number(value, 2),
    Kind.WEIGHT: lambda value, language: language.number(value, 2, least=0),
    Kind.SECONDS: lambda value, language: language.number(value, 1),
    Kind.DAY: lambda value, language: language.day(value),
    Kind.YES_NO: lambda value, language: language.say(YES if value else NO),
}


def format_value(value: Any, kind: Kind, language: Language) -> str:
    """Return a value as text; an unknown one is a dash, never 0."""
    return NOTHING if value is None or value == "" else _WRITERS[kind](value, language)
