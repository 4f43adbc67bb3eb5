"""The bodies of the routes of figures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Stat = Annotated[
    "dict[str, Measure]",
    Field(
        description="The figures over graded attempts: total_attempts, total_users (counts); "
        "avg_accuracy, first_try_accuracy, unaided_accuracy, hints_usage (rates 0–1); avg_score "
        "(0–1); hints_per_attempt; avg_time, median_time (seconds)."
    ),
]
Kpis = Annotated[
    "dict[str, Measure]",
    Field(
        description="attendance_rate, response_rate, completion_rate (rates 0–1); average_grade, "
        "average_grade_all (percent). The same as in the course's report and kpi.json."
    ),
]
Key = Annotated[
    str, Field(description="A short name that stays the same, for addresses.", examples=["5c1d4e"])
]
_GROUP = "files:AAA/2013J/Scotland"


class Body(BaseModel):
    """A part of an answer; read from what holds the same names."""

    model_config = ConfigDict(from_attributes=True, populate_by_name=True)


class Measure(Body):
    """A number with what it is based on."""

    value: float | None = Field(
        description="The number; null without observations.", examples=[0.724]
    )
    n: int = Field(description="How many observations it is based on.", examples=[2256])
    low: float | None = Field(None, description="Lower bound of its 95 % interval.")
    high: float | None = Field(None, description="Upper bound of its 95 % interval.")
    as_of: datetime | None = Field(None, description="The time of the latest data, in UTC.")


class FiguresAnswer(Body):
    """An answer, and which build its figures are of."""

    build: int | None = Field(description="The number of the build; null before the first one.")
    as_of: datetime | None = Field(description="Facts later than this did not exist for it.")
    stale: bool = Field(description="Whether it was not found to be up to date for 24 hours.")


class Period(Body):
    """School days that figures are about."""

    since: date | None = Field(
        None, alias="from", description="The first one; null = the very first."
    )
    until: date | None = Field(None, alias="to", description="The last one; null = today.")


class Ranking(Body):
    """One row of a leaderboard."""

    rank: int = Field(description="By score; ties share a rank: 1, 2, 2, 4.")
    learner_id: str | None = Field(None, description="Null where learners are not shown.")
    name: str | None = None
    score: float = Field(description="Points: Σ of best score (0–1) × weight of the item.")


class Leaderboard(Body):
    """Rows with rank up to 100."""

    size: int | None = Field(description="Learners in it, shown or not; null where not shown.")
    rankings: list[Ranking]


class LeaderboardAnswer(FiguresAnswer):
    """A leaderboard."""

    leaderboard: Leaderboard


class EntityEntry(Body):
    """An entity by its id and by its key."""

    id: str
    key: Key


class GroupInCourse(Body):
    """The headline figures of a group in one course."""

    course_id: str
    enrolled: int = Field(description="Learners whose membership overlaps the course's period.")
    items: int = Field(description="Active items of the course.")
    submissions: int | None
    kpis: Kpis


class GroupEntry(Body):
    """A group in a list."""

    group_id: str = Field(examples=[_GROUP])
    key: Key
    name: str = Field(examples=["Scotland"])
    courses: list[str]


class GroupList(FiguresAnswer):
    """The groups that you may see: of a curator the own ones."""

    groups: list[GroupEntry]


class GroupStats(FiguresAnswer):
    """The figures of a group."""

    group_id: str = Field(examples=[_GROUP])
    key: Key
    name: str
    period: Period
    stat: Stat | None = Field(description="Null where it is about too few learners to be shown.")
    leaderboard: Leaderboard | None = Field(
        description="Of the group as a whole: null where filters are given, and where it is hidden."
    )
    courses: list[GroupInCourse]


class Progress(Body):
    """How a learner stands in a course."""

    course_id: str
    group_ids: list[str]
    group_names: list[str]
    enrolled_today: bool
    attempts: int = Field(description="Graded attempts, in whatever group of the course.")
    avg_accuracy: Measure
    submitted: int
    completed: int
    average_grade: Measure
    due: int
    done: int
    missing: int
    days_behind: int
    pace: float | None = Field(description="done ÷ due.")
    forecast_on: date | None = Field(description="Expected finish at the rate of the last 28 days.")
    last_active_on: date | None
    at_risk: list[str] = Field(
        description="Reasons: silent, missing, dropping, leaning, failing, never_seen."
    )
    score: float | None
    rank: int | None


class LearnerProgress(Progress):
    """How one of several learners stands."""

    learner_id: str
    key: Key
    name: str | None
    email: str | None


class UserStats(FiguresAnswer):
    """The figures of a learner; a curator's are over attempts made in own groups."""

    learner_id: str
    key: Key
    name: str | None
    email: str | None
    period: Period
    stat: Stat
    courses: list[Progress]


class StatOf(Body):
    """The figures of one group, course, level or topic within another."""

    id: str
    stat: Stat


class TopicStats(FiguresAnswer):
    """The figures of a topic; a curator's are over the own groups together."""

    topic_id: str
    key: Key
    period: Period
    stat: Stat | None
    groups: list[StatOf]
    courses: list[StatOf]


class LevelStats(FiguresAnswer):
    """The figures of a level; a curator's are over the own groups together."""

    level_id: str
    key: Key
    period: Period
    stat: Stat | None
    groups: list[StatOf]
    courses: list[StatOf]


class TopicList(FiguresAnswer):
    """The topics that you may see figures of."""

    topics: list[EntityEntry]


class LevelList(FiguresAnswer):
    """The levels that you may see figures of."""

    levels: list[EntityEntry]


class CourseEntry(Body):
    """A course in a list."""

    course_id: str = Field(examples=["AAA/2013J"])
    key: Key


class CourseList(FiguresAnswer):
    """The courses that you may see figures of: of a curator those of own groups."""

    courses: list[CourseEntry]


class CourseStats(FiguresAnswer):
    """The figures of a course; of a curator those of the own groups in it, each learner once."""

    course_id: str
    key: Key
    of: str = Field(description="`course`, or `own groups`.", examples=["course"])
    title: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    enrolled: int
    items: int
    submissions: int | None
    kpis: Kpis
    weeks: list[dict[str, Any]] = Field(description="Attendance week by week.")
    bands: list[dict[str, Any]] = Field(description="Completed pairs by grade, in tens of percent.")
    notes: list[str] = Field(description="Codes of what a reader has to know.")
    period: Period
    stat: Stat | None
    groups: list[GroupEntry]
    levels: list[StatOf]
    topics: list[StatOf]


class PlanAnswer(FiguresAnswer):
    """What is due by today, and how much of it is done."""

    course_id: str
    due: int = Field(description="Items due by today; of a curator the most for one learner.")
    behind: int = Field(description="Learners enrolled today with an overdue item.")
    up_to_date_rate: Measure = Field(description="Completed ÷ due, over learners enrolled today.")
    learners: list[LearnerProgress] = Field(description="Empty where names are not shown.")


class AtRiskAnswer(FiguresAnswer):
    """Learners at risk, with reasons."""

    course_id: str
    learners: list[LearnerProgress]
    quality: list[dict[str, Any]] = Field(
        description="Precision and recall of such a list at 25, 50, 75 % of a finished course."
    )


class ItemStats(Body):
    """The results of one item."""

    item_id: str
    title: str | None = None
    topic_id: str | None = None
    level_id: str | None = None
    kind: str | None = None
    due_on: date | None = None
    weight: float | None = None
    response_rate: Measure | None = None
    completion_rate: Measure | None = None
    average_grade: Measure | None = None
    stat: Stat | None = Field(None, description="Over graded attempts, where these are shown.")


class ItemsAnswer(FiguresAnswer):
    """The items of a course; of a curator with the figures of own groups."""

    course_id: str
    period: Period
    items: list[ItemStats]
