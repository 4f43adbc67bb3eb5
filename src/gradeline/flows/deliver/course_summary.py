"""What messages say about a course, without the thousands of values that its report has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gradeline.base.languages import Language, plural
from gradeline.records.course_report import CourseReport
from gradeline.reports.glossary import KPIS
from gradeline.reports.messages.values import CourseLines, KpiLine
from gradeline.reports.plain_text import clip

_TITLE_CHARACTERS = 120
_LEARNERS = plural("{n} learner", "{n} learners")


@dataclass(frozen=True, kw_only=True)
class CourseSummary:
    """A course as one kind of reader is told of it."""

    course_id: str
    folder: tuple[str, str]  #: category and course
    as_of: datetime | None  #: the newest fact in it
    lines: CourseLines
    has_figures: bool  #: whether any figure that is shown is known


def summarize(report: CourseReport, language: Language) -> CourseSummary:
    """Return what is said about a course in a language."""
    shown = report.shown_kpis
    at_risk = sum(1 for learner in report.learners if learner.at_risk)
    return CourseSummary(
        course_id=report.course_id,
        folder=(report.category, report.course),
        as_of=report.as_of,
        lines=CourseLines(
            course_id=clip(report.course_id, _TITLE_CHARACTERS),
            title=clip(report.title, _TITLE_CHARACTERS),
            kpis=tuple(_kpi_line(name, report, language) for name in shown),
            at_risk=language.say_n(_LEARNERS, at_risk) if at_risk else "",
        ),
        has_figures=not shown or any(report.kpis[name].value is not None for name in shown),
    )


def _kpi_line(name: str, report: CourseReport, language: Language) -> KpiLine:
    figure, value = KPIS[name], report.kpis[name].value
    before = [each for _, each in report.history.get(name, ())][:-1]
    change = ""
    if before and before[-1] is not None and value is not None and value != before[-1]:
        points = ((figure.share(value) or 0) - (figure.share(before[-1]) or 0)) * 100
        if round(abs(points), 1):
            change = f"{'+' if points > 0 else '−'}{language.number(abs(points), 1)}"
    return KpiLine(
        label=language.say(figure.label), value=figure.text(language, value), change=change
    )
