"""What messages say about a course or a group: its figures, how they changed, who needs help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradeline.base.languages import Language, plural
from gradeline.records.course_report import CourseReport
from gradeline.reports.blocks.learners import AT_RISK
from gradeline.reports.glossary import KPIS, reasons
from gradeline.reports.messages.values import CourseLines, GroupLines, KpiLine
from gradeline.reports.plain_text import clip

_TITLE_CHARACTERS = 120
#: So many learners are named; the others are in the files.
_MOST_NAMED = 10
_LEARNERS = plural("{n} learner", "{n} learners")


def course_lines(report: CourseReport, language: Language) -> CourseLines:
    """Return what a message says about a course."""
    return CourseLines(
        course_id=clip(report.course_id, _TITLE_CHARACTERS),
        title=clip(report.title, _TITLE_CHARACTERS),
        kpis=_kpi_lines(report, language),
        at_risk=_at_risk(report, language),
    )


def group_lines(report: CourseReport, language: Language) -> Iterator[GroupLines]:
    """Yield what a message says about the group of a report; nothing of a whole course."""
    if report.group is None:
        return
    listed = list(AT_RISK.rows(report))
    named = [
        f"{clip(one.name or one.learner_id, _TITLE_CHARACTERS)} — {reasons(one.at_risk, language)}"
        for one in listed[:_MOST_NAMED]
    ]
    more = len(listed) - len(named)
    yield GroupLines(
        name=clip(report.group.name, _TITLE_CHARACTERS),
        course_title=clip(report.title, _TITLE_CHARACTERS),
        learners=language.say_n(_LEARNERS, report.enrolled),
        kpis=_kpi_lines(report, language),
        at_risk=_at_risk(report, language),
        named=tuple(named),
        more=language.number(more) if more else "",
    )


def has_figures(report: CourseReport) -> bool:
    """Whether any figure is known of those that are shown."""
    shown = report.shown_kpis
    return not shown or any(report.kpis[name].value is not None for name in shown)


def titles_without(reports: Iterable[CourseReport]) -> tuple[str, ...]:
    """Return the titles of courses of which no figure is known."""
    return tuple(clip(each.title, _TITLE_CHARACTERS) for each in reports if not has_figures(each))


def _at_risk(report: CourseReport, language: Language) -> str:
    at_risk = sum(1 for learner in report.learners if learner.at_risk)
    return language.say_n(_LEARNERS, at_risk) if at_risk else ""


def _kpi_lines(report: CourseReport, language: Language) -> tuple[KpiLine, ...]:
    lines = []
    for name in report.shown_kpis:
        figure, change = KPIS[name], _change(report, name)
        lines.append(
            KpiLine(
                label=language.say(figure.label),
                value=figure.text(language, report.kpis[name].value),
                change="" if change is None else figure.points(language, change),
            )
        )
    return tuple(lines)


def _change(report: CourseReport, name: str) -> float | None:
    """Return how much a figure changed: of a group in the last week, of a course since then."""
    if report.group is not None:
        return report.group.changes.get(name)
    value = report.kpis[name].value
    before = [each for _, each in report.history.get(name, ())][:-1]
    if not before or before[-1] is None or value is None:
        return None
    return value - before[-1]
