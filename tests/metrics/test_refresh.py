"""A refresh does only what is needed, and what it leaves equals a full rebuild."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from gradeline.base.errors import WrongUse
from gradeline.flows.parts import Parts
from gradeline.flows.refresh.refresh import RefreshResult, refresh, take_snapshot
from gradeline.metrics import Terms
from gradeline.records.measures import COURSE_KPIS
from gradeline.warehouse import Database, results
from gradeline.warehouse.results import builds

from .facts_in_lake import forget_results, parts_in, results_of, settle, slices_of
from .random_schools import COURSES, random_school
from .school import AS_OF

TERMS = Terms(as_of=AS_OF)
#: A build after which the course a/1 has no results.
DROPS_A1 = builds.Build(
    as_of=AS_OF, terms={}, courses=frozenset({"a/1"}), learners=None, rows=(), figures=(), keys={}
)
#: Tables whose slices change from run to run.
_CHANGING = ("attempts", "events", "memberships", "groups")


@pytest.fixture
def parts(tmp_path: Path, warehouse: Database) -> Parts:
    """A Gradeline with the facts of one random school, nothing computed yet."""
    made = parts_in(tmp_path, warehouse)
    settle(made, slices_of(random_school(11)[0]))
    return made


def test_a_second_refresh_does_nothing(parts: Parts) -> None:
    """Where no fact changed nothing is computed and nothing is written."""
    first = refresh(parts, TERMS)
    before = results_of(parts.database)
    assert first.courses == COURSES
    assert refresh(parts, TERMS) == RefreshResult()
    assert results_of(parts.database) == before


@pytest.mark.parametrize(("hours", "written"), [(0, False), (2, True)])
def test_that_nothing_changed_is_said_once_an_hour(parts: Parts, hours: int, written: bool) -> None:
    """A run that finds nothing new writes not even that, unless results would seem out of date."""
    said = "select max(confirmed_at), (select max(expires_at) from leaderboards) from builds"
    age = "update builds set (published_at, confirmed_at) = (select t, t from %s)"
    refresh(parts, TERMS)
    with parts.database.connect() as connection:
        connection.execute(age % f"(select now() - interval '{hours} hours' as t)")
        before = connection.execute(said).fetchone()
    refresh(parts, TERMS)
    with parts.database.connect() as connection:
        after = connection.execute(said).fetchone()
    assert (before != after) is written


def test_only_the_courses_touched_are_computed(parts: Parts) -> None:
    """A new attempt in one course computes that course and its learners."""
    refresh(parts, TERMS)
    changed = slices_of(random_school(5)[0])["attempts", "a/1"]
    settle(parts, {("attempts", "a/1"): changed})
    assert refresh(parts, TERMS).courses == ("a/1",)


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in (1, 2, 3))])
def test_incremental_equals_a_full_rebuild(parts: Parts, seed: int) -> None:
    """After slices changed, came and went, results are those of counting everything again."""
    dice, terms = Random(seed), random_school(seed)[1]
    terms = replace(terms, ignored_users=())
    refresh(parts, terms)
    for _ in range(2):
        other = slices_of(random_school(dice.randint(100, 999))[0])
        changed = [key for key in other if dice.random() < 0.3 and key[0] in _CHANGING]
        settle(parts, {key: other[key][: dice.choice((0, 5, 99))] for key in changed})
        refresh(parts, terms)
    incremental = results_of(parts.database)
    forget_results(parts.database)
    refresh(parts, terms)
    assert results_of(parts.database) == incremental


def test_a_course_whose_facts_are_gone_goes(parts: Parts) -> None:
    """Results of a course that no facts name any more are taken away."""
    refresh(parts, TERMS)
    rows = slices_of(random_school(11)[0])["courses", "all"]
    settle(parts, {("courses", "all"): [row for row in rows if row["course_id"] != "b/1"]})
    assert refresh(parts, TERMS).gone == ("b/1",)
    with parts.database.connect() as connection, pytest.raises(WrongUse, match="b/1"):
        results.read_course(connection, "b/1")


def test_as_of_matters_only_where_facts_are_later(parts: Parts) -> None:
    """A later as-of changes no finished course; an earlier one that cuts facts does."""
    refresh(parts, TERMS)
    later = replace(TERMS, as_of=AS_OF.replace(year=2031))
    finished = {row["course_id"] for row in random_school(11)[0]["courses"] if row["ends_on"]}
    assert finished.isdisjoint(refresh(parts, later).courses)
    assert (
        refresh(parts, replace(TERMS, as_of=AS_OF.replace(year=2024, month=3))).courses == COURSES
    )


def test_as_of_is_the_end_of_its_day_only_where_no_fact_is_later(parts: Parts) -> None:
    """A microsecond before the newest fact as-of stays what it is; with it, a day is one as-of."""
    with parts.database.connect() as connection:
        snapshot = take_snapshot(connection)
    newest = max(filter(None, snapshot.latest.values()))
    cut = replace(TERMS, as_of=newest - timedelta.resolution)
    assert snapshot.round_terms(cut) == cut
    settled = snapshot.round_terms(replace(TERMS, as_of=newest))
    assert settled == snapshot.round_terms(settled)
    assert (settled.today, settled.as_of >= newest) == (replace(TERMS, as_of=newest).today, True)


def test_other_settings_compute_everything(parts: Parts) -> None:
    """Another pass mark changes the numbers of all courses."""
    refresh(parts, TERMS)
    assert refresh(parts, replace(TERMS, pass_mark=50)).courses == COURSES


def test_chosen_courses_alone_are_computed(parts: Parts) -> None:
    """With some courses named the others wait for a run that names them."""
    assert refresh(parts, TERMS, courses=frozenset({"a/2"})).courses == ("a/2",)
    assert refresh(parts, TERMS).courses == ("a/1", "b/1")


def test_readers_see_the_results_of_before_until_all_are_there(parts: Parts) -> None:
    """A build that drops a course is seen by its own transaction alone until it is committed."""
    refresh(parts, TERMS)
    before = results_of(parts.database)
    with parts.database.connect() as writing:
        assert builds.publish(writing, DROPS_A1, expected=results.keys(writing)) == 2
        assert results.course_ids(writing) == ["a/2", "b/1"]
        assert results_of(parts.database) == before
        writing.rollback()


def test_of_two_builds_at_once_the_one_from_older_facts_gives_way(parts: Parts) -> None:
    """A build is not published where another came after its facts were listed."""
    refresh(parts, TERMS)
    before = results_of(parts.database)
    with parts.database.connect() as connection:
        assert builds.publish(connection, DROPS_A1, expected={}) is None
    assert results_of(parts.database) == before


def test_a_course_reads_back_as_its_report(parts: Parts) -> None:
    """A course's report holds its five KPIs in order, eleven bands and its history."""
    refresh(parts, TERMS)
    with parts.database.connect() as connection:
        report = results.read_course(connection, "a/1")
    assert tuple(report.kpis) == COURSE_KPIS == tuple(report.history)
    assert len(report.bands) == 11
    assert [each.learner_id for each in report.learners] == sorted(
        {each.learner_id for each in report.learners}
    )
    assert report.enrolled == len(report.learners)
