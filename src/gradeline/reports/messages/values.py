"""What templates of messages show: texts, formatted for the language already."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class KpiLine:
    """One figure of a course."""

    label: str
    value: str
    change: str = ""  #: in percentage points since the build before; empty = none, or unknown


@dataclass(frozen=True, kw_only=True)
class CourseLines:
    """What a message says about one course."""

    course_id: str
    title: str
    kpis: tuple[KpiLine, ...]  #: those that cursos.yml chose
    at_risk: str = ""  #: how many learners; empty = nobody
    links: tuple[str, ...] = ()  #: its documents on Drive: kind and address


@dataclass(frozen=True, kw_only=True)
class CourseReportsValues:
    """Of the message `course-report`."""

    courses: tuple[CourseLines, ...]
    as_of: str  #: the newest fact in any of them
    hidden_names: bool = False  #: whether the copy is one without names
    empty: tuple[str, ...] = ()  #: courses of which no figure is known


@dataclass(frozen=True, kw_only=True)
class GroupLines:
    """What a message says about one group."""

    name: str
    course_title: str
    learners: str  #: how many are enrolled, e.g. `12 learners`
    kpis: tuple[KpiLine, ...]  #: those that cursos.yml chose; changes are since last week
    at_risk: str = ""  #: how many learners; empty = nobody, or not shown
    named: tuple[str, ...] = ()  #: who of them and why, those who need help most first
    more: str = ""  #: how many are not named; empty = none


@dataclass(frozen=True, kw_only=True)
class GroupReportsValues:
    """Of the message `group-report`."""

    groups: tuple[GroupLines, ...]
    as_of: str  #: the newest fact in any of them
    hidden_names: bool = False  #: whether the copy is one without names


@dataclass(frozen=True, kw_only=True)
class DayFigures:
    """The grader's figures of one school day."""

    attempts: str
    successful: str
    failed: str
    runs: str
    unique_users: str
    success_rate: str


@dataclass(frozen=True, kw_only=True)
class DailyFiguresValues:
    """Of the message `daily-figures`."""

    day: str
    timezone: str
    figures: DayFigures | None  #: None = the day was not computed
    first_day: str  #: of the sparkline
    sparkline: str  #: attempts by day as a line of blocks
    hidden: bool = False  #: whether days of very few learners are left out
    problems: tuple[str, ...] = ()  #: of the last run


@dataclass(frozen=True, kw_only=True)
class RunResultValues:
    """Of the message `run-result`."""

    failed: bool
    started_at: str
    ended_at: str
    took: str
    stored: str
    quarantined: str
    recalculated: str
    documents: str
    problems: tuple[str, ...]
    problems_count: str  #: e.g. `2 problems`
    courses: tuple[CourseLines, ...] = ()
    empty: tuple[str, ...] = ()  #: courses of which no figure is known
    more_courses: str = ""  #: how many were left out; empty = none
    store: str = ""  #: the folder of the documents


@dataclass(frozen=True, kw_only=True)
class AlertValues:
    """Of the message `alert`."""

    problems: tuple[str, ...]
    problems_count: str


@dataclass(frozen=True, kw_only=True)
class ExportReadyValues:
    """Of the message `export-ready`."""

    group: str
    asked_at: str
    file: str
    url: str
    until: str  #: until when the link works
    problem: str = ""  #: why there is no file; empty = there is one


@dataclass(frozen=True, kw_only=True)
class AddressTestValues:
    """Of the message `test`."""

    what: str  #: what the recipient gets
    address: str
    sent_at: str


Values = (
    CourseReportsValues
    | GroupReportsValues
    | DailyFiguresValues
    | RunResultValues
    | AlertValues
    | ExportReadyValues
    | AddressTestValues
)
