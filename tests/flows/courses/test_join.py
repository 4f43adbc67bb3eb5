"""Courses that are one: what `also:` may say, and what it must not."""

from __future__ import annotations

import pytest

from gradeline.flows.courses.cursos_yml import parse_choices
from gradeline.flows.courses.join import JoinedCourses, find_joined
from gradeline.records.course_links import CourseLink

COURSES = {
    "learnworlds": ["Maths/algebra"],
    "grader": ["OU/ALG+2024", "OU/GEO+2024"],
    "files:a": ["Old/algebra"],
    "files:b": ["Old/algebra"],
}


def joined(text: str) -> JoinedCourses:
    """What the courses of a cursos.yml ask for."""
    return find_joined(parse_choices(text.encode(), "cursos.yml").book, COURSES)


def entry(also: str, more: str = "") -> str:
    """A cursos.yml in which Maths/algebra has other ids."""
    return f"courses:\n  Maths:\n    algebra: {{also: {also}}}\n{more}"


@pytest.mark.parametrize(
    ("also", "found"),
    [
        ("'grader:OU/ALG+2024'", [("grader", "OU/ALG+2024")]),
        ("['grader:ou/alg+2024']", [("grader", "OU/ALG+2024")]),
        ("['files:a:Old/algebra']", [("files:a", "Old/algebra")]),
        ("['files:Old/algebra']", [("files:a", "Old/algebra"), ("files:b", "Old/algebra")]),
        ("['grader:OU/NEW+2025']", [("grader", "OU/NEW+2025")]),
    ],
)
def test_an_id_is_that_of_a_source_or_of_all_of_a_kind(also, found):
    """It is spelled as in the facts; one that no fact has yet is kept as it is written."""
    links = [CourseLink(source=s, external_id=e, course_id="Maths/algebra") for s, e in found]
    result = joined(entry(also))
    assert (list(result.links.links), result.mistakes) == (links, {})


def test_a_course_of_no_source_may_have_other_ids():
    """A course that only cursos.yml names is made of those it joins."""
    result = joined("courses: {Maths: {all: {also: ['grader:OU/ALG+2024']}}}")
    assert result.links.joined("grader", "OU/ALG+2024") == "Maths/all"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (entry("['moodle:17']"), "does not begin with a source; known are files:a, files:b"),
        (entry("['grader']"), "does not begin with a source"),
        (entry("['grader:maths/Algebra']"), "is the course itself"),
        (
            entry("['grader:OU/ALG+2024']", "    geo: {also: ['grader:OU/ALG+2024']}\n"),
            "is under `also:` of Maths/geo, too",
        ),
        (
            entry("['grader:Maths/geo']", "    geo: {also: ['grader:OU/GEO+2024']}\n"),
            "has `also:` itself",
        ),
    ],
)
def test_a_mistake_is_named_with_its_course(text, why):
    """Its course has no new links then; the message says what to change."""
    result = joined(text)
    assert why in result.mistakes["Maths/algebra"]
    assert "Maths/algebra" in result.as_before
    assert "Maths/algebra" not in {link.course_id for link in result.links.links}


def test_an_id_that_no_fact_has_is_told():
    """It may be a slip of the pen, or of a course whose data is still to come."""
    assert joined(entry("['grader:OU/NEW+2025']")).unused == (
        "grader:OU/NEW+2025 of Maths/algebra",
    )
