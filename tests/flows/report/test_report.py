"""What goes wrong in one course or document ends that one; the others are written."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from psycopg import sql
from tests.metrics.facts_in_lake import parts_in, settle, slices_of
from tests.metrics.random_schools import COURSES, random_school
from tests.metrics.school import AS_OF

from gradeline.flows.courses.cursos_yml import parse_choices
from gradeline.flows.parts import Parts
from gradeline.flows.refresh.refresh import refresh
from gradeline.flows.report.report import ReportResult, report
from gradeline.flows.report.write import delete_gone
from gradeline.metrics import Terms
from gradeline.records.course_links import CourseLink, CourseLinks
from gradeline.warehouse import Database, results
from gradeline.warehouse.course_links import replace_course_links
from gradeline.warehouse.results import documents

TERMS = Terms(as_of=AS_OF + timedelta(days=1))
OTHERS = {"a/2", "b/1"}


@pytest.fixture
def parts(tmp_path: Path, warehouse: Database) -> Parts:
    """A Gradeline with the computed numbers of three courses."""
    made = parts_in(tmp_path, warehouse)
    settle(made, slices_of(random_school(11)[0]))
    refresh(made, TERMS)
    return made


def write(parts: Parts) -> ReportResult:
    """Write all documents that are due."""
    return report(COURSES, parts, TERMS, lambda *_: None)


def courses_of(result: ReportResult) -> set[str]:
    """The courses of which documents were written."""
    return {"/".join(key.split("/")[-3:-1]) for key in result.written}


def set_figures(parts: Parts, change: str) -> None:
    """Change the published figures of the course a/1, as a damaged disk might."""
    with parts.database.connect() as connection:
        connection.execute(
            sql.SQL("UPDATE course_figures SET figures = {} WHERE course_id = 'a/1'").format(
                sql.SQL(change)
            )
        )


def test_a_course_that_cannot_be_read_stops_no_other(parts: Parts) -> None:
    """Numbers that cannot be read are named; once they can, the documents are written."""
    set_figures(parts, "jsonb_build_object('kept', figures)")
    result = write(parts)
    assert courses_of(result) == OTHERS
    assert [(each.course_id, each.what) for each in result.failed] == [("a/1", "a/1")]
    set_figures(parts, "figures -> 'kept'")
    assert courses_of(write(parts)) == {"a/1"}


def test_a_folder_that_cannot_be_made_stops_no_other(parts: Parts) -> None:
    """Where a file stands in the way of reports, the course's other documents are written."""
    parts.lake.replace("reports/a/1", b"")
    result = write(parts)
    assert courses_of(result) > OTHERS
    assert "processed/a/1/users.csv" in result.written
    assert {each.what for each in result.failed} == {
        "reports/a/1/course_report.pdf",
        "reports/a/1/course_report.xlsx",
    }
    parts.lake.delete(["reports/a/1"])
    assert courses_of(write(parts)) == {"a/1"}


def test_a_mistake_in_cursos_yml_stops_no_other_course(parts: Parts) -> None:
    """The course that has it is named, also one that nobody else knows."""
    text = b"courses:\n  A: {1: {kpis: [nope]}}\n  z: {9: {ends_on: soon}}\n  b: {1: {name: Bio}}\n"
    choices = parse_choices(text, "cursos.yml", strict=False)
    result = write(replace(parts, choices=choices))
    assert courses_of(result) == OTHERS
    assert [failure.what for failure in result.failed] == ["A/1", "z/9"]
    assert "nope" in result.failed[0].reason


def test_documents_move_with_the_folder_of_their_course(parts: Parts) -> None:
    """Documents that lie elsewhere are written where the course belongs, and deleted there."""
    write(parts)
    with parts.database.connect() as connection:
        old = documents.read_documents(connection)["a/1", ""]
        parts.lake.replace("reports/c/k/course_report.pdf", b"old")
        documents.record_documents(
            connection, ("a/1", ""), old.key, ["reports/c/k/course_report.pdf"]
        )
    assert courses_of(write(parts)) == {"a/1"}
    assert not parts.lake.exists("reports/c/k/course_report.pdf")


def test_documents_of_two_courses_lie_apart(parts: Parts) -> None:
    """Courses whose category and name are equal have the folders of their ids."""
    result = write(parts)
    assert len(set(result.written)) == len(result.written)
    assert courses_of(result) == set(COURSES)


def test_documents_of_a_course_that_counts_for_another_go(parts: Parts) -> None:
    """Those of the course that has it stay, and so do files of other names."""
    for path in ("reports/z/1/course_report.pdf", "reports/z/1/mine.txt", "reports/a/1/kpi.json"):
        parts.lake.replace(path, b"x")
    link = CourseLink(source="files:s", external_id="z/1", course_id="a/1")
    with parts.database.connect() as connection:
        documents.record_documents(connection, ("z/1", ""), "k", ["reports/z/1/course_report.pdf"])
        replace_course_links(connection, CourseLinks(links=(link,)))
        delete_gone(parts.lake, connection, results.course_ids(connection))
        assert ("z/1", "") not in documents.read_documents(connection)
    left = sorted(stored.key for stored in parts.lake.list("reports"))
    assert left == ["reports/a/1/kpi.json", "reports/z/1/mine.txt"]
