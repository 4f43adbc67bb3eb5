"""The parts of pages, as the template knows them: cards, tables, pictures, texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from gradeline.base.languages import Language, message
from gradeline.records.course_report import CourseReport
from gradeline.records.measures import Measure
from gradeline.reports.columns import Block, Column, Kind, format_value
from gradeline.reports.glossary import Figure
from gradeline.reports.plain_text import add_breaks, clip

Part = dict[str, Any]

LONGEST_CELL = 60  #: letters
_LONGEST_HEADING = 14  #: letters of a heading on one line
_CARDS_IN_A_ROW = 3
_MORE = message("and {n} more in the XLSX file")
#: Shares of the width that columns of text get, after columns of numbers.
_WIDE = {"title": 3, "name": 3, "learner_id": 4, "group": 4, "reasons": 5}
#: Narrow columns, in which a word of twice so many letters fits.
_NARROW, _NARROW_RUN = frozenset({"name", "learner_id", "group"}), 7


def cards_part(cards: Sequence[Part]) -> Part:
    """Return cards of one height, a few in a row."""
    return {"kind": "cards", "columns": _CARDS_IN_A_ROW, "cards": list(cards)}


def figure_card(figure: Figure, measure: Measure, language: Language) -> Part:
    """Return a card with a figure, its place on the scale, its interval and n."""
    full = 1 if figure.is_rate else 100
    on_scale = [None if end is None else end / full for end in _ends(measure)]
    return {
        "label": language.say(figure.label),
        "value": figure.text(language, measure.value),
        "scale": on_scale,
        "lines": [*_interval(figure, measure, language), figure.basis(language, measure)],
        "trend": [],
        "notes": [],
    }


def _interval(figure: Figure, measure: Measure, language: Language) -> list[str]:
    """The interval of a figure; empty if the figure is unknown."""
    if measure.value is None:
        return []
    ends = language.percent_range(*(figure.share(end) for end in (measure.low, measure.high)))
    return [language.say(message("95% CI: {range}"), range=ends)]


def _ends(measure: Measure) -> tuple[float | None, float | None, float | None]:
    return measure.low, measure.value, measure.high


def plain_card(label: str, value: str, lines: Sequence[str], notes: Sequence[str] = ()) -> Part:
    """Return a card with a value that has no scale."""
    return {
        "label": label,
        "value": value,
        "scale": None,
        "lines": list(lines),
        "trend": [],
        "notes": list(notes),
    }


def picture(charts: Mapping[str, str], kind: str, alt: str) -> list[Part]:
    """Return the chart of that kind; empty if it has no data."""
    return [{"kind": "picture", "svg": charts[kind], "alt": alt}] if kind in charts else []


def text(line: str) -> Part:
    """Return a line of text."""
    return {"kind": "text", "text": line}


def listing(
    report: CourseReport, block: Block, names: Sequence[str], language: Language, most: int
) -> list[Part]:
    """Return the block as a table of at most `most` rows; empty if it has none."""
    all_rows = list(block.rows(report))
    columns = _nonempty(block.named(*names), all_rows, language)
    rows = [[_cell(row, column, language) for column in columns] for row in islice(all_rows, most)]
    hidden = len(all_rows) - len(rows)
    more = language.say(_MORE, n=language.number(hidden)) if hidden else ""
    head = [
        {
            "title": _heading(column, language),
            "wide": _WIDE.get(column.name, 0),
            "number": column.kind not in (Kind.TEXT, Kind.DAY),
        }
        for column in columns
    ]
    return [{"kind": "listing", "columns": head, "rows": rows, "more": more}] if rows else []


def _heading(column: Column, language: Language) -> str:
    """A column's title, on two lines where it would make a column of numbers or days too wide."""
    title = column.title(language)
    if column.name in _WIDE or len(title) <= _LONGEST_HEADING:
        return title
    middle = len(title) / 2
    ends = [at for at, letter in enumerate(title) if letter == " "]
    at = min(ends, key=lambda end: abs(end - middle), default=len(title))
    return f"{title[:at]}\n{title[at + 1 :]}" if ends else title


def _nonempty(
    columns: tuple[Column, ...], rows: Sequence[object], language: Language
) -> tuple[Column, ...]:
    """The columns that have a value in at least one row, and the first one."""
    return tuple(
        column
        for number, column in enumerate(columns)
        if number == 0 or any(column.value(row, language) not in (None, "") for row in rows)
    )


def _cell(row: object, column: Column, language: Language) -> str:
    shown = format_value(column.value(row, language), column.kind, language)
    if column.kind is not Kind.TEXT:
        return shown
    shown = clip(shown, LONGEST_CELL)
    return add_breaks(shown, _NARROW_RUN) if column.name in _NARROW else add_breaks(shown)
