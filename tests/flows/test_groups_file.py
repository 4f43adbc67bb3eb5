"""People's groups file and the facts of systems: who is placed, who waits, what is counted again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.metrics.facts_in_lake import forget_results, parts_in, results_of, settle

from gradeline.flows.collect.collect import collect
from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.flows.groups_file import (
    LakeGroupFiles,
    describe_groups,
    has_groups,
    known_in_facts,
)
from gradeline.flows.parts import Parts
from gradeline.flows.refresh.refresh import refresh
from gradeline.metrics import Terms
from gradeline.records.course_links import CourseLink, CourseLinks
from gradeline.sources.groups.source import GroupsSource
from gradeline.sources.source import PlanRequest
from gradeline.warehouse import Database
from gradeline.warehouse.course_links import replace_course_links

#: Half a minute of a processor: `make prove` runs it.
pytestmark = pytest.mark.slow

TERMS = Terms(as_of=datetime(2024, 2, 1, tzinfo=UTC))
HEADER = "course,group,learner,role,from,until,rolling\n"
COURSES = ("m/1", "m/2")


def _attempt(learner: str, course: str) -> dict[str, Any]:
    at = datetime(2024, 1, 5, 10, tzinfo=UTC)
    row = {"attempt_id": learner + course, "learner_id": learner, "course_id": course}
    return {**row, "item_id": "i", "score": Decimal(1), "group_id": None, "at": at}


def _member(learner: str, course: str) -> dict[str, Any]:
    row = {"learner_id": learner, "group_id": "all", "course_id": course}
    return {**row, "starts_on": date(2024, 1, 1), "ends_on": None, "outcome": "pass"}


def _people(names: str) -> list[dict[str, Any]]:
    return [{"learner_id": name, "email": f"{name}@X.org"} for name in names.split()]


@pytest.fixture
def parts(tmp_path: Path, warehouse: Database) -> Parts:
    """Two courses whose system puts everybody into one group, computed; no groups file yet."""
    made = parts_in(tmp_path, warehouse)
    people = ("ann", "bob")
    rows = {
        ("courses", "all"): [{"course_id": each, "starts_on": None} for each in COURSES],
        ("groups", "all"): [{"group_id": "all", "course_id": each} for each in COURSES],
        ("learners", "all"): _people("ann bob"),
        ("memberships", "all"): [_member(who, each) for who in people for each in COURSES],
    }
    for each in COURSES:
        rows["attempts", each] = [_attempt(who, each) for who in people]
    settle(made, rows)
    refresh(made, TERMS)
    return made


def write(parts: Parts, *lines: str) -> CollectOutcome:
    """Write the file, and collect it."""
    Path(parts.lake.local_path("groups.csv")).write_text(HEADER + "\n".join(lines) + "\n")
    return collect_file(parts)


def collect_file(parts: Parts) -> CollectOutcome:
    """Collect what the file says now."""
    source = GroupsSource(LakeGroupFiles(parts.lake), lambda: known_in_facts(parts), parts.spool)
    wired = replace(parts, sources={"groups": source})
    return collect(source, PlanRequest(), wired, lambda *_: None)


def group_of(parts: Parts, course: str) -> dict[str, list[str]]:
    """The groups of each learner of a course."""
    with parts.database.connect() as connection:
        rows = connection.execute(
            "select split_part(learner_id, ':', 3), group_ids from progress_summary"
            " where course_id = %s and enrolled",
            (course,),
        )
        return dict(rows.fetchall())


def test_the_file_comes_before_what_a_system_says(parts: Parts) -> None:
    """For whom it names in a course; the others, and other courses, stay as they were."""
    write(parts, "m/1,Evening A,ANN@x.org,,,,")
    assert refresh(parts, TERMS).courses == ("m/1",)
    assert group_of(parts, "m/1") == {"ann": ["groups:Evening A"], "bob": ["files:s:all"]}
    assert group_of(parts, "m/2") == {"ann": ["files:s:all"], "bob": ["files:s:all"]}
    assert describe_groups(parts.database) == (
        "groups.csv puts 1 learner into 1 group of 1 course and names 0 teachers. "
        "For 1 of them in a course it counts instead of the groups that systems name."
    )


def test_who_becomes_known_is_placed(parts: Parts) -> None:
    """Until then the line waits in quarantine; a teacher need not be known."""
    lines = ("m/1,A,cid,,,,", "m/1,A,boss@x.org,teacher,,,")
    assert write(parts, *lines).counts.quarantined == 1
    settle(parts, {("learners", "all"): _people("ann bob cid")})
    assert collect_file(parts).counts.quarantined == 0
    refresh(parts, TERMS)
    assert group_of(parts, "m/1")["cid"] == ["groups:A"]


@pytest.mark.slow
def test_a_change_of_the_file_counts_as_a_full_count(parts: Parts) -> None:
    """Whatever changes in the file or goes with it, results are those of counting all again."""
    changes: list[tuple[str, ...]] = [
        ("m/1,A,ann,,,2024-01-04,", "m/1,B,ann,,2024-01-05,,", "m/2,A,bob,,,,yes"),
        ("m/1,B,ann,,2024-01-03,,", "m/1,A,ann,,2024-01-05,,", "m/1,A,bob,teacher,,,"),
        ("m/2,A,bob,,,,",),
    ]
    for lines in changes:
        write(parts, *lines)
        refresh(parts, TERMS)
        incremental = results_of(parts.database)
        forget_results(parts.database)
        refresh(parts, TERMS)
        assert results_of(parts.database) == incremental


@pytest.mark.slow
def test_without_the_file_systems_say_again_who_is_where(parts: Parts) -> None:
    """A file that is gone says nothing more, without anybody having to drop it."""
    before = results_of(parts.database)
    write(parts, "m/1,A,ann,,,,")
    refresh(parts, TERMS)
    Path(parts.lake.local_path("groups.csv")).unlink()
    assert has_groups(parts.lake, parts.database)
    collect_file(parts)
    refresh(parts, TERMS)
    assert [*_without_keys(results_of(parts.database))] == [*_without_keys(before)]


def test_a_line_may_name_a_course_by_its_id_in_another_system(parts: Parts) -> None:
    """A file that was written before two courses became one is read as before."""
    link = CourseLink(source="files:s", external_id="m/2", course_id="m/1")
    with parts.database.connect() as connection:
        replace_course_links(connection, CourseLinks(links=(link,)))
    known = known_in_facts(parts).courses
    assert known["m/2"] == known["m/1"] == frozenset({"m/1"})


def _without_keys(found: dict[str, list[str]]) -> list[list[str]]:
    return [rows for name, rows in found.items() if name != "course_keys"]
