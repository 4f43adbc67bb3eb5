"""The content of a course report as plain values: computed by metrics, shown by reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from gradeline.records.data_quality import (
    FailedSlices,
    GuessedEncoding,
    UnmatchedRows,
    WaitingRecords,
)
from gradeline.records.measures import Measure


@dataclass(frozen=True, kw_only=True)
class Week:
    """Attendance in seven days of a course."""

    starts_on: date  #: its first day
    attended: int  #: learners enrolled in it with activity in it
    enrolled: int  #: learners enrolled on at least one of its days
    attendance_rate: Measure


@dataclass(frozen=True, kw_only=True)
class Band:
    """Completed pairs whose best grade falls into `[low, high)`, the last one closed."""

    low: int | None  #: percent; None = the band of those not completed
    high: int | None
    pairs: int


@dataclass(frozen=True, kw_only=True)
class ItemStanding:
    """The results of one item of the course among the enrolled learners."""

    item_id: str
    title: str
    topic_id: str | None
    level_id: str | None
    kind: str | None
    due_on: date | None
    weight: float | None
    response_rate: Measure
    completion_rate: Measure
    average_grade: Measure  #: percent, over completed pairs


@dataclass(frozen=True, kw_only=True)
class PlanStanding:
    """Plan progress of the course today."""

    due: int  #: active plan rows due by today
    up_to_date_rate: Measure
    behind: int  #: learners enrolled today with at least one overdue item


@dataclass(frozen=True, kw_only=True, slots=True)
class LearnerStanding:
    """The progress of one learner of the course."""

    learner_id: str
    name: str | None
    email: str | None
    group_ids: tuple[str, ...]  #: groups of the course, those of today first
    group_names: tuple[str, ...]  #: the names of the same
    enrolled_today: bool
    attempts: int  #: graded attempts
    avg_accuracy: Measure
    submitted: int  #: active items with a submission
    completed: int  #: active items completed
    average_grade: Measure  #: percent, over completed items
    due: int
    done: int
    missing: int
    days_behind: int  #: days since the oldest overdue date; 0 = nothing is overdue
    pace: float | None  #: done ÷ due
    forecast_on: date | None  #: expected finish at the rate of the last 28 days
    last_active_on: date | None
    at_risk: tuple[str, ...]  #: reasons: the REASONS of `metrics/at_risk.py`
    score: float | None  #: leaderboard score in this course
    rank: int | None


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """One row of a leaderboard."""

    rank: int
    learner_id: str
    name: str | None
    score: float


@dataclass(frozen=True, kw_only=True)
class StatRow:
    """The figures of one group, level or topic."""

    entity_id: str
    title: str
    measures: Mapping[str, Measure]  #: total_attempts, total_users, avg_accuracy, …


@dataclass(frozen=True, kw_only=True, slots=True)
class GradeStanding:
    """The result of one learner in one item to which they submitted something."""

    learner_id: str
    name: str | None
    email: str | None
    item_id: str | None
    title: str | None
    submissions: int
    grade: float | None  #: percent, the best one
    completed: bool  #: the best grade is above GRADE_ZERO_THRESHOLD
    newest_at: datetime  #: the last submission, UTC


@dataclass(frozen=True, kw_only=True)
class GroupScope:
    """What a report of one group has beside what it shares with that of the course."""

    group_id: str
    name: str
    folder: str  #: its name among the folders of the course's groups
    changes: Mapping[str, float]  #: KPI → its change since the end of the week before
    #: the groups of the course, the own one first: `enrolled` and the five KPIs
    comparison: tuple[StatRow, ...]


@dataclass(frozen=True, kw_only=True)
class CourseReport:
    """Everything a report of a course, or of one group of it, shows.

    Two equal values give the same bytes.
    """

    course_id: str
    category: str
    course: str
    title: str
    starts_on: date | None
    ends_on: date | None
    today: date  #: min(school day of as-of, ends_on)
    as_of: datetime | None  #: the newest fact seen, UTC: the data's time
    enrolled: int  #: |E|
    items: int  #: |A|
    submissions: int
    kpis: Mapping[str, Measure]  #: the five of METRICS, in their order
    shown_kpis: tuple[str, ...]  #: those that cursos.yml chose; default: all
    weeks: tuple[Week, ...]
    bands: tuple[Band, ...]  #: ten bands, then "none"
    item_standings: tuple[ItemStanding, ...]
    plan: PlanStanding
    learners: tuple[LearnerStanding, ...]  #: sorted by learner_id
    leaderboard: tuple[Ranking, ...]  #: rows with rank ≤ 100
    leaderboard_size: int
    groups: tuple[StatRow, ...]
    levels: tuple[StatRow, ...]
    topics: tuple[StatRow, ...]
    history: Mapping[str, tuple[tuple[datetime, float | None], ...]]  #: KPI → (as of, value)
    notes: tuple[str, ...]  #: codes of notes for the reader, e.g. `no_clicks`
    settings: Mapping[str, str]  #: what the numbers depend on, e.g. PASS_MARK → 40
    build_id: int
    grades: Iterable[GradeStanding] = ()  #: sorted by learner and item
    unmatched: tuple[UnmatchedRows, ...] = ()  #: what its figures leave out, as ids meet nobody
    waiting: tuple[WaitingRecords, ...] = ()  #: what they leave out, as it is in quarantine
    failed: tuple[FailedSlices, ...] = ()  #: newer data that could not be loaded
    guessed: tuple[GuessedEncoding, ...] = ()  #: files whose letters may be wrong
    group: GroupScope | None = None  #: None = the whole course

    @property
    def place(self) -> tuple[str, str]:
        """Which report it is: the ids of course and group; without a group empty."""
        return self.course_id, "" if self.group is None else self.group.group_id

    @property
    def timezone(self) -> str:
        """The time zone of the school, an IANA name."""
        return self.settings.get("SCHOOL_TIMEZONE", "UTC")
