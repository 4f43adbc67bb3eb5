"""A school split over several systems, once linked and joined, has the figures of one system."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from gradeline.flows.parts import Parts
from gradeline.flows.refresh.refresh import refresh
from gradeline.metrics import Terms
from gradeline.records.course_links import CourseLink, CourseLinks
from gradeline.records.tables import CANONICAL
from gradeline.warehouse import Database
from gradeline.warehouse.course_links import replace_course_links
from gradeline.warehouse.learners import links
from gradeline.warehouse.learners.links import Link

from .facts_in_lake import forget_results, parts_in, results_of, settle, slices_of
from .random_schools import COURSES, LEARNERS, Row, random_school
from .school import AS_OF

TERMS = Terms(as_of=AS_OF)
#: The first has the groups; each other knows the courses and learners under ids of its own.
SYSTEMS = ("files:s", "files:t", "files:u", "files:v")
OWN = SYSTEMS[0]


@pytest.fixture
def parts(tmp_path: Path, warehouse: Database) -> Parts:
    """A Gradeline without facts."""
    return parts_in(tmp_path, warehouse)


def school_of(seed: int) -> dict[str, list[Row]]:
    """A random school in which memberships alone say who is in what group, each with its key."""
    school = random_school(seed)[0]
    key = CANONICAL["memberships"].key
    known = {tuple(row[name] for name in key): row for row in school["memberships"]}
    school["memberships"] = list(known.values())
    school["attempts"] = [{**row, "group_id": None} for row in school["attempts"]]
    return school


def split(school: dict[str, list[Row]], seed: int) -> dict[str, dict[str, list[Row]]]:
    """The rows that each system has: courses are in all, a learner acts in one."""
    dice = Random(seed)
    home = {learner: dice.choice(SYSTEMS) for learner in LEARNERS}
    found: dict[str, dict[str, list[Row]]] = {s: {name: [] for name in school} for s in SYSTEMS}
    for name, rows in school.items():
        for row in rows:
            system = home.get(row.get("learner_id", ""), dice.choice(SYSTEMS))
            system = OWN if name in ("groups", "memberships") else system
            for each in SYSTEMS if name == "courses" else (system,):
                found[each][name].append(_as_known_to(each, row))
    return found


def _as_known_to(system: str, row: Row) -> Row:
    course = row.get("course_id")
    return row if system == OWN or course is None else {**row, "course_id": _own_id(system, course)}


def _own_id(system: str, course_id: str) -> str:
    return f"{system[-1]}{course_id}"


def join(parts: Parts, *courses: str) -> None:
    """Join these courses of all systems, as the start of a run does."""
    found = [
        CourseLink(source=system, external_id=_own_id(system, course), course_id=course)
        for system in SYSTEMS[1:]
        for course in courses
    ]
    with parts.database.connect() as connection:
        replace_course_links(connection, CourseLinks(links=tuple(found)))


def fill(parts: Parts, school: dict[str, list[Row]], seed: int) -> None:
    """Make the facts of a split school, its learners linked."""
    for system, rows in split(school, seed).items():
        settle(parts, slices_of(rows), system)
    with parts.database.connect() as connection:
        people = [
            Link(source=system, external_id=who, learner_id=f"{OWN}:{who}")
            for system in SYSTEMS[1:]
            for who in LEARNERS
        ]
        links.put(connection, people)


def figures(parts: Parts) -> dict[str, list[str]]:
    """All results but the digests of what they depend on."""
    refresh(parts, TERMS)
    return {name: rows for name, rows in results_of(parts.database).items() if "keys" not in name}


@pytest.mark.parametrize("seed", [11, pytest.param(12, marks=pytest.mark.slow)])
def test_four_systems_have_the_figures_of_one(parts: Parts, seed: int) -> None:
    """Facts count where they belong, whichever system they came from."""
    school = school_of(seed)
    settle(parts, slices_of(school), OWN)
    whole = figures(parts)
    settle(parts, {key: [] for key in slices_of(school)}, OWN)
    fill(parts, school, seed)
    join(parts, *COURSES)
    assert figures(parts) == whole


def test_joining_counts_the_courses_it_touches_and_undoing_gives_back_the_figures(
    parts: Parts,
) -> None:
    """Results equal those of a full computation after each change of links."""
    fill(parts, school_of(11), 11)
    apart = figures(parts)
    join(parts, "a/1")
    done = refresh(parts, TERMS)
    assert (done.courses, set(done.gone)) == (("a/1",), {"ta/1", "ua/1", "va/1"})
    joined = figures(parts)
    forget_results(parts.database)
    assert figures(parts) == joined != apart
    join(parts)
    assert refresh(parts, TERMS).courses == ("a/1", "ta/1", "ua/1", "va/1")
    assert figures(parts) == apart
