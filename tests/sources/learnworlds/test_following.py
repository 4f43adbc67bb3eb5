"""Who follows a school brings what was touched, once, and loses nothing when something fails."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from gradeline.base.clock import now
from gradeline.base.errors import WrongUse
from gradeline.engine import DuckEngine
from gradeline.entrypoints.cli.screen import Screen
from gradeline.flows.courses.cursos_yml import read_choices
from gradeline.flows.follow import PollResult, poll_once
from gradeline.flows.parts import Parts
from gradeline.lake import open_lake
from gradeline.metrics import Terms
from gradeline.sandbox import NO_FAULTS, Pace, Sandbox, named
from gradeline.sandbox.learnworlds.twin import LearnWorldsTwin
from gradeline.sandbox.school.school import School, Submission, read_school
from gradeline.sandbox.server.running import running
from gradeline.sources.checkpoint import Checkpoint, CheckpointFile
from gradeline.warehouse.schema.views import ensure_views

#: Half a minute of a processor: `make prove` runs it.
pytestmark = pytest.mark.slow

SPEED = 100
FIRST = "Ciencias Sociales/sociedad-y-datos-2013"


def small(school: School) -> School:
    """The school with eight people in each course."""
    courses = []
    for course in school.courses:
        there = course.enrolments[:8]
        people = {each.learner for each in there}
        done = tuple(each for each in course.submissions if each.learner in people)
        courses.append(replace(course, enrolments=there, submissions=done))
    return School(courses=tuple(courses))


def handed_in(school: School, *, ago: timedelta = timedelta()) -> School:
    """The school in which somebody of the first course has just handed in one piece more."""
    course, *others = school.courses
    elsewhere = {each.learner for other in others for each in other.enrolments}
    learner = next(e.learner for e in course.enrolments if e.learner not in elsewhere)
    done = Submission(learner=learner, item=course.items[-1], at=now() - ago, score=91)
    return School(courses=(replace(course, submissions=(*course.submissions, done)), *others))


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A school that changes, and whoever follows it."""

    twin: LearnWorldsTwin
    sandbox: Sandbox
    parts: Parts
    stored: CheckpointFile

    def poll(self) -> PollResult:
        """Poll once, now."""
        terms = Terms(as_of=now(), timezone="UTC")
        source = self.parts.sources["learnworlds"]
        return poll_once(self.parts, source, self.stored, terms, Screen(json=True).progress)

    def asked(self) -> list[str]:
        """The paths that were asked for so far."""
        return [entry.path for entry in self.sandbox.journal.entries("learnworlds")]


@pytest.fixture
def desk(warehouse, open_client, tmp_path) -> Iterator[Desk]:
    """A small school that was polled once."""
    ensure_views(warehouse)
    pace = Pace(speed=SPEED)
    twin = LearnWorldsTwin(small(read_school()), pace)
    with running([twin], pace=pace) as sandbox:
        client = open_client(f"{sandbox.url}/learnworlds", tmp_path)
        parts = Parts(
            database=warehouse,
            lake=open_lake(f"file:{tmp_path}"),
            engine=DuckEngine(spill=client.home),
            sources={"learnworlds": client.source},
            choices=read_choices(tmp_path / "cursos.yml"),
            spool=client.home,
            hold_percent=Decimal(5),
            languages=("en",),
        )
        stored = client.source.checkpoint_file(tmp_path)
        desk = Desk(twin=twin, sandbox=sandbox, parts=parts, stored=stored)
        desk.poll()
        yield desk


def test_only_the_course_that_was_touched_is_brought(desk):
    """One submission: its course is asked for, counted and written again; the next look is idle."""
    desk.twin.show(handed_in(small(read_school())))
    before = len(desk.asked())
    result = desk.poll()
    assert result.courses == {FIRST}
    assert result.run.refresh.courses == (FIRST,)
    assert {key.split("/")[-2] for key in result.run.report.written} == {"sociedad-y-datos-2013"}
    assert not [path for path in desk.asked()[before:] if "obshchestvo-i-dannye-2014" in path]
    assert desk.poll() == PollResult(courses=frozenset())


@pytest.mark.slow
def test_what_failed_is_looked_at_again(desk):
    """A school that fails in the middle says why; the course comes with the next look."""
    desk.twin.show(handed_in(small(read_school())))
    desk.sandbox.switch(named("server-error", always=True))
    assert "500" in desk.poll().unreachable
    desk.sandbox.switch(NO_FAULTS)
    assert desk.poll().courses == {FIRST}


def test_an_event_written_late_is_seen_once(open_client, tmp_path):
    """The minute before the last event is read again; what was seen in it counts no more."""
    pace = Pace(speed=SPEED)
    twin = LearnWorldsTwin(school := handed_in(small(read_school())), pace)
    with running([twin], pace=pace) as sandbox:
        source = open_client(f"{sandbox.url}/learnworlds", tmp_path).source
        found = source.find_changes(Checkpoint(since=now() - timedelta(minutes=5)))
        assert found.courses == {FIRST}
        assert source.find_changes(found.checkpoint).courses == frozenset()
        twin.show(handed_in(school, ago=timedelta(seconds=30)))
        found = source.find_changes(found.checkpoint)
        assert found.courses == {FIRST}
        assert source.find_changes(found.checkpoint).courses == frozenset()


def test_only_one_process_follows_a_school(tmp_path):
    """A second worker of the home is told so, until the first one ends."""
    one, other = (
        CheckpointFile(tmp_path, "LearnWorlds", "https://school.example/admin/api")
        for _ in range(2)
    )
    with one.locked(), pytest.raises(WrongUse, match="Another worker"), other.locked():
        pass
    with other.locked():
        assert other.read() is None


def test_a_look_is_remembered(tmp_path):
    """The next process begins where the last one came to; another school starts from the beginning."""
    checkpoint = Checkpoint(
        since=datetime(2024, 1, 11, 5, 0, 0, 17, tzinfo=UTC), seen=frozenset({"a", "b"})
    )
    CheckpointFile(tmp_path, "LearnWorlds", "https://school.example/admin/api").write(checkpoint)
    assert (
        CheckpointFile(tmp_path, "LearnWorlds", "https://school.example/admin/api").read()
        == checkpoint
    )
    assert CheckpointFile(tmp_path, "LearnWorlds", "https://other.example/admin/api").read() is None
