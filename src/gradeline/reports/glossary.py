"""The words of reports: what each figure is called, what it counts and how it is defined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gradeline.base.languages import Language, message, plural
from gradeline.records.course_report import CourseReport
from gradeline.records.measures import Measure


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A headline number of a course."""

    label: str  #: message
    counts: tuple[str, str]  #: plural: what its n counts
    definition: str  #: message
    is_rate: bool  #: a share of one; else a grade in percent

    def text(self, language: Language, value: float | None) -> str:
        """A value of it, as printed: always a percentage."""
        return language.percent(value if value is None or self.is_rate else value / 100)

    def basis(self, language: Language, measure: Measure) -> str:
        """How many observations stand behind it, in words."""
        return language.say_n(self.counts, n=measure.n)


_LEARNERS = plural("{n} learner", "{n} learners")
_PAIRS = plural("{n} learner–assessment pair", "{n} learner–assessment pairs")
_GRADES = plural("{n} completed pair", "{n} completed pairs")

KPIS: Mapping[str, Figure] = MappingProxyType(
    {
        "attendance_rate": Figure(
            label=message("Attendance"),
            counts=_LEARNERS,
            definition=message(
                "Learners enrolled in the period who were active in it at least once, "
                "divided by all learners enrolled in the period. In a week, the week's own "
                "learners are counted."
            ),
            is_rate=True,
        ),
        "response_rate": Figure(
            label=message("Response"),
            counts=_PAIRS,
            definition=message(
                "Pairs of an enrolled learner and an active assessment with a submission, "
                "divided by all such pairs."
            ),
            is_rate=True,
        ),
        "completion_rate": Figure(
            label=message("Completion"),
            counts=_PAIRS,
            definition=message(
                "Pairs of an enrolled learner and an active assessment whose best grade is "
                "above GRADE_ZERO_THRESHOLD, divided by all such pairs."
            ),
            is_rate=True,
        ),
        "average_grade": Figure(
            label=message("Average grade"),
            counts=_GRADES,
            definition=message("Mean of the best grade over completed pairs, in percent."),
            is_rate=False,
        ),
        "average_grade_all": Figure(
            label=message("Average grade, all"),
            counts=_PAIRS,
            definition=message(
                "Mean of the best grade over all pairs, in percent; a pair that is not "
                "completed counts as 0."
            ),
            is_rate=False,
        ),
    }
)

UP_TO_DATE = Figure(
    label=message("Up to date"),
    counts=_PAIRS,
    definition=message(
        "Pairs of a learner enrolled today and an assessment of the plan due by today that "
        "are completed, divided by all such pairs."
    ),
    is_rate=True,
)

#: Further definitions that a reader of the PDF needs: (term, meaning), both messages.
TERMS: tuple[tuple[str, str], ...] = (
    (
        message("95% interval"),
        message(
            "Where the number would lie in 95 of 100 repetitions: Wilson's interval for "
            "shares, the normal interval for means. The fewer observations (n), the wider."
        ),
    ),
    (
        message("Silent"),
        message("No activity in the last seven days, and an assessment that is due is not done."),
    ),
    (message("Missing work"), message("Three or more assessments that are due are not done.")),
    (
        message("Dropping"),
        message(
            "At least 40 graded answers, and the last 20 are at least 20 percentage points "
            "less accurate than all earlier ones."
        ),
    ),
    (
        message("Leaning on hints"),
        message("Hints per attempt in the last 20 are twice as many as before, and at least 0.5."),
    ),
    (message("Never seen"), message("Enrolled for seven days or more, without any activity.")),
    (
        message("Days behind"),
        message("Days from the earliest due day of work not done to today."),
    ),
    (
        message("Score"),
        message(
            "Sum over assessments of the best score times the assessment's weight. Equal "
            "scores share a rank."
        ),
    ),
)

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "silent": message("Silent"),
        "missing": message("Missing work"),
        "dropping": message("Dropping"),
        "leaning": message("Leaning on hints"),
        "never_seen": message("Never seen"),
    }
)

#: What a reader must know: code → (the figure it stands beside, message).
NOTES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "no_clicks": (
            "attendance_rate",
            message("Attendance is counted from submissions: no clicks were given."),
        ),
        "no_period": (
            "attendance_rate",
            message("The course has no first or last day: its facts give the period."),
        ),
        "no_plan": ("plan", message("The course has no plan: nothing is due.")),
    }
)

SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "AS_OF": message("Facts later than this do not count"),
        "SCHOOL_TIMEZONE": message("The zone that days are counted in"),
        "PASS_MARK": message("Percent from which an answer counts as correct"),
        "GRADE_ZERO_THRESHOLD": message("Percent that a completed grade must be above"),
        "TIME_MAX_THRESHOLD_MINUTES": message("Longer durations are cut to this many minutes"),
        "IGNORED_USERS": message("Learners left out before anything is counted"),
    }
)


def reasons(codes: tuple[str, ...], language: Language) -> str:
    """Why a learner is at risk, in words; a reason without words stands as its code."""
    return ", ".join(language.say(REASONS.get(code, code)) for code in codes)


def notes_beside(report: CourseReport, figure: str, language: Language) -> list[str]:
    """The notes that touch a figure, in words."""
    return [
        language.say(text)
        for place, text in (NOTES[code] for code in report.notes if code in NOTES)
        if place == figure
    ]


def all_notes(report: CourseReport, language: Language) -> list[str]:
    """Every note of a report in words; one without words stands as its code."""
    return [language.say(NOTES[code][1]) if code in NOTES else code for code in report.notes]
