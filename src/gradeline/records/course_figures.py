"""The figures of one course that name no learner: a part of its report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from gradeline.records.course_report import Band, ItemStanding, PlanStanding, Week
from gradeline.records.measures import Measure


@dataclass(frozen=True, kw_only=True)
class Quality:
    """How good the list of learners at risk was at one point of a finished course."""

    share: int  #: percent of the course that had passed
    enrolled: int  #: learners enrolled then whose outcome is known
    precision: Measure  #: listed who failed or withdrew ÷ listed
    recall: Measure  #: listed who failed or withdrew ÷ all who did


@dataclass(frozen=True, kw_only=True)
class CourseFigures:
    """The figures of one course; fields of the same name are those of `CourseReport`."""

    course_id: str
    category: str
    course: str
    title: str
    starts_on: date | None
    ends_on: date | None
    today: date
    as_of: datetime | None
    enrolled: int
    items: int
    submissions: int
    kpis: Mapping[str, Measure]
    weeks: tuple[Week, ...]
    bands: tuple[Band, ...]
    item_standings: tuple[ItemStanding, ...]
    plan: PlanStanding
    at_risk_quality: tuple[Quality, ...]  #: at 25, 50 and 75 %; none while a course runs
    group_titles: Mapping[str, str]  #: group → its name
    topic_titles: Mapping[str, str]  #: topics that are one item → its title
    notes: tuple[str, ...]
    settings: Mapping[str, str]
