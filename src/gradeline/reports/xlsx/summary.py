"""The workbook's first sheet: the course, its figures, its plan, notes and settings."""

from __future__ import annotations

from datetime import date, datetime

from xlsxwriter.worksheet import Worksheet

from gradeline.base.languages import Language, message
from gradeline.records.course_report import CourseReport
from gradeline.records.measures import Measure
from gradeline.reports.columns import Kind
from gradeline.reports.data_quality import HEADING, quality_lines
from gradeline.reports.glossary import (
    KPIS,
    SETTINGS,
    TERMS,
    UP_TO_DATE,
    Figure,
    all_notes,
    hides_names,
    setting,
)
from gradeline.reports.plain_text import cell_text
from gradeline.reports.xlsx.formats import SheetFormats

_WIDTHS = (36, 22, 12, 12, 12, 26, 40)
_CHANGE, _CHANGE_AT, _CHANGE_WIDTH = message("Change since last week"), 7, 16  #: of a group
_LETTERS_A_LINE = 130  #: of a definition, over the widths after the first
_LINE_HEIGHT = 15  #: points


class _Pen:
    """Writes line after line of the sheet."""

    def __init__(self, sheet: Worksheet, formats: SheetFormats) -> None:
        self.sheet, self.formats, self.line = sheet, formats, 0

    def section(self, title: str) -> None:
        self.line += 1
        self.sheet.write_string(self.line, 0, title, self.formats.section)
        self.line += 1

    def definition(self, term: str, meaning: str) -> None:
        """Write a term and its meaning, on as many lines as it takes."""
        self.sheet.write_string(self.line, 0, term, self.formats.top)
        self.sheet.merge_range(
            self.line, 1, self.line, len(_WIDTHS) - 1, meaning, self.formats.wrapped
        )
        self.sheet.set_row(self.line, _LINE_HEIGHT * (1 + len(meaning) // _LETTERS_A_LINE))
        self.line += 1

    def sentence(self, text: str) -> None:
        """Write a sentence over all columns, on as many lines as it takes."""
        self.sheet.merge_range(
            self.line, 0, self.line, len(_WIDTHS) - 1, text, self.formats.wrapped
        )
        self.sheet.set_row(self.line, _LINE_HEIGHT * (1 + len(text) // _LETTERS_A_LINE))
        self.line += 1

    def heads(self, titles: tuple[str, ...]) -> None:
        for number, title in enumerate(titles):
            kind = Kind.COUNT if 0 < number < 5 else Kind.TEXT
            self.sheet.write_string(self.line, number, title, self.formats.head(kind))
        self.line += 1

    def fact(self, name: str, value: object, kind: Kind = Kind.TEXT) -> None:
        self.sheet.write_string(self.line, 0, cell_text(name), self.formats.of_kind[Kind.TEXT])
        self.cell(1, value, kind)
        self.line += 1

    def cell(self, at: int, value: object, kind: Kind) -> None:
        """Write one value; an unknown one leaves its cell empty."""
        form = self.formats.of_kind[kind]
        match value:
            case None:
                return
            case datetime():
                moment = self.formats.local(value)
                self.sheet.write_datetime(self.line, at, moment, self.formats.instant)
            case date():
                self.sheet.write_datetime(self.line, at, value, form)
            case int() | float():
                self.sheet.write_number(self.line, at, value, form)
            case _:
                self.sheet.write_string(self.line, at, cell_text(str(value)), form)


def write_summary(
    sheet: Worksheet, report: CourseReport, language: Language, formats: SheetFormats
) -> None:
    """Write the first sheet; its first line, the course's title, stays visible."""
    for number, width in enumerate(_WIDTHS):
        sheet.set_column(number, number, width)
    sheet.set_column(_CHANGE_AT, _CHANGE_AT, _CHANGE_WIDTH)
    title = report.group.name if report.group else report.title or report.course_id
    sheet.write_string(0, 0, cell_text(title), formats.title)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    pen = _Pen(sheet, formats)
    _course(pen, report, language)
    _figures(pen, report, language)
    _plan(pen, report, language)
    for note in all_notes(report, language):
        pen.sheet.write_string(pen.line, 0, cell_text(note), formats.muted)
        pen.line += 1
    _quality(pen, report, language)
    _definitions(pen, language)
    _settings(pen, report, language)


def _course(pen: _Pen, report: CourseReport, language: Language) -> None:
    pen.section(language.say(message("Course")))
    pen.fact(language.say(message("Course")), report.course_id)
    if report.group is not None:
        pen.fact(language.say(message("Group")), report.group.name)
    pen.fact(language.say(message("First day")), report.starts_on, Kind.DAY)
    pen.fact(language.say(message("Last day")), report.ends_on, Kind.DAY)
    pen.fact(language.say(message("Report date")), report.today, Kind.DAY)
    pen.fact(language.say(message("Latest data")), report.as_of)
    pen.fact(language.say(message("Learners enrolled")), report.enrolled, Kind.COUNT)
    pen.fact(language.say(message("Active assessments")), report.items, Kind.COUNT)
    pen.fact(language.say(message("Submissions")), report.submissions, Kind.COUNT)


def _figures(pen: _Pen, report: CourseReport, language: Language) -> None:
    pen.section(language.say(message("Figures")))
    pen.heads(
        (
            language.say(message("Figure")),
            language.say(message("Value")),
            language.say(message("Lower bound")),
            language.say(message("Upper bound")),
            language.say(message("n")),
            language.say(message("Latest data")),
            language.say(message("What n counts")),
            *([] if report.group is None else [language.say(_CHANGE)]),
        )
    )
    for name in report.shown_kpis:
        change = None if report.group is None else report.group.changes.get(name)
        pen.cell(_CHANGE_AT, change, Kind.RATE if KPIS[name].is_rate else Kind.GRADE)
        _figure(pen, KPIS[name], report.kpis[name], language)
    _figure(pen, UP_TO_DATE, report.plan.up_to_date_rate, language)


def _figure(pen: _Pen, figure: Figure, measure: Measure, language: Language) -> None:
    kind = Kind.RATE if figure.is_rate else Kind.GRADE
    pen.cell(0, language.say(figure.label), Kind.TEXT)
    for at, value in enumerate((measure.value, measure.low, measure.high), start=1):
        pen.cell(at, value, kind)
    pen.cell(4, measure.n, Kind.COUNT)
    pen.cell(5, measure.as_of, Kind.TEXT)
    pen.cell(6, figure.basis(language, measure), Kind.TEXT)
    pen.line += 1


def _plan(pen: _Pen, report: CourseReport, language: Language) -> None:
    pen.section(language.say(message("Plan progress")))
    pen.fact(language.say(message("Assessments due so far")), report.plan.due, Kind.COUNT)
    if hides_names(report):
        return
    pen.fact(language.say(message("Learners behind plan")), report.plan.behind, Kind.COUNT)
    risk = sum(bool(learner.at_risk) for learner in report.learners)
    pen.fact(language.say(message("Learners at risk")), risk, Kind.COUNT)


def _quality(pen: _Pen, report: CourseReport, language: Language) -> None:
    """Write what a reader has to know of the data; nothing where all is well."""
    lines = quality_lines(report, language)
    if lines:
        pen.section(language.say(HEADING))
    for line in lines:
        pen.sentence(cell_text(line))


def _definitions(pen: _Pen, language: Language) -> None:
    pen.section(language.say(message("What the numbers mean")))
    figures = ((figure.label, figure.definition) for figure in (*KPIS.values(), UP_TO_DATE))
    for term, meaning in (*figures, *TERMS):
        pen.definition(language.say(term), language.say(meaning))


def _settings(pen: _Pen, report: CourseReport, language: Language) -> None:
    pen.section(language.say(message("Filters and settings")))
    for name, value in report.settings.items():
        pen.fact(name, setting(value, language))
        if name in SETTINGS:
            pen.sheet.write_string(pen.line - 1, 2, language.say(SETTINGS[name]), pen.formats.muted)
