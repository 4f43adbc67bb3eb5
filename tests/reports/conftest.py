"""Courses to report on: a realistic one, and ways to change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from gradeline.base import languages
from gradeline.base.languages import LANGUAGES
from gradeline.records.course_report import (
    Band,
    CourseReport,
    GroupScope,
    ItemStanding,
    LearnerStanding,
    PlanStanding,
    Ranking,
    StatRow,
    Week,
)
from gradeline.records.measures import Measure
from gradeline.reports.charts.renderer import ChartRenderer

STARTS = date(2013, 10, 1)
AS_OF = datetime(2014, 6, 25, 21, 30, tzinfo=UTC)


def measure(value: float | None, n: int, spread: float = 0.01) -> Measure:
    """A measure with an interval of that half width, none where there is no value."""
    if value is None:
        return Measure(value=None, n=n, as_of=AS_OF)
    low, high = round(value - spread, 9), round(value + spread, 9)
    return Measure(value=round(value, 9), n=n, low=low, high=high, as_of=AS_OF)


def learner(number: int, items: int = 6) -> LearnerStanding:
    """The learner of that number: every third one misses work, every fifth one is at risk."""
    missing = number % 3 if number % 2 else 0
    return LearnerStanding(
        learner_id=f"oulad:{10_000 + number}",
        name=f"Мария Núñez {number}" if number % 4 else None,
        email=None,
        group_ids=(f"files:oulad:AAA/2013J/{number % 7}",),
        group_names=(f"North Western Region {number % 7}",),
        enrolled_today=number % 9 != 0,
        attempts=items - missing,
        avg_accuracy=measure(0.9, items - missing),
        submitted=items - missing,
        completed=items - missing,
        average_grade=measure(50.0 + number % 50, items - missing, 2.5),
        due=items - 1,
        done=items - 1 - missing,
        missing=missing,
        days_behind=30 * missing,
        pace=(items - 1 - missing) / (items - 1),
        forecast_on=date(2014, 7, 1) if number % 5 else None,
        last_active_on=date(2014, 6, 1) if number % 6 else None,
        at_risk=("silent", "missing") if number % 5 == 0 else (),
        score=float(90 - number % 40),
        rank=number + 1,
    )


def item(number: int) -> ItemStanding:
    """The assessment of that number; the last of six has no due day and nobody did it."""
    done = number != 5
    return ItemStanding(
        item_id=f"{1752 + number}",
        title=f"TMA {1752 + number}",
        topic_id=f"{1752 + number}",
        level_id="TMA" if done else "Exam",
        kind="TMA" if done else "Exam",
        due_on=STARTS + timedelta(days=40 * (number + 1)) if done else None,
        weight=12.5,
        response_rate=measure(0.95 - number / 50 if done else 0.0, 376),
        completion_rate=measure(0.94 - number / 50 if done else 0.0, 376),
        average_grade=measure(70.25, 350, 0.6) if done else measure(None, 0),
    )


def stat(entity_id: str, title: str) -> StatRow:
    """The figures of a group, level or topic; hints and times are not known."""
    known = {
        "total_attempts": measure(226.0, 226),
        "total_users": measure(50.0, 226),
        "avg_accuracy": measure(0.987, 226),
        "first_try_accuracy": measure(0.981, 200),
        "avg_score": measure(0.709, 226),
    }
    unknown = ("unaided_accuracy", "hints_usage", "hints_per_attempt", "avg_time", "median_time")
    return StatRow(
        entity_id=entity_id,
        title=title,
        measures={**known, **{name: measure(None, 0) for name in unknown}},
    )


def given_course(learners: int = 60) -> CourseReport:
    """A course like OULAD's AAA/2013J, with that many learners."""
    people = tuple(learner(number) for number in range(learners))
    kpis = {
        "attendance_rate": measure(0.991234, 376),
        "response_rate": measure(0.723848, 2256, 0.018),
        "completion_rate": measure(0.722518, 2256, 0.018),
        "average_grade": measure(69.474233, 1630, 0.61),
        "average_grade_all": measure(50.196365, 2256, 1.42),
    }
    bands = [Band(low=10 * n, high=10 * n + 10, pairs=7 * n * n) for n in range(10)]
    return CourseReport(
        course_id="AAA/2013J",
        category="AAA",
        course="2013J",
        title="Introduction to learning",
        starts_on=STARTS,
        ends_on=date(2014, 6, 26),
        today=date(2014, 6, 26),
        as_of=AS_OF,
        enrolled=376,
        items=6,
        submissions=1633,
        kpis=kpis,
        shown_kpis=tuple(kpis),
        weeks=tuple(
            Week(
                starts_on=STARTS + timedelta(weeks=number),
                attended=300 - 4 * number,
                enrolled=376 - number,
                attendance_rate=measure((300 - 4 * number) / (376 - number), 376 - number, 0.03),
            )
            for number in range(39)
        ),
        bands=(*bands, Band(low=None, high=None, pairs=626)),
        item_standings=tuple(item(number) for number in range(6)),
        plan=PlanStanding(due=5, up_to_date_rate=measure(0.9498, 1615), behind=34),
        learners=tuple(sorted(people, key=lambda each: each.learner_id)),
        leaderboard=tuple(
            Ranking(rank=n + 1, learner_id=p.learner_id, name=p.name, score=p.score or 0.0)
            for n, p in enumerate(people[:100])
        ),
        leaderboard_size=learners,
        groups=tuple(stat(f"AAA/2013J/{n}", f"Region {n}") for n in range(7)),
        levels=(stat("TMA", "TMA"),),
        topics=tuple(stat(f"{1752 + n}", f"TMA {1752 + n}") for n in range(6)),
        history={},
        notes=(),
        settings={"SCHOOL_TIMEZONE": "UTC", "PASS_MARK": "40", "IGNORED_USERS": ""},
        build_id=7,
    )


def given_group(learners: int = 40, others: tuple[int, ...] = (25, 9, 4)) -> CourseReport:
    """One group of that course with so many learners, beside others of these sizes."""
    course = given_course(learners)
    sizes = (learners, *others)
    instants = [datetime(2014, 6, day, 12, tzinfo=UTC) for day in (2, 9, 16, 23)]
    return replace(
        course,
        group=GroupScope(
            group_id="groups:Evening A",
            name="Evening A",
            folder="Evening A",
            changes={"attendance_rate": 0.021, "response_rate": -0.004, "average_grade": 0.01},
            comparison=tuple(
                StatRow(
                    entity_id=f"groups:{number}",
                    title=f"Evening {'ABCDEFGH'[number]}",
                    measures={"enrolled": measure(size, size), **course.kpis},
                )
                for number, size in enumerate(sizes)
            ),
        ),
        enrolled=learners,
        bands=(),
        item_standings=(),
        groups=(),
        history={
            name: tuple((at, 0.6 + n / 20) for n, at in enumerate(instants))
            for name in ("attendance_rate", "completion_rate")
        },
    )


def empty_course() -> CourseReport:
    """A course that nobody joined and that has nothing to do."""
    nothing = measure(None, 0)
    return CourseReport(
        course_id="ZZZ/2020B",
        category="ZZZ",
        course="2020B",
        title="",
        starts_on=None,
        ends_on=None,
        today=date(2020, 2, 1),
        as_of=None,
        enrolled=0,
        items=0,
        submissions=0,
        kpis=dict.fromkeys(given_course(0).kpis, nothing),
        shown_kpis=tuple(given_course(0).kpis),
        weeks=(),
        bands=(),
        item_standings=(),
        plan=PlanStanding(due=0, up_to_date_rate=nothing, behind=0),
        learners=(),
        leaderboard=(),
        leaderboard_size=0,
        groups=(),
        levels=(),
        topics=(),
        history={},
        notes=(),
        settings={},
        build_id=1,
    )


@pytest.fixture(scope="session")
def catalogues() -> Mapping[str, Catalog]:
    """The catalogue of each translated language, as its file has it."""
    found = {}
    for code in LANGUAGES[1:]:
        path = Path(languages.__file__).parent / "locales" / code / "LC_MESSAGES" / "gradeline.po"
        with path.open("rb") as opened:
            found[code] = read_po(opened, locale=code)
    return found


@pytest.fixture(scope="session")
def course() -> CourseReport:
    """A course with 60 learners and 6 assessments."""
    return given_course()


@pytest.fixture(scope="session")
def empty() -> CourseReport:
    """A course without learners, assessments or facts."""
    return empty_course()


@pytest.fixture(scope="session")
def renderer() -> Iterator[ChartRenderer]:
    """One chart process for all tests."""
    with ChartRenderer() as opened:
        yield opened
