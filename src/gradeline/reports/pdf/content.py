"""The content of the PDF of a report, as data for its template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gradeline.base.clock import school_day
from gradeline.base.languages import Language, message, plural
from gradeline.records.course_report import CourseReport
from gradeline.reports.glossary import KPIS, all_notes, kind_of, notes_beside
from gradeline.reports.pdf.group_sections import group_sections
from gradeline.reports.pdf.parts import LONGEST_CELL, Part, cards_part, figure_card, plain_card
from gradeline.reports.pdf.sections import course_sections, period
from gradeline.reports.plain_text import add_breaks, clip

_LONGEST_TITLE = 120


def content(report: CourseReport, language: Language, charts: Mapping[str, str]) -> dict[str, Any]:
    """Return all that the template sets; texts are ready to print, `charts` are SVG by kind."""
    course = clip(report.title or report.course_id, _LONGEST_TITLE)
    title = course if report.group is None else clip(report.group.name, _LONGEST_TITLE)
    kind = language.say(kind_of(report))
    sections = course_sections if report.group is None else group_sections
    moment = report.as_of
    return {
        "document": {"title": title, "language": language.code, "date": _date(report)},
        "header": {
            "left": clip(title, LONGEST_CELL),
            "right": kind,
        },
        "footer": {
            "left": " · ".join([clip(report.course_id, LONGEST_CELL), *_as_of(report, language)]),
            "page": language.say(message("Page {page} of {pages}")),
        },
        "cover": {
            "kicker": kind,
            "title": add_breaks(title),
            "lines": [
                *([] if report.group is None else [course]),
                " · ".join([clip(report.course_id, LONGEST_CELL), *period(report, language)]),
                *_as_of(report, language),
            ],
            "parts": _cover_parts(report, language),
        },
        "sections": [each for each in sections(report, language, charts) if each["parts"]],
        "as_of": None if moment is None else moment.isoformat(),
    }


def _date(report: CourseReport) -> dict[str, int]:
    day = report.as_of or report.today
    return {"year": day.year, "month": day.month, "day": day.day}


def _as_of(report: CourseReport, language: Language) -> list[str]:
    """The time of the latest data; empty if there are none."""
    if report.as_of is None:
        return []
    instant = language.instant(report.as_of, report.timezone)
    return [language.say(message("Data as of {instant}"), instant=instant)]


def _cover_parts(report: CourseReport, language: Language) -> list[Part]:
    cards = [_kpi_card(report, name, language) for name in report.shown_kpis]
    parts: list[Part] = []
    if report.notes:
        notes = [clip(note, _LONGEST_TITLE) for note in all_notes(report, language)]
        parts.append({"kind": "notes", "notes": notes})
    return [*parts, cards_part([*cards, _size_card(report, language)])]


def _kpi_card(report: CourseReport, name: str, language: Language) -> Part:
    known = [(at, value) for at, value in report.history.get(name, ()) if value is not None]
    card = figure_card(KPIS[name], report.kpis[name], language)
    if len(known) > 1:
        day = language.day(school_day(known[0][0], report.timezone))
        since = language.say(message("Trend since {day}"), day=day)
        card = {**card, "trend": [value for _, value in known], "lines": [*card["lines"], since]}
    lines = [*card["lines"], *_change(report, name, language)]
    return {**card, "lines": lines, "notes": notes_beside(report, name, language)}


def _change(report: CourseReport, name: str, language: Language) -> list[str]:
    """How much a figure of a group changed in the last week; empty if that is not known."""
    change = None if report.group is None else report.group.changes.get(name)
    points = "" if change is None else KPIS[name].points(language, change)
    return [language.say(message("{points} pp since last week"), points=points)] if points else []


def _size_card(report: CourseReport, language: Language) -> Part:
    lines = (
        language.say_n(plural("{n} active assessment", "{n} active assessments"), n=report.items),
        language.say_n(plural("{n} submission", "{n} submissions"), n=report.submissions),
    )
    label = language.say(message("Learners enrolled"))
    return plain_card(label, language.number(report.enrolled), lines)
