"""The peer of the reports: matplotlib + ReportLab for the PDF, openpyxl for the workbook.

It is given the same values and makes the same count of charts, tables and rows.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib as mpl

mpl.use("Agg")

from matplotlib.figure import Figure
from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, Image, Paragraph, SimpleDocTemplate, Spacer, Table

from gradeline.records.course_report import CourseReport

WIDTH = 480  #: points that a chart or table takes on the page


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table of the report: its name, its head and its rows."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[object]]


def pdf(report: CourseReport, tables: Sequence[Sheet], charts: int) -> bytes:
    """The report as PDF with so many charts and these tables."""
    styles = getSampleStyleSheet()
    story: list[Flowable] = [Paragraph(report.title or report.course_id, styles["Title"])]
    for draw in CHARTS[:charts]:
        story += [_image(draw(report)), Spacer(0, 12)]
    for table in tables:
        story += [Paragraph(table.name, styles["Heading2"]), _table(table), Spacer(0, 12)]
    target = io.BytesIO()
    SimpleDocTemplate(target, pagesize=A4, title=report.course_id, invariant=1).build(
        story, onFirstPage=_page, onLaterPages=_page
    )
    return target.getvalue()


def workbook(sheets: Sequence[Sheet], charts: int) -> bytes:
    """The report as XLSX: a sheet per table, frozen heads, native charts on the first ones."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name[:31])
        page.append(list(sheet.head))
        for cell in page[1]:
            cell.font = Font(bold=True)
        for row in sheet.rows:
            page.append(list(row))
        _format(page)
    for page in book.worksheets[:charts]:
        _native_chart(page)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _format(page: Worksheet) -> None:
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    for column in page.iter_cols(min_row=2):
        for cell in column:
            if isinstance(cell.value, float):
                cell.number_format = "0.000"


def _native_chart(page: Worksheet) -> None:
    chart = LineChart() if page.title == "Attendance" else BarChart()
    last = max(2, page.max_row)
    chart.add_data(Reference(page, min_col=2, min_row=1, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(page, min_col=1, min_row=2, max_row=last))
    page.add_chart(chart, "N2")


def _page(canvas: object, document: SimpleDocTemplate) -> None:
    canvas.drawString(60, 30, f"page {document.page}")  # type: ignore[attr-defined]


def _table(sheet: Sheet) -> Table:
    shown = [
        [str(head) for head in sheet.head],
        *[[_shown(cell) for cell in r] for r in sheet.rows],
    ]
    table = Table(shown, repeatRows=1, colWidths=[WIDTH / len(sheet.head)] * len(sheet.head))
    table.setStyle(
        [
            ("FONTSIZE", (0, 0), (-1, -1), 6),
            ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.grey),
        ]
    )
    return table


def _shown(cell: object) -> str:
    if cell is None:
        return "–"
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)[:24]


def _image(figure: Figure) -> Image:
    target = io.BytesIO()
    figure.savefig(target, format="png", dpi=150)
    target.seek(0)
    return Image(target, width=WIDTH, height=WIDTH * 0.4)


def _attendance(report: CourseReport) -> Figure:
    figure, axes = _blank()
    days = [week.starts_on for week in report.weeks]
    rates = [week.attendance_rate for week in report.weeks]
    axes.plot(days, [rate.value for rate in rates])  # type: ignore[arg-type]
    axes.fill_between(
        days,  # type: ignore[arg-type]
        [rate.low or 0 for rate in rates],
        [rate.high or 0 for rate in rates],
        alpha=0.2,
    )
    return figure


def _grades(report: CourseReport) -> Figure:
    figure, axes = _blank()
    bars = axes.bar([str(band.low) for band in report.bands], [b.pairs for b in report.bands])
    axes.bar_label(bars)
    return figure


def _completion(report: CourseReport) -> Figure:
    figure, axes = _blank()
    items = report.item_standings
    titles = [item.title for item in items]
    axes.scatter([item.completion_rate.value or 0 for item in items], titles)
    axes.scatter([item.response_rate.value or 0 for item in items], titles, marker="D")
    axes.hlines(
        titles,
        [item.completion_rate.low or 0 for item in items],
        [item.completion_rate.high or 0 for item in items],
    )
    return figure


def _missing(report: CourseReport) -> Figure:
    figure, axes = _blank()
    missing = [each.missing for each in report.learners if each.enrolled_today]
    bars = axes.bar(
        range(max(missing, default=0) + 1),
        [missing.count(value) for value in range(max(missing, default=0) + 1)],
    )
    axes.bar_label(bars)
    return figure


def _blank() -> tuple[Figure, mpl.axes.Axes]:
    figure = Figure(figsize=(8, 3.2), layout="constrained")
    return figure, figure.subplots()


CHARTS = (_attendance, _grades, _completion, _missing)
