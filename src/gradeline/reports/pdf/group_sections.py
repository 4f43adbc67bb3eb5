"""The sections of the PDF of a report about one group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gradeline.base.languages import Language, message
from gradeline.records.course_report import CourseReport
from gradeline.records.measures import COURSE_KPIS
from gradeline.reports.blocks.groups import COMPARISON
from gradeline.reports.blocks.learners import LEARNERS
from gradeline.reports.blocks.statistics import LEVELS, TOPICS
from gradeline.reports.glossary import hides_names
from gradeline.reports.pdf.parts import listing, picture, text
from gradeline.reports.pdf.sections import (
    MOST_ROWS,
    at_risk_section,
    attendance_section,
    closing_sections,
    leaderboard_section,
    named,
    person_columns,
    plan_section,
    section,
    stat_sections,
)

_GRADES_ALT = message("Learners by average grade")


def group_sections(
    report: CourseReport, language: Language, charts: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the sections of a group's report: first whom to help, then how the group does."""
    if hides_names(report):
        return [_comparison(report, language), *closing_sections(report, language)]
    return [
        at_risk_section(report, language),
        attendance_section(language, charts),
        plan_section(report, language, charts),
        _learners(report, language),
        _grades(language, charts),
        leaderboard_section(report, language),
        _comparison(report, language),
        *stat_sections(report, (LEVELS, TOPICS), language),
        *closing_sections(report, language),
    ]


def _learners(report: CourseReport, language: Language) -> dict[str, Any]:
    names = (
        *person_columns(report),
        *("completed", "average_grade", "missing", "last_active_on", "reasons"),
    )
    table = listing(report, named(report, LEARNERS), names, language, MOST_ROWS)
    return section(language.say(LEARNERS.name), table)


def _grades(language: Language, charts: Mapping[str, str]) -> dict[str, Any]:
    chart = picture(charts, "learner_grades", language.say(_GRADES_ALT))
    return section(language.say(message("Grades")), chart, together=True)


def _comparison(report: CourseReport, language: Language) -> dict[str, Any]:
    table = listing(report, COMPARISON, ("title", "enrolled", *COURSE_KPIS), language, MOST_ROWS)
    about = text(language.say(message("This group first, then the others of the course.")))
    return section(language.say(COMPARISON.name), [about, *table] if table else [])
