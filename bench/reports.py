"""Bench (c): 22 course reports (PDF and XLSX) beside matplotlib + ReportLab + openpyxl."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bench.home import bench_home
from bench.home import run as run_command
from bench.memory import Memory, family
from bench.peers import reports_matplotlib as peer
from bench.peers.reports_matplotlib import Sheet
from bench.rounds import alternate, show
from gradeline.base.languages import language as language_of
from gradeline.records.course_report import CourseReport
from gradeline.reports import render_all
from gradeline.reports.charts.data import course_charts
from gradeline.reports.pdf.sections import MOST_AT_RISK, MOST_RANKS, MOST_ROWS
from gradeline.warehouse import EmbeddedServer, open_warehouse, results

LANGUAGE = "en"
_OURS, _THEIRS = "our reports room", "matplotlib + ReportLab + openpyxl"
#: Sheets that the PDF shows too, and how many of their rows.
ON_PAPER = {
    "Assessments": MOST_ROWS,
    "At risk": MOST_AT_RISK,
    "Leaderboard": MOST_RANKS,
    "Groups": MOST_ROWS,
    "Levels": MOST_ROWS,
    "Topics": MOST_ROWS,
}
#: Columns that a page is wide enough for, as ours has.
PAPER_COLUMNS = 8


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What one report of ours is made of, for the peer to make the same."""

    report: CourseReport
    sheets: Sequence[Sheet]
    paper: Sequence[Sheet]
    charts_on_paper: int
    native_charts: int


def run(rounds: int) -> None:
    """Make all reports both ways, count what each holds, print the ratio."""
    with bench_home() as home:
        ran = run_command(home)
        print(f"gradeline run, all of OULAD, reports too: {ran.memory.text()}")
        with (
            open_warehouse(EmbeddedServer(home=home), say=print) as database,
            database.connect() as connection,
        ):
            courses = [
                results.read_course(connection, course_id)
                for course_id in results.course_ids(connection)
            ]
    measured(courses, rounds)


def measured(courses: Sequence[CourseReport], rounds: int) -> None:
    """Make the documents of these courses both ways in turns; print counts and ratios."""
    books = {course.course_id: book for course, book in zip(courses, _ours(courses), strict=True)}
    shapes = [_shape(course, books[course.course_id]) for course in courses]
    _same_count(shapes)
    seconds = alternate(
        {_OURS: lambda: _ours(courses), _THEIRS: lambda: _theirs(shapes)},
        rounds,
    )
    show(
        f"{len(courses)} course reports, PDF and XLSX",
        seconds,
        _OURS,
        "the peer is given the finished tables, ours makes them. Goal: the peer needs ≥ 3",
    )
    print(f"{_OURS}, a process of its own: {_memory(_ours, courses).text()}")
    print(f"{_THEIRS}, a process of its own: {_memory(_theirs, shapes).text()}")


def _memory(deed: Callable[[Sequence[Any]], object], given: Sequence[Any]) -> Memory:
    """What a new process and its children hold while it does this, the given values included.

    Raises:
        AssertionError: it did not end well.
    """
    process = get_context("spawn").Process(target=deed, args=(given,))
    process.start()
    with Memory(lambda: family(process.pid or 0)) as memory:
        process.join()
    assert process.exitcode == 0, process.exitcode
    return memory


def _ours(courses: Sequence[CourseReport]) -> list[bytes]:
    """Every document of ours, `kpi.json` and CSV too, as a run makes them; the workbooks."""
    return [
        next(
            each.content
            for each in made
            if isinstance(each.content, bytes) and each.path.endswith(".xlsx")
        )
        for _, made in render_all(iter(courses), (LANGUAGE,))
    ]


def _theirs(shapes: Sequence[Shape]) -> list[tuple[bytes, bytes]]:
    return [
        (
            peer.pdf(shape.report, shape.paper, shape.charts_on_paper),
            peer.workbook(shape.sheets, shape.native_charts),
        )
        for shape in shapes
    ]


def _shape(report: CourseReport, workbook: bytes) -> Shape:
    book = load_workbook(io.BytesIO(workbook))
    sheets = [_sheet(page) for page in book.worksheets]
    named = {sheet.name: sheet for sheet in sheets}
    return Shape(
        report=report,
        sheets=sheets,
        paper=[_shortened(named[name], most) for name, most in ON_PAPER.items() if name in named],
        charts_on_paper=len(course_charts(report, language_of(LANGUAGE))),
        native_charts=native_charts(workbook),
    )


def _sheet(page: Worksheet) -> Sheet:
    head, *rows = page.iter_rows(values_only=True)
    return Sheet(name=page.title, head=[str(cell or "") for cell in head], rows=rows)


def _shortened(sheet: Sheet, most: int) -> Sheet:
    return Sheet(
        name=sheet.name,
        head=sheet.head[:PAPER_COLUMNS],
        rows=[row[:PAPER_COLUMNS] for row in sheet.rows[:most]],
    )


def native_charts(workbook: bytes) -> int:
    """How many charts a workbook holds, by its own parts."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return sum(
            bool(re.fullmatch(r"xl/charts/chart\d+\.xml", name)) for name in parts.namelist()
        )


def _same_count(shapes: Sequence[Shape]) -> None:
    """Say what a report holds, and make sure that the peer's holds the same.

    Raises:
        AssertionError: it does not.
    """
    total: dict[str, int] = {}
    for shape in shapes:
        theirs = peer.workbook(shape.sheets, shape.native_charts)
        book = load_workbook(io.BytesIO(theirs))
        assert [page.max_row for page in book.worksheets] == [
            len(sheet.rows) + 1 for sheet in shape.sheets
        ], shape.report.course_id
        assert native_charts(theirs) == shape.native_charts, shape.report.course_id
        for name, many in _counts(shape).items():
            total[name] = total.get(name, 0) + many
    print("both make " + ", ".join(f"{many:,} {name}" for name, many in total.items()))


def _counts(shape: Shape) -> Mapping[str, int]:
    return {
        "charts on paper": shape.charts_on_paper,
        "tables on paper": len(shape.paper),
        "rows on paper": sum(len(table.rows) for table in shape.paper),
        "sheets": len(shape.sheets),
        "rows in sheets": sum(len(sheet.rows) for sheet in shape.sheets),
        "native charts": shape.native_charts,
    }
