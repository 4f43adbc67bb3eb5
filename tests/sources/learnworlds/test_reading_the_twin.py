"""A whole school read from the twin: once, again, under faults, within its limit."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from gradeline.records.course_list import CourseEntry, CourseList
from gradeline.sandbox import NO_FAULTS, mix, most_within, named
from gradeline.sandbox.learnworlds.tokens import CLIENT_SECRET
from gradeline.sandbox.learnworlds.twin import CLOSED_SLUG, LIMIT, LIMIT_PERIOD_S
from gradeline.sandbox.school.school import read_school
from gradeline.sources.checkpoint import Checkpoint
from gradeline.sources.source import PlanRequest

from .conftest import SPEED

GRADES = "grades/Ciencias Sociales/sociedad-y-datos-2013"


def told(read) -> dict[str, tuple]:
    """What must be the same whatever faults the responses had."""
    return {name: (each.raws, each.reading.checksum) for name, each in read.items()}


@pytest.fixture(scope="module")
def clean(serve, open_client, tmp_path_factory) -> dict:
    """The school as a clean line gives it."""
    with serve(NO_FAULTS) as there:
        home = tmp_path_factory.mktemp("clean")
        return open_client(f"{there.url}/learnworlds", home, secret=CLIENT_SECRET).all()


def test_every_grade_is_read_once_though_pages_shift(clean):
    """A list that grows at its front while it is read gives each record once."""
    course = read_school().courses[0]
    graded = [done for done in course.submissions if done.score is not None]
    grades = clean[GRADES]
    assert len(graded) > 2 * 200
    assert grades.reading.counts.received == grades.reading.counts.stored == len(graded)
    assert len(set(grades.facts["grade_id"].to_pylist())) == len(graded)


def test_nothing_is_broken_or_lost(clean):
    """Every record that came is stored."""
    readings = [each.reading for each in clean.values()]
    assert all(each.counts.received == each.counts.stored for each in readings)


def test_an_assessment_that_is_not_given_out_has_no_responses(clean):
    """A 404 on responses is no failure: the course's grades are there."""
    assert f"responses/sin-categoria/{CLOSED_SLUG}" not in clean
    assert clean[f"grades/sin-categoria/{CLOSED_SLUG}"].reading.counts.stored > 0


def test_suspended_people_are_read_too(clean):
    """Whom a course's own list hides stands in `suspended` with the day of enrolment."""
    facts = clean["suspended/all"].facts
    assert set(facts["suspended"].to_pylist()) == {True}
    assert None not in facts["enrolled_on"].to_pylist()


def test_the_day_of_enrolment_is_the_school_s(clean):
    """An enrolment late in the evening UTC falls on the next day in Madrid."""
    facts = clean["users/Ciencias Sociales/sociedad-y-datos-2013"].facts.to_pylist()
    assert {row["enrolled_at"].astimezone(UTC).date() for row in facts} != set()
    assert all(
        (row["enrolled_at"] + timedelta(hours=2)).date() >= row["enrolled_on"] for row in facts
    )


def test_no_signature_of_a_link_is_kept(clean):
    """The links to uploads lose what lets anyone in."""
    raw = clean["responses/Ciencias Sociales/sociedad-y-datos-2013"].raws[0]
    assert b"essay.pdf" in raw
    assert b"sig=" not in raw


def test_the_same_state_is_the_same_bytes(serve, open_client, tmp_path):
    """Asked again, an unchanged school gives the same raw files, and no person is asked again."""
    with serve(NO_FAULTS) as there:
        client = open_client(f"{there.url}/learnworlds", tmp_path)
        first = client.all()
        there.journal.clear()
        again = client.all()
        assert told(again) == told(first)
        asked = [entry.path for entry in there.journal.entries()]
    assert [path for path in asked if path.endswith("/courses") and "users" in path] == []


@pytest.mark.slow
def test_a_bad_line_changes_nothing(clean, serve, open_client, tmp_path):
    """Under a mix of all faults the same records are read, within the school's limit."""
    with serve(mix(1)) as there:
        client = open_client(f"{there.url}/learnworlds", tmp_path, secret=CLIENT_SECRET)
        assert told(client.all()) == told(clean)
        faults = Counter(entry.fault for entry in there.journal.entries())
        assert most_within(there.journal.entries(), LIMIT_PERIOD_S / SPEED) <= LIMIT
    assert len(faults) > 3


def test_a_token_taken_back_is_minted_anew(serve, open_client, tmp_path):
    """A 401 in the middle of a run mints once and asks again."""
    with serve(named("expired", place=0.5)) as there:
        client = open_client(f"{there.url}/learnworlds", tmp_path, secret=CLIENT_SECRET)
        assert client.read(client.plan()[GRADES]).reading.counts.stored > 0


def test_categories_and_days_are_those_that_people_wrote(twin, open_client, tmp_path):
    """cursos.yml decides category and days; accents make no difference to finding the course."""
    written = CourseEntry(
        category="Matemáticas", course="Sociedad-y-Datos-2013", starts_on=date(2013, 10, 1)
    )
    book = CourseList(courses=(written,))
    client = open_client(f"{twin.url}/learnworlds", tmp_path, book=book)
    facts = client.read(client.plan()["courses/all"]).facts.to_pylist()
    assert {row["course_id"]: (row["starts_on"], row["ends_on"]) for row in facts} == {
        "Matemáticas/sociedad-y-datos-2013": (date(2013, 10, 1), None),
        "sin-categoria/obshchestvo-i-dannye-2014": (None, None),
        "sin-categoria/statistika-2015": (None, None),
    }


def test_a_finished_course_is_planned_the_same_forever(twin, open_client, tmp_path):
    """Thirty days after its last day in cursos.yml a course is not asked for again."""
    written = CourseEntry(category="Soc", course="sociedad-y-datos-2013", ends_on=date(2014, 6, 30))
    client = open_client(f"{twin.url}/learnworlds", tmp_path, book=CourseList(courses=(written,)))
    plans = [
        client.plan(PlanRequest(now=datetime(year, 1, 1, tzinfo=UTC))) for year in (2015, 2016)
    ]
    same = {name for name in plans[0] if plans[0][name].fingerprint == plans[1][name].fingerprint}
    assert same == {
        "courses/all",
        *(f"{s}/Soc/sociedad-y-datos-2013" for s in ("contents", "users", "grades", "responses")),
    }


def test_only_the_courses_asked_for_are_planned(client):
    """A run for one course asks for that course."""
    planned = client.plan(
        PlanRequest(courses=frozenset({"sin-categoria/Obshchestvo-i-dannye-2014"}))
    )
    assert {name.rpartition("/")[2] for name in planned} == {"all", "obshchestvo-i-dannye-2014"}


def test_what_happened_names_the_courses_to_collect(client):
    """The log of events leads to the courses of the people in it."""
    last = client.source.find_changes(Checkpoint(since=datetime(2015, 5, 1, tzinfo=UTC)))
    assert last.courses is not None
    assert "sin-categoria/obshchestvo-i-dannye-2014" in last.courses
    assert last.checkpoint.since > datetime(2015, 5, 1, tzinfo=UTC)
    assert client.source.find_changes(last.checkpoint).courses == frozenset()
    assert (
        client.source.find_changes(Checkpoint(since=datetime(2010, 1, 1, tzinfo=UTC))).courses
        is None
    )


def test_people_can_read_the_raw_files(clean):
    """A raw file is a JSON array."""
    assert len(json.loads(clean[GRADES].raws[0])) == clean[GRADES].reading.counts.received
