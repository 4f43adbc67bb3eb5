"""An export as a workbook: what it is about, then a sheet for each table."""

from __future__ import annotations

from io import BytesIO

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from gradeline.base.languages import language as language_of
from gradeline.records.export_report import ExportReport
from gradeline.reports.export_tables import ExportTable, headings, tables
from gradeline.reports.plain_text import cell_text

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_FIRST_WIDTH, _WIDTH = 34, 18
#: Letters that the name of a sheet can have.
_SHEET_LETTERS = 31


def render(report: ExportReport, language: str) -> bytes:
    """Return the workbook in a language; equal input gives equal bytes."""
    reader, target = language_of(language), BytesIO()
    with Workbook(target, _OPTIONS) as book:
        if report.as_of is not None:  # the data's time, never the clock's
            book.set_properties({"created": report.as_of.replace(tzinfo=None, microsecond=0)})
        bold, share = book.add_format({"bold": True}), book.add_format({"num_format": "0.0%"})
        about = headings(report, reader)
        for number, table in enumerate(tables(report, reader)):
            sheet = book.add_worksheet(table.title[:_SHEET_LETTERS])
            start = 0
            if number == 0:
                for start, (label, text) in enumerate(about, start=1):
                    sheet.write_string(start - 1, 0, label, bold)
                    sheet.write_string(start - 1, 1, cell_text(text))
                start += 1
            _write(sheet, table, start, (bold, share))
    return target.getvalue()


def _write(
    sheet: Worksheet, table: ExportTable, start: int, formats: tuple[Format, Format]
) -> None:
    bold, share = formats
    sheet.set_column(0, 0, _FIRST_WIDTH)
    sheet.set_column(1, len(table.header), _WIDTH)
    for column, title in enumerate(table.header):
        sheet.write_string(start, column, title, bold)
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            place = (start + 1 + number, column)
            if isinstance(cell, str):
                sheet.write_string(*place, cell_text(cell))
            elif cell is not None:
                sheet.write_number(
                    *place, cell, share if (number, column) in table.shares else None
                )
