"""What messages say about a course or a group, without the thousands of values of its report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gradeline.base.languages import Language, plural
from gradeline.records.course_report import CourseReport, GroupScope
from gradeline.reports.blocks.learners import AT_RISK
from gradeline.reports.glossary import KPIS, reasons
from gradeline.reports.messages.values import CourseLines, GroupLines, KpiLine
from gradeline.reports.plain_text import clip

_TITLE_CHARACTERS = 120
#: So many learners of a group are named; the others are in its files.
_MOST_NAMED = 10
_LEARNERS = plural("{n} learner", "{n} learners")


@dataclass(frozen=True, kw_only=True)
class CourseSummary:
    """A course as messages to one kind of reader show it."""

    course_id: str
    folder: tuple[str, ...]  #: category and course
    as_of: datetime | None  #: the newest fact in it
    lines: CourseLines
    has_figures: bool  #: whether any figure that is shown is known


@dataclass(frozen=True, kw_only=True)
class GroupSummary:
    """A group of a course as messages to one kind of reader show it."""

    course_id: str
    group_id: str
    group_folder: str  #: the group's own folder
    folder: tuple[str, ...]  #: category, course, `groups`, the group's own
    as_of: datetime | None  #: the newest fact in it
    lines: GroupLines

    @property
    def place(self) -> tuple[str, str]:
        """The ids of course and group."""
        return self.course_id, self.group_id


def summarize(report: CourseReport, language: Language) -> CourseSummary:
    """Return what is said about a course in a language."""
    shown = report.shown_kpis
    return CourseSummary(
        course_id=report.course_id,
        folder=(report.category, report.course),
        as_of=report.as_of,
        lines=CourseLines(
            course_id=clip(report.course_id, _TITLE_CHARACTERS),
            title=clip(report.title, _TITLE_CHARACTERS),
            kpis=tuple(_kpi_line(name, report, language) for name in shown),
            at_risk=_at_risk(report, language),
        ),
        has_figures=not shown or any(report.kpis[name].value is not None for name in shown),
    )


def summarize_group(report: CourseReport, group: GroupScope, language: Language) -> GroupSummary:
    """Return what is said about a group, whose report it is, in a language."""
    listed = list(AT_RISK.rows(report))
    named = tuple(
        f"{clip(one.name or one.learner_id, _TITLE_CHARACTERS)} — {reasons(one.at_risk, language)}"
        for one in listed[:_MOST_NAMED]
    )
    more = len(listed) - len(named)
    return GroupSummary(
        course_id=report.course_id,
        group_id=group.group_id,
        group_folder=group.folder,
        folder=(report.category, report.course, "groups", group.folder),
        as_of=report.as_of,
        lines=GroupLines(
            name=clip(group.name, _TITLE_CHARACTERS),
            course_title=clip(report.title, _TITLE_CHARACTERS),
            learners=language.say_n(_LEARNERS, report.enrolled),
            kpis=tuple(_kpi_line(name, report, language) for name in report.shown_kpis),
            at_risk=_at_risk(report, language),
            named=named,
            more=language.number(more) if more else "",
        ),
    )


def _at_risk(report: CourseReport, language: Language) -> str:
    at_risk = sum(1 for learner in report.learners if learner.at_risk)
    return language.say_n(_LEARNERS, at_risk) if at_risk else ""


def _kpi_line(name: str, report: CourseReport, language: Language) -> KpiLine:
    figure, change = KPIS[name], _change(report, name)
    return KpiLine(
        label=language.say(figure.label),
        value=figure.text(language, report.kpis[name].value),
        change="" if change is None else figure.points(language, change),
    )


def _change(report: CourseReport, name: str) -> float | None:
    """Return how much a figure changed: of a group in a week, of a course since the last time."""
    if report.group is not None:
        return report.group.changes.get(name)
    value = report.kpis[name].value
    before = [each for _, each in report.history.get(name, ())][:-1]
    if not before or before[-1] is None or value is None:
        return None
    return value - before[-1]
