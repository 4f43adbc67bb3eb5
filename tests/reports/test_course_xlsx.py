"""The workbook: cells equal the values, nothing in it can run, every sheet explains itself."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from python_calamine import CalamineWorkbook
from xlsxwriter.worksheet import Worksheet

from gradeline.base.languages import LANGUAGES, language
from gradeline.records.course_report import CourseReport
from gradeline.records.data_quality import ExampleId, GuessedEncoding, UnmatchedRows
from gradeline.reports.blocks.catalogue import BLOCKS
from gradeline.reports.columns import Block, Kind, format_value
from gradeline.reports.xlsx.plain_sheet import PlainSheet
from gradeline.reports.xlsx.workbook import render

LEADS = ["=1+1", "+1", "-2+3", "@SUM(1)", "\t=1", "＝1+1", "＋1", '"=1"', "=cmd|'/c calc'!A1"]


def opened(book: bytes) -> Workbook:
    """The workbook as openpyxl reads it, formulas as formulas."""
    return openpyxl.load_workbook(io.BytesIO(book))


def expected(course: CourseReport, block: Block, code: str) -> list[list[object]]:
    """What the block's rows should read as, by kind; text and yes/no as words."""
    words = language(code)
    return [
        [_cell(column.value(row, words), column.kind, code) for column in block.columns]
        for row in block.rows(course)
    ]


def _cell(value: object, kind: Kind, code: str) -> object:
    if kind is Kind.YES_NO:
        return format_value(value, kind, language(code))
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a cell has no zone
    return None if value in (None, "") else value


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_openpyxl_reads_the_values_back(code: str, block: Block, course: CourseReport) -> None:
    """Each table's cells equal the report's values, in their types."""
    sheet = opened(render(course, code))[language(code).say(block.name)]
    rows = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert expected(course, block, code) == rows


def test_calamine_reads_the_same_numbers(course: CourseReport) -> None:
    """A second reader finds the figures of the summary to the last digit."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(render(course, "ru")))
    summary = book.get_sheet_by_name("Сводка").to_python()
    rows = {str(row[0]): row for row in reversed(summary)}
    known = course.kpis["completion_rate"]
    assert [known.value, known.low, known.high, known.n] == rows["Доля выполненных"][1:5]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sheet_is_there_with_a_frozen_header(code: str, course: CourseReport) -> None:
    """Summary, each table, the dictionary; the first row stays in sight, tables have a filter."""
    book, words = opened(render(course, code)), language(code)
    names = [words.say(name) for name in ("Summary", *(b.name for b in BLOCKS), "Data dictionary")]
    assert names == book.sheetnames
    assert {"A2"} == {sheet.freeze_panes for sheet in book}
    assert all(book[name].auto_filter.ref for name in names[1:])


def test_headers_are_words_of_the_language(course: CourseReport) -> None:
    """A Spanish workbook has Spanish headers."""
    header = [cell.value for cell in opened(render(course, "es"))["Asistencia"][1]]
    assert header[:4] == ["Inicio de la semana", "Activos", "Inscritos", "Asistencia"]


def test_the_dictionary_explains_every_column(course: CourseReport) -> None:
    """Each column of each sheet has one line with its unit and meaning."""
    book = opened(render(course, "en"))
    lines = list(book["Data dictionary"].iter_rows(min_row=2, values_only=True))
    columns = [(b.name, cell.value) for b in BLOCKS for cell in book[b.name][1]]
    assert columns == [(line[0], line[1]) for line in lines]
    assert all(all(line) for line in lines)


def test_numbers_are_shown_in_their_unit(course: CourseReport) -> None:
    """Rates are percentages, grades carry their sign, days the order of the language."""
    sheet = opened(render(course, "ru"))["Задания"]
    formats = {cell.value: sheet.cell(2, cell.column).number_format for cell in sheet[1]}
    assert (
        formats["Доля выполненных"],
        formats["Средняя оценка"],
        formats["Срок сдачи"],
    ) == (r"0.0\ %", '0.0" %"', "dd.mm.yyyy")


def test_charts_are_the_spreadsheet_s_own(course: CourseReport) -> None:
    """Attendance, grades and assessments have a native chart each."""
    parts = zipfile.ZipFile(io.BytesIO(render(course, "en"))).namelist()
    assert sum(part.startswith("xl/charts/chart") for part in parts) == 3


@pytest.mark.parametrize("lead", LEADS)
def test_text_that_looks_like_a_formula_is_text(lead: str, course: CourseReport) -> None:
    """A learner, a group, a title or an assessment so named is a text cell, unchanged."""
    hostile = replace(
        course,
        title=lead,
        learners=tuple(replace(each, name=lead, group_names=(lead,)) for each in course.learners),
        item_standings=tuple(replace(each, title=lead) for each in course.item_standings),
        groups=tuple(replace(each, title=lead) for each in course.groups),
        settings={lead: lead},
    )
    book = opened(render(hostile, "en"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert {lead} == {row[1].value for row in book["Learners"].iter_rows(min_row=2)}
    assert lead == book["Summary"]["A1"].value


def test_nothing_in_the_package_is_a_formula_or_a_link(course: CourseReport) -> None:
    """The parts of the file hold no formula element and no link to elsewhere."""
    named = replace(course, title="http://example.org", notes=("http://example.org",))
    package = zipfile.ZipFile(io.BytesIO(render(named, "en")))
    sheets = [package.read(name) for name in package.namelist() if "worksheets/sheet" in name]
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    assert not any(b"hyperlink" in package.read(name) for name in package.namelist())


def test_an_unknown_number_is_an_empty_cell(empty: CourseReport) -> None:
    """An empty course has no zero where nothing is known."""
    sheet = opened(render(empty, "en"))["Summary"]
    rows = reversed(list(sheet.iter_rows(max_col=5, values_only=True)))
    figures = {row[0]: list(row[1:]) for row in rows}
    assert figures["Completion rate"] == [None, None, None, 0]
    assert figures["Average grade"] == [None, None, None, 0]


@pytest.mark.heavy
@given(name=st.text(max_size=300))
def test_any_name_gives_a_workbook_that_opens(name: str, course: CourseReport) -> None:
    """No sign that a person can type breaks the file."""
    people = (replace(course.learners[0], name=name),)
    book = opened(render(replace(course, title=name, learners=people), "en"))
    assert book["Learners"].max_row == 2


def cells_written_by(sheet: type[Worksheet]) -> bytes:
    """The part of a workbook with one row of every kind of cell, far to the right as well."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        form, page = book.add_format({"num_format": "0.00"}), book.add_worksheet("A", sheet)
        for place, value in enumerate([1, 0.1 + 0.2, -1e-9, 1e15, "text & <more>", "", True, None]):
            page.write(3, 100 * place, value, form)
            page.write(4, 100 * place, value)
        page.write_datetime(5, 0, datetime(2024, 2, 29), form)  # noqa: DTZ001 - no zone in cells
    return zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml")


def test_quick_cells_are_xlsxwriter_s_own() -> None:
    """The sheet that writes plain cells itself gives the bytes that XlsxWriter's sheet gives."""
    assert cells_written_by(PlainSheet) == cells_written_by(Worksheet)


def test_the_summary_says_what_the_figures_leave_out(course: CourseReport) -> None:
    """Ids that meet nobody and guessed encodings are sentences of the first sheet."""
    rows = {"course_id": "c", "table": "attempts", "rows": 2, "ids": 2}
    examples = (ExampleId(missing="0101", similar="101"),)
    lost = UnmatchedRows(reason="learner", examples=examples, **rows)
    guess = GuessedEncoding(source="files:x", file="a.csv", encoding="windows-1251")
    book = opened(render(replace(course, unmatched=(lost,), guessed=(guess,)), "en"))
    cells = [str(row[0]) for row in book.worksheets[0].iter_rows(values_only=True)]
    at = cells.index("Data quality")
    assert "2 attempts of 2 learners" in cells[at + 1]
    assert "'0101' looks like '101', …" in cells[at + 1]
    assert cells[at + 2].startswith("The encoding of a.csv (files:x) was guessed as windows-1251")


def test_rows_past_the_end_of_a_sheet_are_in_the_next_one(course: CourseReport) -> None:
    """No learner is lost: a note under the last row names the sheet that goes on."""
    book = opened(render(course, "en", most_rows=4))
    sheets = [sheet for sheet in book.worksheets if sheet.title.startswith("Learners")]
    ids = [row[0].value for sheet in sheets for row in sheet.iter_rows(min_row=2, max_row=5)]
    assert [each for each in ids if each] == [each.learner_id for each in course.learners]
    assert sheets[0]["A6"].value == "More rows are in the sheet “Learners 2”."
    assert sheets[-1].max_row <= 5
