"""Texts of documents: all that is translated is printed, all that is printed is translated."""

from __future__ import annotations

import io
import re
import string
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import openpyxl
import pytest
from babel.messages.catalog import Catalog

from gradeline.base.languages import LANGUAGES, language
from gradeline.records.course_report import CourseReport
from gradeline.records.data_quality import (
    ExampleId,
    FailedSlices,
    GuessedEncoding,
    UnmatchedRows,
    WaitingRecords,
)
from gradeline.reports.anonymous import without_names
from gradeline.reports.charts.data import MOST_ITEMS, chart_texts, course_charts
from gradeline.reports.data_quality import REASON_WORDS
from gradeline.reports.glossary import NOTES, REASONS, SETTINGS
from gradeline.reports.pdf.content import content
from gradeline.reports.xlsx.workbook import render

from .conftest import given_group
from .test_languages import SOURCE, message_ids

TRANSLATED = LANGUAGES[1:]
#: Codes of reject reasons that have words of their own.
CODES = tuple(REASON_WORDS)
#: The least settings, texts and counts under which each message has its place.
_SETTINGS = dict.fromkeys(SETTINGS, "3") | {"SCHOOL_TIMEZONE": "UTC"}


UNMATCHED = tuple(
    UnmatchedRows(
        course_id="AAA/2013J",
        table=table,
        reason=reason,
        rows=2,
        ids=1,
        examples=(ExampleId(missing="0101", similar="101"),),
    )
    for table in ("attempts", "events", "memberships")
    for reason in (
        *("course", "no_course", "learner", "enrolment", "unlisted"),
        *("item", "no_item", "future"),
    )
)
WAITING = tuple(
    WaitingRecords(
        source="files:x",
        stream="attempts",
        records=2,
        received=31,
        reasons=tuple((code, 1) for code in CODES),
        of_course=of_course,
        held=held,
    )
    for of_course, held in ((True, False), (False, False), (False, True))
)
FAILED = tuple(
    FailedSlices(source="files:x", stream="learners", windows=windows, reason=reason)
    for windows in (("a.csv",), ("a.csv", "b.csv"), tuple("abcde"))
    for reason in ("", "b.csv is cut.")
)
GUESSED = (GuessedEncoding(source="files:x", file="students.csv", encoding="windows-1252"),)


def variants(course: CourseReport, empty: CourseReport) -> Iterator[CourseReport]:
    """Courses that together show every message."""
    risky = tuple(replace(each, at_risk=tuple(REASONS)) for each in course.learners)
    history = {"completion_rate": tuple((datetime(2014, n, 1, tzinfo=UTC), 0.5) for n in (1, 2))}
    yield replace(
        course,
        learners=risky,
        notes=tuple(NOTES),
        settings=_SETTINGS,
        history=history,
        items=MOST_ITEMS + 1,
        item_standings=course.item_standings[:1] * (MOST_ITEMS + 1),
    )
    yield replace(course, unmatched=UNMATCHED, waiting=WAITING, failed=FAILED, guessed=GUESSED)
    yield without_names(course)
    yield given_group()
    yield replace(course, ends_on=None, learners=())
    yield replace(course, starts_on=None)
    yield empty


def printed(report: CourseReport, code: str) -> set[str]:
    """Every text of a course's PDF, charts and workbook."""
    words = language(code)
    charts = {kind: kind for kind in chart_texts(words)}
    texts = set(_texts(content(report, words, charts)))
    texts |= set(_texts(chart_texts(words)))
    texts |= set(_texts([chart.rows for chart in course_charts(report, words).values()]))
    book = render(report, code, most_rows=40)  # so that learners go on in a further sheet
    cells = [
        cell.value
        for sheet in openpyxl.load_workbook(io.BytesIO(book))
        for row in sheet
        for cell in row
    ]
    package = zipfile.ZipFile(io.BytesIO(book))
    drawn = [package.read(name) for name in package.namelist() if "charts/chart" in name]
    titles = [text for part in drawn for text in ElementTree.fromstring(part).itertext()]
    names = openpyxl.load_workbook(io.BytesIO(book)).sheetnames
    return texts | {str(cell) for cell in cells if cell is not None} | {*titles, *names}


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value.replace("\u200b", "")
        case dict():
            for name, each in value.items():
                yield from () if name == "kind" else _texts(each)
        case list() | tuple():
            for each in value:
                yield from _texts(each)


def pattern(form: str) -> re.Pattern[str]:
    """What a message looks like with its places filled, alone or in a longer line."""
    parts = string.Formatter().parse(form)
    return re.compile(
        "".join(re.escape(text) + (".+?" if name else "") for text, name, _, _ in parts)
    )


@pytest.fixture(scope="module")
def documents(course: CourseReport, empty: CourseReport) -> dict[str, str]:
    """All texts of the courses' documents by language, a line each."""
    courses = list(variants(course, empty))
    return {
        code: "\n".join(sorted(set().union(*(printed(each, code) for each in courses))))
        for code in TRANSLATED
    }


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_translated_text_is_printed(
    code: str, documents: dict[str, str], catalogues: Mapping[str, Catalog]
) -> None:
    """Each message of a catalogue stands in a PDF, a chart or a workbook, or is sent, or a page."""
    # What exports say alone, no course's documents say; tests/flows/exports reads them.
    rooms = (
        *(
            "delivery",
            "flows/deliver",
            "entrypoints/web",
            "entrypoints/dashboard",
            "entrypoints/bot",
        ),
        *("reports/export_tables.py", "reports/charts/practice.py", "wiring/vocabulary.py"),
    )
    sent = set().union(*(message_ids(SOURCE / room) for room in rooms))
    unprinted = []
    for each in catalogues[code]:
        if (each.id if isinstance(each.id, str) else tuple(each.id)) in sent:
            continue
        forms = [each.string] if isinstance(each.string, str) else each.string
        if each.id and not any(pattern(form).search(documents[code]) for form in forms):
            unprinted.append(each.id)
    assert not unprinted


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_english_text_is_printed_in_another_language(
    code: str, documents: dict[str, str], catalogues: Mapping[str, Catalog]
) -> None:
    """No line of a translated document is an English message that has another translation."""
    lines = set(documents[code].splitlines())
    english = {
        each.id for each in catalogues[code] if isinstance(each.id, str) and each.id != each.string
    }
    english.discard("")
    assert sorted(lines & english) == []
