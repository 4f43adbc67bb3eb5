"""Which courses of different systems are proposed to be one."""

from __future__ import annotations

from gradeline.flows.courses.cursos_yml import parse_choices
from gradeline.flows.upkeep.propose_courses import SystemCourse, match_courses
from gradeline.records.course_list import CourseList


def seen(source: str, course_id: str, title: str | None = None, learners: str = "") -> SystemCourse:
    """A course of one source; each letter is a learner."""
    return SystemCourse(
        course_id=course_id, sources=frozenset({source}), title=title, learners=frozenset(learners)
    )


def pairs(*courses: SystemCourse, book: CourseList | None = None) -> list[tuple[str, str]]:
    """What is proposed: (course that has both, the other one)."""
    return [(p.course_id, p.other_id) for p in match_courses(courses, book or CourseList())]


def test_titles_are_compared_as_people_read_them():
    """Case, accents and punctuation make no difference; courses of one system stay two."""
    lw = seen("learnworlds", "M/alg", "Álgebra: 1")
    assert pairs(lw, seen("grader", "OU/x", "ALGEBRA 1")) == [("M/alg", "OU/x")]
    assert pairs(lw, seen("learnworlds", "OU/x", "ALGEBRA 1")) == []
    assert pairs(lw, seen("grader", "OU/x", "Algebra 2")) == []


def test_a_course_without_a_title_is_known_by_its_name():
    """The grader and Amplitude know only ids."""
    assert pairs(seen("learnworlds", "M/a", "Algebra"), seen("amplitude", "algebra")) == [
        ("M/a", "algebra")
    ]


def test_most_learners_in_common_make_a_pair():
    """Each must have more in common with the other than with a third; two learners are chance."""
    one, two = seen("learnworlds", "M/a", "A", "abcdef"), seen("learnworlds", "M/b", "B", "ghijk")
    found = match_courses([one, two, seen("grader", "OU/x", None, "abcdg")], CourseList())
    assert [(p.course_id, p.other_id, p.common, p.share) for p in found] == [
        ("M/a", "OU/x", 4, 0.8)
    ]
    assert pairs(one, two, seen("grader", "OU/x", None, "ab")) == []


def test_the_course_of_cursos_yml_has_the_other():
    """The line to paste names the other one with its source."""
    book = parse_choices(b"courses: {OU: {x: {}}}", "cursos.yml").book
    (found,) = match_courses([seen("learnworlds", "M/x", "X"), seen("grader", "OU/x", None)], book)
    assert (found.course_id, found.line) == ("OU/x", 'also: ["learnworlds:M/x"]')


def test_a_course_counts_for_one_other():
    """Of three systems two courses count for the third."""
    courses = [seen(name, f"{name}/x", "X" if name == "b" else None) for name in "abc"]
    assert pairs(*courses) == [("b/x", "a/x"), ("b/x", "c/x")]
