"""A course whose numbers cannot be computed stops no other."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.metrics.facts_in_lake import parts_in, results_of, settle, slices_of
from tests.metrics.random_schools import random_school
from tests.metrics.school import AS_OF

from gradeline.flows.parts import Parts
from gradeline.flows.refresh.refresh import refresh
from gradeline.metrics import Terms
from gradeline.warehouse import Database, results

TERMS = Terms(as_of=AS_OF + timedelta(days=1))
#: The year 11,246, which Python's dates do not have.
TOO_FAR = 3_388_000


@pytest.fixture
def parts(tmp_path: Path, warehouse: Database) -> Parts:
    """A Gradeline with the facts of three courses, nothing computed yet."""
    return parts_in(tmp_path, warehouse)


def fill(parts: Parts, *, due_on: int | None) -> None:
    """Make the facts of a school, in which an item of a/1 is due on that day."""
    slices = slices_of(random_school(11)[0])
    item = {"item_id": "odd", "course_id": "a/1", "title": "odd", "due_on": due_on}
    settle(parts, {**slices, ("items", "odd"): [item]})


def published(parts: Parts) -> list[str]:
    """The courses that have results."""
    with parts.database.connect() as connection:
        return results.course_ids(connection)


def test_a_course_that_cannot_be_computed_stops_no_other(parts: Parts) -> None:
    """It is named with its error; the next run tries it again, and again."""
    fill(parts, due_on=TOO_FAR)
    first = refresh(parts, TERMS)
    assert [failure.course_id for failure in first.failed] == ["a/1"]
    assert "date value out of range" in first.failed[0].reason
    assert published(parts) == ["a/2", "b/1"]
    again = refresh(parts, TERMS)
    assert (again.courses, again.failed) == ((), first.failed)


@pytest.mark.slow
def test_a_course_that_can_be_computed_again_is_as_if_it_always_could(parts: Parts) -> None:
    """Once its facts are right, results equal those of a full rebuild."""
    fill(parts, due_on=TOO_FAR)
    refresh(parts, TERMS)
    fill(parts, due_on=19_800)
    assert refresh(parts, TERMS).failed == ()
    before = results_of(parts.database)
    refresh(parts, TERMS, full=True)
    assert results_of(parts.database) == before
    assert published(parts) == ["a/1", "a/2", "b/1"]


@pytest.mark.slow
def test_what_is_published_of_a_course_stays_while_it_fails(parts: Parts) -> None:
    """A course that could be computed once keeps its figures; others are computed beside it."""
    fill(parts, due_on=19_800)
    refresh(parts, TERMS)
    fill(parts, due_on=TOO_FAR)
    result = refresh(parts, TERMS, full=True)
    assert [failure.course_id for failure in result.failed] == ["a/1"]
    assert published(parts) == ["a/1", "a/2", "b/1"]
    assert result.courses == ("a/2", "b/1")
