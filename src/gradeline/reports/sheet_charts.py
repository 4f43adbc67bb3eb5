"""The workbook's own charts, drawn by the spreadsheet from the cells beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from gradeline.base.languages import Language, message
from gradeline.reports.columns import Column
from gradeline.reports.sheet_formats import BLUE, LINE, MUTED, spaced

ORANGE = "#D55E00"
_WIDE, _HIGH = 720, 360  #: px
_MOST_BESIDE = 10  #: columns of a table that has its chart at its right, not below
_SMALL = {"size": 9, "color": MUTED}


def add_chart(
    book: Workbook, sheet: Worksheet, columns: Sequence[Column], rows: int, language: Language
) -> None:
    """Put the sheet's chart right of its table, where its table has one and rows."""
    names = [column.name for column in columns]
    drawn = next((each for each in _CHARTS if {each.category, each.values[0][0]} <= {*names}), None)
    if drawn is None or not rows:
        return
    chart: Chart = book.add_chart({"type": drawn.kind})
    for name, colour in drawn.values:
        places = (names.index(drawn.category), names.index(name))
        chart.add_series(_series(sheet.name, places, rows, colour))
    title = language.say(drawn.title)
    _quiet(chart, title, drawn, language.code)
    single = len(drawn.values) == 1
    chart.set_legend({"none": True} if single else {"position": "top", "font": _SMALL})
    beside = (1, len(columns) + 1) if len(columns) <= _MOST_BESIDE else (rows + 2, 0)
    sheet.insert_chart(*beside, chart, {"description": title})


@dataclass(frozen=True, kw_only=True)
class _Drawn:
    """A chart over columns of a table."""

    category: str  #: column along its axis
    kind: str  #: XlsxWriter's type
    values: tuple[tuple[str, str], ...]  #: (column, colour) of each series
    title: str  #: message
    is_share: bool  #: its axis goes from 0 to 100 %


_CHARTS = (
    _Drawn(
        category="starts_on",
        kind="line",
        values=(("attendance_rate", BLUE),),
        title=message("Active learners, %"),
        is_share=True,
    ),
    _Drawn(
        category="band",
        kind="column",
        values=(("pairs", BLUE),),
        title=message("Expected submissions"),
        is_share=False,
    ),
    _Drawn(
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


def _quiet(chart: Chart, title: str, drawn: _Drawn, language: str) -> None:
    """Style a chart: no frame, a light grid, muted labels, shares from 0 to 100%."""
    chart.set_size({"width": _WIDE, "height": _HIGH})
    chart.set_title(
        {"name": title, "overlay": False, "name_font": {"size": 11, "bold": False, "color": MUTED}}
    )
    chart.set_chartarea({"border": {"none": True}})
    scale: dict[str, Any] = {"min": 0}
    if drawn.is_share:
        scale |= {"max": 1, "num_format": spaced("0%", language)}
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
        {"num_font": _SMALL, "line": {"color": LINE}, **(months if drawn.kind == "line" else {})}
    )
