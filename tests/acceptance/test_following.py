"""The worker by the real command: it follows a school, brings what was touched, and ends well."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from proofs.rig.command import School as Home

from gradeline.sandbox import NO_FAULTS, Pace, named
from gradeline.sandbox.learnworlds.twin import LearnWorldsTwin
from gradeline.sandbox.school.school import School, Submission, read_school
from gradeline.sandbox.server.running import running

pytestmark = pytest.mark.slow

SPEED = 100
KPI = "metrics/kpi/{}/kpi.json"
TOUCHED, OTHER = (
    "Ciencias Sociales/sociedad-y-datos-2013",
    "sin-categoria/obshchestvo-i-dannye-2014",
)


def small() -> School:
    """The sandbox's school with eight people in each course."""
    courses = []
    for course in read_school().courses:
        there = course.enrolments[:8]
        people = {each.learner for each in there}
        done = tuple(each for each in course.submissions if each.learner in people)
        courses.append(replace(course, enrolments=there, submissions=done))
    return School(courses=tuple(courses))


def changed(school: School) -> School:
    """Somebody who is in the first course alone has just handed in its last piece of work."""
    course, other = school.courses
    elsewhere = {each.learner for each in other.enrolments}
    learner = next(e.learner for e in course.enrolments if e.learner not in elsewhere)
    at = datetime.now(tz=UTC)
    done = Submission(learner=learner, item=course.items[-1], at=at, score=91)
    return School(courses=(replace(course, submissions=(*course.submissions, done)), other))


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds, two minutes at most."""
    end = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.1)


@pytest.fixture
def sandbox():
    """A school that can change, and the sandbox it is served by."""
    pace = Pace(speed=SPEED)
    twin = LearnWorldsTwin(small(), pace)
    with running([twin], pace=pace) as there:
        yield twin, there


@pytest.fixture
def home(sandbox, ground):
    """A home whose worker looks once a second."""
    twin, there = sandbox
    env = {
        **twin.settings,
        "FILES_DATASETS": "",
        "SANDBOX_URL": there.url,
        "SANDBOX_SPEED": str(SPEED),
        "LEARNWORLDS_POLL_SECS": str(SPEED),
    }
    place = Home(home=ground / "home", data=ground, env=env)
    yield place
    place.stop()


@pytest.fixture
def worker(home, ground):
    """The worker, started; whatever a test does, it is ended."""
    command = [sys.executable, "-m", "gradeline", "worker", "--only", "collect"]
    with (ground / "said").open("wb") as said:
        process = subprocess.Popen(
            command, env=home.environment(), cwd=ground, stdout=said, stderr=said
        )
        yield process
        process.kill()
        process.wait()


def log_of(home) -> str:
    """What the worker wrote into its log so far."""
    return "".join(path.read_text("utf-8") for path in (home.home / "logs").glob("etl_*.log"))


def test_a_change_is_picked_up_and_only_its_course_brought(sandbox, home, worker):
    """A submission is in the KPIs after a look; the other course is not even asked for."""
    twin, there = sandbox
    touched, other = (home.home / KPI.format(each) for each in (TOUCHED, OTHER))
    until(lambda: "nothing happened" in log_of(home))
    before = touched.read_bytes(), other.stat().st_mtime_ns
    asked = len(there.journal.entries("learnworlds"))
    twin.show(changed(small()))
    until(lambda: touched.read_bytes() != before[0])
    assert other.stat().st_mtime_ns == before[1]
    paths = [entry.path for entry in there.journal.entries("learnworlds")[asked:]]
    assert not [path for path in paths if "obshchestvo-i-dannye-2014" in path]
    assert f"touched are {TOUCHED}" in log_of(home)


def test_a_school_that_is_away_is_followed_once_it_is_back(sandbox, home, worker):
    """Failed looks stand in the log with their reason; what happened meanwhile is brought."""
    twin, there = sandbox
    until(lambda: "nothing happened" in log_of(home))
    there.switch(named("server-error", always=True))
    until(lambda: "does not tell what happened" in log_of(home))
    twin.show(changed(small()))
    there.switch(NO_FAULTS)
    until(lambda: f"touched are {TOUCHED}" in log_of(home))
    log = log_of(home)
    assert log.index("does not tell what happened") < log.index(f"touched are {TOUCHED}")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_told_to_stop_ends_in_good_order(home, worker, number):
    """In the middle of its first look it ends at once with 0; the next one goes on."""
    until(lambda: "settled" in log_of(home))
    os.kill(worker.pid, number)
    assert worker.wait(timeout=60) == 0
    said = (home.home.parent / "said").read_text("utf-8")
    assert "Stopped." in said
    assert "Traceback" not in said
    done = home.call("run", "learnworlds")
    assert done.returncode == 0, done.stderr
    assert "failed" not in done.stdout
