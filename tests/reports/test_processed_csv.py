"""CSV files: read back as they were, no cell can run, numbers stay numbers."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradeline.records.course_report import CourseReport, GradeStanding
from gradeline.records.ids import normalize_id
from gradeline.reports import processed_csv
from gradeline.reports.make import Content, to_bytes
from gradeline.reports.plain_text import guard_formula


def rows(content: Content) -> list[list[str]]:
    """The cells of a CSV file."""
    return list(csv.reader(io.StringIO(to_bytes(content).decode("utf-8"), newline="")))


def test_users_have_a_line_each(course: CourseReport) -> None:
    """Every learner is there once, sorted by id, with days and flags for machines."""
    header, *lines = rows(processed_csv.users(course))
    first = dict(zip(header, lines[1], strict=True))
    assert [each.learner_id for each in course.learners] == [line[0] for line in lines]
    assert (
        first["enrolled_today"],
        first["last_active_on"],
        first["name"],
    ) == ("true", "2014-06-01", "Мария Núñez 1")


def test_numbers_read_back_exactly(course: CourseReport) -> None:
    """DuckDB reads the assessments' rates as the numbers they are."""
    data = processed_csv.assessments(course)
    table = duckdb.read_csv(io.BytesIO(data)).fetchnumpy()
    assert [each.completion_rate.value for each in course.item_standings] == list(
        table["completion_rate"]
    )


def test_what_is_not_known_is_empty(course: CourseReport) -> None:
    """The exam that nobody finished has no average grade."""
    header, *lines = rows(processed_csv.assessments(course))
    assert lines[5][header.index("average_grade")] == ""


def test_grades_keep_their_interval(course: CourseReport) -> None:
    """A learner's average grade stands with low, high and n."""
    header = rows(processed_csv.users(course))[0]
    names = ["average_grade", "average_grade_low", "average_grade_high", "average_grade_n"]
    assert header[12:16] == names


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_text_that_could_run_is_guarded(sign: str, course: CourseReport) -> None:
    """A name that begins like a formula, also after spaces, gets a quote in front."""
    for name in (f"{sign}1+1", f"  {sign}1+1"):
        people = (replace(course.learners[0], name=name),)
        line = rows(processed_csv.users(replace(course, learners=people)))[1]
        assert f"'{name}" == line[1]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("blank", ["", " ", "\u3000", "\u2003", "\v", "\xad", "\u2060"])
def test_no_cell_runs_whatever_separates_cells(separator: str, blank: str) -> None:
    """Excel in Spanish and Russian splits a comma file at semicolons."""
    names = [f"{start}{blank}=cmd|'/c calc'!A1;" for start in ("", "Ann;", "Ann\t", "Ann\n")]
    text = processed_csv.to_csv(["n", "name"], [[7, name] for name in names]).decode()
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]
    assert [cell for cell in cells if normalize_id(cell)[:1] in ("=", "+", "-", "@")] == []


def test_a_header_is_guarded_too() -> None:
    """A column named like a formula cannot run either."""
    assert processed_csv.to_csv(["=1+1"], [[5]]) == b"'=1+1\r\n5\r\n"


def test_negative_numbers_are_not_guarded() -> None:
    """Numbers stay numeric, decimals to their last digit, instants in UTC."""
    values = [-2.5, Decimal("-0.100000"), date(2014, 1, 1), datetime(2014, 1, 1, tzinfo=UTC)]
    assert rows(processed_csv.to_csv(["score", "weight", "on", "at"], [values]))[1] == [
        "-2.5",
        "-0.100000",
        "2014-01-01",
        "2014-01-01T00:00:00Z",
    ]


@given(text=st.text())
def test_any_text_reads_back(text: str) -> None:
    """Without its guard a cell is the text that went in."""
    (_, (cell,)) = rows(processed_csv.to_csv(["name"], [[text], [""]]))[:2] or [[], [""]]
    assert text == (cell.removeprefix("'") if guard_formula(text) != text else cell)


def test_grades_have_a_line_for_each_learner_and_assessment(course: CourseReport) -> None:
    """What was handed in stands with its best grade in percent and the instant of the last try."""
    pair = GradeStanding(
        learner_id="files:oulad:1",
        name=None,
        email="=a@example.org",
        item_id="1752",
        title="TMA 1",
        submissions=2,
        grade=78.0,
        completed=True,
        newest_at=datetime(2013, 10, 19, tzinfo=UTC),
    )
    told = rows(processed_csv.grades(replace(course, grades=(pair,))))
    assert told[0][:4] == ["learner_id", "name", "email", "item_id"]
    assert told[1][2:] == [
        "'=a@example.org",
        "1752",
        "TMA 1",
        "2",
        "78.0",
        "true",
        "2013-10-19T00:00:00Z",
    ]
