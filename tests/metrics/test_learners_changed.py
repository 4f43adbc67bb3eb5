"""A change in a list of learners is counted where these learners are named, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gradeline.flows.parts import Parts
from gradeline.flows.refresh.refresh import RefreshResult, refresh
from gradeline.metrics import Terms
from gradeline.warehouse import Database
from gradeline.warehouse.learners import links
from gradeline.warehouse.learners.links import Link

from .facts_in_lake import WHOLE, forget_results, parts_in, results_of, settle
from .school import AS_OF

TERMS = Terms(as_of=AS_OF, ignored_users=("gone@x.org",))
DAY = AS_OF.replace(year=2024)
ALL = ("a/1", "a/2")


def person(number: int, **told: str) -> dict[str, Any]:
    """A row of a list of learners."""
    return {"learner_id": f"{number}", "name": f"N{number}", "email": f"{number}@x.org", **told}


def fact(course: str, number: int) -> dict[str, Any]:
    """An attempt or an event."""
    return {"course_id": course, "learner_id": f"{number}", "item_id": "i", "at": DAY}


#: 1 and 2 are members of a/1 and 1 of a/2; 3 clicked in a/1 without being a member.
PEOPLE = [person(number) for number in (1, 2, 3)]
SCHOOL: dict[tuple[str, str], list[dict[str, Any]]] = {
    **{(name, "all"): [] for name in WHOLE},
    ("courses", "all"): [{"course_id": course} for course in ALL],
    ("memberships", "a/1"): [{"course_id": "a/1", "learner_id": who} for who in ("1", "2")],
    ("memberships", "a/2"): [{"course_id": "a/2", "learner_id": "1"}],
    ("attempts", "a/1"): [{**fact("a/1", 1), "score": 1}],
    ("attempts", "a/2"): [{**fact("a/2", 1), "score": 1}],
    ("events", "a/1"): [fact("a/1", 3)],
    ("learners", "all"): PEOPLE,
}


@pytest.fixture
def parts(tmp_path: Path, warehouse: Database) -> Parts:
    """A Gradeline with two courses that were counted."""
    made = parts_in(tmp_path, warehouse)
    settle(made, SCHOOL)
    assert refresh(made, TERMS).courses == ALL
    return made


def counted(parts: Parts) -> tuple[str, ...]:
    """The courses that a refresh counts; what it leaves equals a full computation."""
    done = refresh(parts, TERMS).courses
    assert refresh(parts, TERMS) == RefreshResult()
    left = results_of(parts.database)
    forget_results(parts.database)
    refresh(parts, TERMS)
    assert results_of(parts.database) == left
    return done


def test_a_list_that_changed_counts_the_courses_that_name_whom_it_changed(parts: Parts) -> None:
    """A new learner counts the course of their attempt, a renamed one each that shows them."""
    settle(parts, {("learners", "all"): [*PEOPLE, person(9)]})
    assert refresh(parts, TERMS).courses == ()
    renamed = [PEOPLE[0], person(2, name="New"), *PEOPLE[2:], person(9)]
    settle(parts, {("learners", "all"): renamed})
    assert refresh(parts, TERMS).courses == ("a/1",)
    new = [*SCHOOL["attempts", "a/2"], {**fact("a/2", 8), "score": 0}]
    settle(parts, {("learners", "all"): [*renamed, person(8)], ("attempts", "a/2"): new})
    assert counted(parts) == ("a/2",)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("people", "courses"),
    [
        ([*PEOPLE, person(9)], ()),
        ([person(1, name="New"), *PEOPLE[1:]], ALL),
        ([PEOPLE[0], person(2, name="New"), PEOPLE[2]], ("a/1",)),
        ([PEOPLE[0], person(2, email="gone@x.org"), PEOPLE[2]], ("a/1",)),
        ([*PEOPLE[:2], person(3, email="gone@x.org")], ("a/1",)),
        ([*PEOPLE[1:]], ALL),
        ([], ALL),
    ],
    ids=["in no course", "of both", "of one", "ignored", "clicked", "no longer listed", "none"],
)
def test_every_change_of_a_list_is_counted_and_equals_a_full_computation(
    parts: Parts, people: list[dict[str, Any]], courses: tuple[str, ...]
) -> None:
    """New, renamed, ignored and delisted learners count each course that names them."""
    settle(parts, {("learners", "all"): people})
    assert counted(parts) == courses


@pytest.mark.slow
def test_who_is_on_no_list_is_compared_with_all_of_them(parts: Parts) -> None:
    """A course that names somebody unknown is counted when a list may now have who is meant."""
    settle(parts, {("events", "a/2"): [fact("a/2", 70)]})
    assert counted(parts) == ("a/2",)
    settle(parts, {("learners", "all"): [*PEOPLE, {**person(8), "learner_id": "070"}]})
    assert counted(parts) == ("a/2",)


@pytest.mark.slow
def test_a_list_of_another_source_counts_whom_links_join(parts: Parts) -> None:
    """A linked learner's name in another system's list counts the courses that name the learner."""
    with parts.database.connect() as connection:
        joined = Link(source="files:t", external_id="x", learner_id="files:s:2")
        links.put(connection, [joined])
    assert counted(parts) == ALL
    settle(parts, {("learners", "all"): [person(2, name="Z", learner_id="x")]}, "files:t")
    assert counted(parts) == ("a/1",)
    settle(parts, {("learners", "all"): [person(2, name="Z", learner_id="y")]}, "files:t")
    assert counted(parts) == ("a/1",)


@pytest.mark.slow
def test_after_chosen_courses_alone_lists_are_compared_again(parts: Parts) -> None:
    """A list that changed before some courses alone were counted still counts in the others."""
    settle(parts, {("learners", "all"): [person(1, name="New"), *PEOPLE[1:]]})
    assert refresh(parts, TERMS, courses=frozenset({"a/2"})).courses == ("a/2",)
    assert counted(parts) == ("a/1",)
