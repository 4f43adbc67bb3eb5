"""The workbook's native charts, drawn by the spreadsheet from the cells beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from gradeline.base.languages import Language, message
from gradeline.reports.columns import Column
from gradeline.reports.xlsx.formats import BLUE, LINE, MUTED, percent_format

ORANGE = "#D55E00"
_WIDE, _HIGH = 720, 360  #: px
_MOST_BESIDE = 10  #: a table with more columns has its chart below, not at its right
_SMALL = {"size": 9, "color": MUTED}


def add_chart(
    book: Workbook, sheet: Worksheet, columns: Sequence[Column], rows: int, language: Language
) -> None:
    """Put the sheet's chart right of its table, if it has a chart and rows."""
    names = [column.name for column in columns]
    spec = next((one for one in _CHARTS if {one.category, one.values[0][0]} <= {*names}), None)
    if spec is None or not rows:
        return
    chart: Chart = book.add_chart({"type": spec.kind})
    for name, colour in spec.values:
        places = (names.index(spec.category), names.index(name))
        chart.add_series(_series(sheet.name, places, rows, colour))
    title = language.say(spec.title)
    _style(chart, title, spec, language.code)
    single = len(spec.values) == 1
    chart.set_legend({"none": True} if single else {"position": "top", "font": _SMALL})
    beside = (1, len(columns) + 1) if len(columns) <= _MOST_BESIDE else (rows + 2, 0)
    sheet.insert_chart(*beside, chart, {"description": title})


@dataclass(frozen=True, kw_only=True)
class _ChartSpec:
    """A chart over columns of a table."""

    category: str  #: column along its axis
    kind: str  #: XlsxWriter's type
    values: tuple[tuple[str, str], ...]  #: (column, colour) of each series
    title: str  #: message
    is_share: bool  #: its axis goes from 0 to 100%


_CHARTS = (
    _ChartSpec(
        category="starts_on",
        kind="line",
        values=(("attendance_rate", BLUE),),
        title=message("Active learners, %"),
        is_share=True,
    ),
    _ChartSpec(
        category="band",
        kind="column",
        values=(("pairs", BLUE),),
        title=message("Expected submissions"),
        is_share=False,
    ),
    _ChartSpec(
        category="grade",
        kind="column",
        values=(("learners", BLUE),),
        title=message("Learners by average grade"),
        is_share=False,
    ),
    _ChartSpec(
        category="title",
        kind="column",
        values=(("response_rate", ORANGE), ("completion_rate", BLUE)),
        title=message("Enrolled learners, %"),
        is_share=True,
    ),
)


def _series(sheet: str, columns: tuple[int, int], rows: int, colour: str) -> dict[str, Any]:
    category, value = columns
    return {
        "name": [sheet, 0, value],
        "categories": [sheet, 1, category, rows, category],
        "values": [sheet, 1, value, rows, value],
        "fill": {"color": colour},
        "line": {"color": colour, "width": 2},
        "gap": 60,
    }


def _style(chart: Chart, title: str, spec: _ChartSpec, language: str) -> None:
    """Style a chart: no frame, a light grid, muted labels, shares from 0 to 100%."""
    chart.set_size({"width": _WIDE, "height": _HIGH})
    chart.set_title(
        {"name": title, "overlay": False, "name_font": {"size": 11, "bold": False, "color": MUTED}}
    )
    chart.set_chartarea({"border": {"none": True}})
    scale: dict[str, Any] = {"min": 0}
    if spec.is_share:
        scale |= {"max": 1, "num_format": percent_format("0%", language)}
    chart.set_y_axis(
        {
            **scale,
            "num_font": _SMALL,
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": LINE}},
        }
    )
    months = {"date_axis": True, "major_unit": 1, "major_unit_type": "months", "num_format": "mmm"}
    chart.set_x_axis(
        {"num_font": _SMALL, "line": {"color": LINE}, **(months if spec.kind == "line" else {})}
    )
