"""The course report as a workbook: a sheet for each table, typed cells, native charts.

No cell can run: every text is written as a text cell, however it begins, and the workbook has
neither formulas nor links.
"""

from __future__ import annotations

import gc
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, time
from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from gradeline.base.languages import Language, message
from gradeline.base.languages import language as language_of
from gradeline.records.course_report import CourseReport
from gradeline.reports.blocks.catalogue import blocks_of
from gradeline.reports.columns import UNITS, Block, Column, Kind, format_value
from gradeline.reports.glossary import kind_of
from gradeline.reports.plain_text import cell_text
from gradeline.reports.xlsx.charts import add_chart
from gradeline.reports.xlsx.formats import SheetFormats
from gradeline.reports.xlsx.packed_book import PackedBook
from gradeline.reports.xlsx.plain_sheet import PlainSheet
from gradeline.reports.xlsx.summary import write_summary

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}
_HEADER_HEIGHT = 60  #: points: four lines
#: Rows of a table in one sheet: Excel's 1,048,576 without the header and a note that more follow.
MOST_ROWS = 1_048_574
_LONGEST_NAME = 31  #: letters of a sheet's name, Excel's limit


def render(report: CourseReport, language: str, *, most_rows: int = MOST_ROWS) -> bytes:
    """Return the course report as XLSX in a language; equal input gives equal bytes.

    Args:
        report: what it shows.
        language: its code.
        most_rows: of a table in one sheet; the others are in further sheets.
    """
    with _gc_paused():
        return _book(report, language, most_rows)


@contextmanager
def _gc_paused() -> Iterator[None]:
    """Pause garbage collection: cells leave none, and the search is a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
            gc.collect(0)  # a book refers to itself


def _book(report: CourseReport, language: str, most_rows: int) -> bytes:
    lang = language_of(language)
    target = io.BytesIO()
    with PackedBook(target, _OPTIONS) as book:
        book.set_properties(_properties(report, lang))
        formats = SheetFormats(book, language, report.timezone)
        write_summary(_sheet(book, lang.say(message("Summary"))), report, lang, formats)
        blocks = blocks_of(report)
        for block in blocks:
            _write_sheets(book, report, block, lang, formats, most_rows)
        _write_dictionary(_sheet(book, lang.say(message("Data dictionary"))), blocks, lang, formats)
    for sheet in book.worksheets():
        sheet.table.clear()  # cells that nobody refers to need no search
    return target.getvalue()


def _sheet(book: Workbook, name: str) -> PlainSheet:
    sheet: PlainSheet = book.add_worksheet(name[:_LONGEST_NAME], PlainSheet)
    sheet.hide_gridlines(2)
    return sheet


def _properties(report: CourseReport, language: Language) -> dict[str, object]:
    """The properties of the file; its time is the data's, never the clock's."""
    moment = report.as_of or datetime.combine(report.today, time(), tzinfo=UTC)
    return {
        "title": cell_text(report.group.name if report.group else report.title or report.course_id),
        "subject": language.say(kind_of(report)),
        "author": "Gradeline",
        "created": moment.astimezone(UTC).replace(tzinfo=None, microsecond=0),
    }


def _write_sheets(
    book: Workbook,
    report: CourseReport,
    block: Block,
    language: Language,
    formats: SheetFormats,
    most_rows: int,
) -> None:
    """Write a table to a sheet, and to further ones where it has more rows than one may have."""
    rows, name = list(block.rows(report)), language.say(block.name)
    for start in range(0, max(len(rows), 1), most_rows):
        end = start + most_rows
        sheet = _sheet(book, _numbered(name, start // most_rows + 1))
        shown = _write_block(sheet, rows[start:end], block, language, formats)
        add_chart(book, sheet, block.columns, shown, language)
        if end < len(rows):
            further = _numbered(name, end // most_rows + 1)
            note = language.say(message("More rows are in the sheet “{sheet}”."), sheet=further)
            sheet.write_string(shown + 1, 0, note, formats.muted)


def _numbered(name: str, number: int) -> str:
    """Return the name of the sheet of that number of a table; the first one has none."""
    end = f" {number}" if number > 1 else ""
    return name[: _LONGEST_NAME - len(end)] + end


def _write_block(
    sheet: PlainSheet,
    rows: Sequence[Any],
    block: Block,
    language: Language,
    formats: SheetFormats,
) -> int:
    """Write rows of a table with a frozen header and a filter; return their number."""
    write = _write_long_column if block.of_learners else _write_column
    heads = [(column.title(language), column.kind) for column in block.columns]
    write_header(sheet, heads, formats)
    for number, column in enumerate(block.columns):
        sheet.set_column(number, number, column.width)
        write(sheet, number, column, rows, language, formats)
    sheet.autofilter(0, 0, max(len(rows), 1), len(block.columns) - 1)
    return len(rows)


def write_header(
    sheet: Worksheet, heads: Sequence[tuple[str, Kind]], formats: SheetFormats
) -> None:
    """Write a header row that stays visible and is repeated on each printed page."""
    for number, (title, kind) in enumerate(heads):
        sheet.write_string(0, number, title, formats.head(kind))
    sheet.set_row(0, _HEADER_HEIGHT)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_column(
    sheet: Worksheet,
    at: int,
    column: Column,
    rows: Sequence[Any],
    language: Language,
    formats: SheetFormats,
) -> None:
    """Write one column below its header; an unknown value leaves its cell empty."""
    get, form, put = column.value, formats.of_kind[column.kind], _put(sheet, column.kind, language)
    for line, row in enumerate(rows, start=1):
        value = get(row, language)
        if value is not None and value != "":
            put(line, at, value, form)


def _write_long_column(
    sheet: PlainSheet,
    at: int,
    column: Column,
    rows: Sequence[Any],
    language: Language,
    formats: SheetFormats,
) -> None:
    """Write one column of what may be a hundred thousand rows, to the same bytes."""
    form, kind = formats.of_kind[column.kind], column.kind
    values: Iterator[Any] = (column.value(row, language) for row in rows)
    if kind is Kind.TEXT:
        sheet.put_texts(at, (cell_text(value) if value else None for value in values), form)
    elif kind is Kind.YES_NO:
        texts = {each: format_value(each, kind, language) for each in (True, False)}
        sheet.put_texts(at, (texts.get(value) for value in values), form)
    elif kind is Kind.DAY:
        days = (None if value is None else sheet.day_number(value) for value in values)
        sheet.put_numbers(at, days, form)
    else:
        sheet.put_numbers(at, values, form)


def _put(
    sheet: Worksheet, kind: Kind, language: Language
) -> Callable[[int, int, Any, Any], object]:
    if kind is Kind.TEXT:
        return lambda line, at, value, form: sheet.write_string(line, at, cell_text(value), form)
    if kind is Kind.YES_NO:
        return lambda line, at, value, form: sheet.write_string(
            line, at, format_value(value, kind, language), form
        )
    put: Callable[[int, int, Any, Any], object] = (
        sheet.write_datetime if kind is Kind.DAY else sheet.write_number
    )
    return put


def _write_dictionary(
    sheet: Worksheet, blocks: Sequence[Block], language: Language, formats: SheetFormats
) -> None:
    """Write the data dictionary: unit and meaning of each column of each sheet."""
    titles = [
        message("Sheet"),
        message("Column"),
        message("Field"),
        message("Unit"),
        message("Meaning"),
    ]
    write_header(sheet, [(language.say(title), Kind.TEXT) for title in titles], formats)
    for number, width in enumerate((18, 28, 24, 14, 90)):
        sheet.set_column(number, number, width)
    line = 0
    for block in blocks:
        for column in block.columns:
            line += 1
            texts = (
                language.say(block.name),
                column.title(language),
                column.name,
                language.say(UNITS[column.kind]),
                language.say(column.meaning),
            )
            for number, text in enumerate(texts):
                sheet.write_string(line, number, text, formats.of_kind[Kind.TEXT])
    sheet.autofilter(0, 0, line, len(titles) - 1)
