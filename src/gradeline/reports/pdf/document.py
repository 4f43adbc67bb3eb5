"""The course report as PDF, set by Typst from data, with our template and fonts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

import typst

from gradeline.base.errors import ReportError
from gradeline.base.languages import language as language_of
from gradeline.records.course_report import CourseReport
from gradeline.reports.charts.data import course_charts
from gradeline.reports.charts.renderer import ChartRenderer
from gradeline.reports.pdf.content import content

_HERE = Path(__file__).parents[1]
_TEMPLATES = _HERE / "templates"
#: Typst caches what the last ten documents were made of, 10 MB or more for a report. Blank ones
#: count too: with five after each report, two reports stay cached.
_BLANKS = 5


def draw_charts(report: CourseReport, language: str, renderer: ChartRenderer) -> dict[str, str]:
    """Draw the charts of the report as SVG, by kind."""
    charts = course_charts(report, language_of(language))
    return {kind: renderer.draw(chart) for kind, chart in charts.items()}


def set_pages(report: CourseReport, language: str, charts: Mapping[str, str]) -> bytes:
    """Return the PDF with charts that are drawn already; equal input gives equal bytes.

    Raises:
        ReportError: Typst could not set it.
    """
    data = content(report, language_of(language), charts)
    return compile_pdf(
        "course_report.typ",
        data,
        _data_time(report),
        subject=report.course_id,
        hint="Report this with the course's name; the workbook holds the same numbers.",
    )


def render(report: CourseReport, language: str, renderer: ChartRenderer) -> bytes:
    """Return the course report as PDF in a language; equal input gives equal bytes.

    Raises:
        ReportError: a chart could not be drawn, or the pages could not be set.
    """
    return set_pages(report, language, draw_charts(report, language, renderer))


def _data_time(report: CourseReport) -> datetime:
    """The time in the PDF's metadata: the data's, never the clock's."""
    return report.as_of or datetime.combine(report.today, time(), tzinfo=UTC)


def compile_pdf(
    template: str, data: Mapping[str, object], moment: datetime, *, subject: str, hint: str
) -> bytes:
    """Return what a template of ours makes of data, as PDF; equal input gives equal bytes.

    Args:
        template: its file.
        data: what it shows, as JSON can say it.
        moment: the time in the PDF's metadata; PDF knows whole seconds.
        subject: what an error says that it is about, an id.
        hint: what an error says can be done.

    Raises:
        ReportError: Typst could not set it.
    """
    try:
        made = _compiler(template).compile(
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            timestamp=moment.replace(microsecond=0),
        )
        for _ in range(_BLANKS):
            _compiler("blank.typ").compile(format="pdf")
    except typst.TypstError as error:
        raise ReportError(
            f"The PDF of {subject} could not be set: {error.message}.", hint=hint
        ) from error
    if not isinstance(made, bytes):
        raise ReportError(f"The PDF of {subject} came out empty.", hint=hint)
    return made


@cache
def _compiler(template: str) -> typst.Compiler:
    """Return the compiler of this process; it sees only our templates and fonts."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_HERE / "fonts")]
    )
    return typst.Compiler(
        str(_TEMPLATES / template),
        root=str(_TEMPLATES),
        font_paths=fonts,
        package_path=str(_TEMPLATES),
        package_cache_path=str(_TEMPLATES),
    )
