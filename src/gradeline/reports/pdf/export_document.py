"""An export as PDF, set by Typst from data alone."""

from __future__ import annotations

from datetime import UTC, datetime

from gradeline.base.languages import Language
from gradeline.base.languages import language as language_of
from gradeline.records.export_report import ExportReport
from gradeline.reports.export_tables import ExportTable, headings, tables
from gradeline.reports.pdf.document import compile_pdf
from gradeline.reports.plain_text import add_breaks

#: Of a document whose data have no time.
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def render(report: ExportReport, language: str) -> bytes:
    """Return the PDF in a language; equal input gives equal bytes.

    Raises:
        ReportError: Typst could not set it.
    """
    reader = language_of(language)
    moment = report.as_of or _NO_TIME
    data = {
        "title": add_breaks(report.name),
        "language": language,
        "date": {"year": moment.year, "month": moment.month, "day": moment.day},
        "about": headings(report, reader),
        "tables": [_shown(table, reader) for table in tables(report, reader)],
    }
    return compile_pdf(
        "export.typ",
        data,
        report.as_of or _NO_TIME,
        subject=report.group_id,
        hint="Ask for it as XLSX, and report this.",
    )


def _shown(table: ExportTable, language: Language) -> dict[str, object]:
    return {
        "title": table.title,
        "header": table.header,
        "rows": [
            [
                _text(cell, language, is_share=(number, column) in table.shares)
                for column, cell in enumerate(row)
            ]
            for number, row in enumerate(table.rows)
        ],
    }


def _text(cell: str | float | None, language: Language, *, is_share: bool) -> str:
    if isinstance(cell, str):
        return add_breaks(cell)
    if is_share:
        return language.percent(cell)
    return language.number(cell, 2, least=0)
