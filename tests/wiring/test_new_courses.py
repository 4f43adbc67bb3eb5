"""COURSES_SYNC: a run knows the courses that a school has added since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from tests.metrics.facts_in_lake import parts_in

from gradeline.base.errors import SourceUnavailable
from gradeline.settings import read_settings
from gradeline.sources.source import OfferedCourse
from gradeline.wiring.run import sync_new_courses

COURSE = OfferedCourse(
    course="algebra", category="Mates", categories=("Mates",), title="Álgebra", record=b"{}"
)


@dataclass(frozen=True)
class School:
    """A system with a list of courses, or one that is away."""

    name: str = "learnworlds"
    away: bool = False

    def list_courses(self) -> Sequence[OfferedCourse]:
        """List the course there is."""
        if self.away:
            raise SourceUnavailable("The school does not answer.", hint="Run again later.")
        return [COURSE]


@pytest.fixture
def sync(tmp_path, warehouse):
    """Syncs a school before a run of some sources; returns the names of the courses then known."""
    known = parts_in(tmp_path, warehouse)

    def synced(school: School, names: Sequence[str] = (), **written: str) -> list[str]:
        settings = read_settings(home=tmp_path, overrides=written)
        parts = replace(known, sources={"learnworlds": school})
        found = sync_new_courses(parts, settings, names)
        return [entry.course_id for entry in found.choices.book.courses]

    return synced


def test_a_new_course_is_known_to_the_run_that_finds_it(sync):
    """It is in cursos.yml of the store, and the run reads it by that name."""
    assert sync(School()) == ["Mates/algebra"]


@pytest.mark.parametrize(
    ("names", "written"), [(["grader"], {}), (["learnworlds"], {"COURSES_SYNC": "false"})]
)
def test_nothing_is_synced_where_nobody_asked(sync, names, written):
    """A run of other sources, or COURSES_SYNC=false, leaves cursos.yml to people."""
    assert sync(School(), names, **written) == []


def test_a_school_that_is_away_stops_no_run(sync, caplog):
    """What is wrong is in the log here, and told when the school's data are read."""
    assert sync(School(away=True)) == []
    assert "the courses of learnworlds could not be listed" in caplog.text
