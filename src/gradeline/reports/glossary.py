"""The texts of reports: labels, units of n and definitions of all figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gradeline.base.languages import Language, message, plural
from gradeline.records.course_report import CourseReport
from gradeline.records.measures import Measure


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A headline figure of a course."""

    label: str  #: message
    counts: tuple[str, str]  #: plural: what its n counts
    definition: str  #: message
    is_rate: bool  #: a share of 1; else a grade in percent

    def text(self, language: Language, value: float | None) -> str:
        """Return a value as text: always a percentage."""
        return language.percent(self.share(value))

    def share(self, value: float | None) -> float | None:
        """Return a value as a share of 1."""
        return value if value is None or self.is_rate else value / 100

    def points(self, language: Language, change: float) -> str:
        """Return a change of the value in percentage points, with its sign; empty = none to see."""
        points = (self.share(change) or 0) * 100
        sign = "+" if points > 0 else "−"
        return f"{sign}{language.number(abs(points), 1)}" if round(abs(points), 1) else ""

    def basis(self, language: Language, measure: Measure) -> str:
        """Return how many observations the value is based on, e.g. `376 learners`."""
        return language.say_n(self.counts, n=measure.n)


_SETTING_DECIMALS = 6  #: as many as a score has

_LEARNERS = plural("{n} learner", "{n} learners")
_EXPECTED = plural("{n} expected submission", "{n} expected submissions")
_COMPLETED = plural("{n} completed assessment", "{n} completed assessments")

KPIS: Mapping[str, Figure] = {
    "attendance_rate": Figure(
        label=message("Attendance"),
        counts=_LEARNERS,
        definition=message(
            "Share of enrolled learners who were active at least once in the period. "
            "By week: only learners enrolled in that week."
        ),
        is_rate=True,
    ),
    "response_rate": Figure(
        label=message("Response rate"),
        counts=_EXPECTED,
        definition=message(
            "Assessments handed in ÷ expected submissions. Every enrolled learner is "
            "expected to hand in every active assessment."
        ),
        is_rate=True,
    ),
    "completion_rate": Figure(
        label=message("Completion rate"),
        counts=_EXPECTED,
        definition=message(
            "Assessments whose best grade is above GRADE_ZERO_THRESHOLD ÷ expected submissions."
        ),
        is_rate=True,
    ),
    "average_grade": Figure(
        label=message("Average grade"),
        counts=_COMPLETED,
        definition=message("Mean best grade of completed assessments, in percent."),
        is_rate=False,
    ),
    "average_grade_all": Figure(
        label=message("Average grade (not\u00a0completed\u00a0=\u00a00)"),
        counts=_EXPECTED,
        definition=message(
            "Mean best grade of all expected submissions, in percent; work that is not "
            "completed counts as 0."
        ),
        is_rate=False,
    ),
}

UP_TO_DATE = Figure(
    label=message("Plan completed"),
    counts=_EXPECTED,
    definition=message(
        "Completed assessments ÷ assessments due so far, over all currently enrolled learners."
    ),
    is_rate=True,
)

#: Shared by the definitions of the PDF and the data dictionary of the workbook.
DAYS_BEHIND = message("Days since the oldest overdue date.")

#: Further definitions that a reader of the PDF needs: (term, meaning), both messages.
TERMS: tuple[tuple[str, str], ...] = (
    (
        message("95% confidence interval (CI)"),
        message(
            "A range that covers the true value in 95 of 100 repetitions of the measurement: "
            "Wilson's interval for shares, the normal interval for means. The fewer "
            "observations (n), the wider."
        ),
    ),
    (message("Inactive 7 days"), message("No activity for 7 days, and overdue work.")),
    (message("3+ overdue"), message("Three or more overdue assessments.")),
    (
        message("Results falling"),
        message(
            "At least 40 graded answers, and the share of correct ones among the last 20 is at "
            "least 20 percentage points below that of all earlier ones."
        ),
    ),
    (
        message("Using more hints"),
        message(
            "At least twice as many hints per attempt in the last 20 as before, and at least 0.5."
        ),
    ),
    (
        message("Below pass mark"),
        message("At least three graded assessments with a mean best grade below PASS_MARK."),
    ),
    (
        message("Never active"),
        message(
            "Enrolled for at least 7 days, without any activity, not even before the start of "
            "the course."
        ),
    ),
    (message("Days behind"), DAYS_BEHIND),
    (message("Points"), message("Sum of best score × weight over assessments; ties share a rank.")),
)

REASONS: Mapping[str, str] = {
    "silent": message("Inactive 7 days"),
    "missing": message("3+ overdue"),
    "dropping": message("Results falling"),
    "leaning": message("Using more hints"),
    "failing": message("Below pass mark"),
    "never_seen": message("Never active"),
}

#: Notes for the reader: code → (the figure it belongs to, message).
NOTES: Mapping[str, tuple[str, str]] = {
    "members_inferred": (
        "attendance_rate",
        message(
            "There is no data on enrolments, so learners count as enrolled from the first to the "
            "last day on which they were active or had work graded."
        ),
    ),
    "no_activity": (
        "attendance_rate",
        message("There are only grades and no data on activity, so attendance is unknown."),
    ),
    "no_clicks": (
        "attendance_rate",
        message(
            "There is no data on platform activity, so attendance is counted from submissions."
        ),
    ),
    "right_or_wrong": (
        "average_grade",
        message("Some work has no score, only right or wrong: right counts as 100%, wrong as 0%."),
    ),
    "no_period": (
        "attendance_rate",
        message("The course has no dates, so the period is taken from the data."),
    ),
    "names_hidden": (
        "",
        message(
            "This copy has no names. Figures about fewer than five learners are hidden, and those "
            "from which they could be told."
        ),
    ),
    "incomplete": (
        "",
        message(
            "Some data of this course is in no figure. The person who looks after the data sees "
            "what it is."
        ),
    ),
    "no_plan": ("plan", message("No course plan is set, so there are no due dates.")),
}

#: The note of a copy for readers who may not see names.
NAMES_HIDDEN = "names_hidden"
#: The note of a report of a group where data of the course is left out.
INCOMPLETE = "incomplete"

SETTINGS: Mapping[str, str] = {
    "SCHOOL_TIMEZONE": message("Time zone of days and times"),
    "PASS_MARK": message("Minimum percent for an answer to count as correct"),
    "GRADE_ZERO_THRESHOLD": message("Percent that a grade must exceed to count as completed"),
    "TIME_MAX_THRESHOLD_MINUTES": message("Most minutes of an attempt that count"),
    "IGNORED_USERS": message("Learners excluded from the figures"),
}


def reasons(codes: tuple[str, ...], language: Language) -> str:
    """Return why a learner is at risk as one phrase; an unknown reason is printed as its code."""
    first, *others = [language.say(REASONS.get(code, code)) for code in codes] or [""]
    return ", ".join([first, *(text[:1].lower() + text[1:] for text in others)])


def setting(value: str, language: Language) -> str:
    """Return the value of a setting as text: numbers as the language writes them."""
    try:
        return language.number(float(value), _SETTING_DECIMALS, least=0)
    except ValueError:
        return value


def kind_of(report: CourseReport) -> str:
    """Return what a report is, as a message."""
    return message("Course report") if report.group is None else message("Group report")


def hides_names(report: CourseReport) -> bool:
    """Whether the report is a copy without names."""
    return NAMES_HIDDEN in report.notes


def notes_beside(report: CourseReport, figure: str, language: Language) -> list[str]:
    """Return the notes that belong to a figure."""
    return [
        language.say(text)
        for place, text in (NOTES[code] for code in report.notes if code in NOTES)
        if place == figure
    ]


def all_notes(report: CourseReport, language: Language) -> list[str]:
    """Return every note of a report; an unknown one is printed as its code."""
    return [language.say(NOTES[code][1]) if code in NOTES else code for code in report.notes]
