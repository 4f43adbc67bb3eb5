"""The sections of the PDF of a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from gradeline.base.languages import Language, message, plural
from gradeline.records.course_report import CourseReport
from gradeline.reports.blocks.course import ASSESSMENTS
from gradeline.reports.blocks.learners import AT_RISK, LEADERBOARD
from gradeline.reports.blocks.statistics import GROUPS, LEVELS, TOPICS
from gradeline.reports.charts.data import MOST_ITEMS
from gradeline.reports.columns import Block
from gradeline.reports.data_quality import HEADING, quality_lines
from gradeline.reports.glossary import (
    KPIS,
    SETTINGS,
    TERMS,
    UP_TO_DATE,
    hides_names,
    notes_beside,
    setting,
)
from gradeline.reports.pdf.parts import (
    LONGEST_CELL,
    Part,
    cards_part,
    figure_card,
    listing,
    picture,
    plain_card,
    text,
)
from gradeline.reports.plain_text import add_breaks, clip

MOST_ROWS = 100  #: rows of a table about groups, levels, topics or assessments
MOST_AT_RISK = 40  #: learners that a curator can call in a week
MOST_RANKS = 20
_FEW_ROWS = 13  #: a table of so many rows and its chart fit on one page


def course_sections(
    report: CourseReport, language: Language, charts: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the sections of a course report; those without parts are left out later."""
    quality = quality_lines(report, language)
    return [
        section(
            language.say(HEADING),
            [{"kind": "notes", "notes": list(map(add_breaks, quality))}] if quality else [],
            together=True,
        ),
        attendance_section(language, charts),
        section(
            language.say(message("Grades")),
            [*picture(charts, "grades", language.say(_GRADES_ALT))],
            together=True,
        ),
        *_assessments(report, language, charts),
        plan_section(report, language, charts),
        *(
            []
            if hides_names(report)
            else [at_risk_section(report, language), leaderboard_section(report, language)]
        ),
        *stat_sections(report, (GROUPS, LEVELS, TOPICS), language),
        *closing_sections(report, language),
    ]


def attendance_section(language: Language, charts: Mapping[str, str]) -> dict[str, Any]:
    """Return the section with the chart of attendance."""
    return section(
        language.say(message("Attendance by week")),
        [*picture(charts, "attendance", language.say(_ATTENDANCE_ALT))],
        together=True,
    )


def stat_sections(
    report: CourseReport, blocks: Iterable[Block], language: Language
) -> Iterator[dict[str, Any]]:
    """Yield a section for each table of groups, levels or topics."""
    for block in blocks:
        table = listing(report, block, _STAT_COLUMNS, language, MOST_ROWS)
        yield section(language.say(block.name), table)


def closing_sections(report: CourseReport, language: Language) -> list[dict[str, Any]]:
    """Return the sections that explain the numbers."""
    return [
        section(language.say(message("What the numbers mean")), [_terms(language)]),
        section(
            language.say(message("Filters and settings")),
            [_settings(report, language)],
            together=True,
        ),
    ]


_ATTENDANCE_ALT = message("Share of enrolled learners who were active, by week")
_GRADES_ALT = message("Expected submissions by best grade")
_STAT_COLUMNS = (
    *("title", "total_users", "total_attempts", "avg_accuracy", "first_try_accuracy", "avg_score"),
    *("hints_per_attempt", "avg_time"),
)


def section(title: str, parts: list[Part], *, together: bool = False) -> dict[str, Any]:
    """Return a section; one with a short table stays on one page."""
    rows = [len(part["rows"]) for part in parts if part["kind"] == "listing"]
    short = bool(rows) and max(rows) <= _FEW_ROWS
    return {"title": title, "parts": parts, "together": together or short}


def _assessments(
    report: CourseReport, language: Language, charts: Mapping[str, str]
) -> list[dict[str, Any]]:
    alt = language.say(message("Response rate and completion rate of each assessment"))
    chart = picture(charts, "completion", alt)
    if chart and report.items > MOST_ITEMS:
        chart.append(
            text(
                language.say(
                    message("The chart shows the last {shown} of {all}."),
                    shown=language.number(MOST_ITEMS),
                    all=language.number(report.items),
                )
            )
        )
    names = (
        *("title", "due_on", "weight", "response_rate", "completion_rate"),
        *("average_grade", "average_grade.n"),
    )
    table = listing(report, ASSESSMENTS, names, language, MOST_ROWS)
    title = language.say(message("Completion rate by assessment"))
    return [section(title, [*chart, *table])]


def plan_section(
    report: CourseReport, language: Language, charts: Mapping[str, str]
) -> dict[str, Any]:
    """Return the section on the plan: what is due, and who is behind."""
    today = sum(learner.enrolled_today for learner in report.learners)
    behind = language.say_n(
        plural(
            "of {n} currently enrolled learner: at least one overdue assessment",
            "of {n} currently enrolled learners: at least one overdue assessment",
        ),
        n=today,
    )
    due = language.say_n(
        plural("assessment due by {day}", "assessments due by {day}"),
        n=report.plan.due,
        day=language.day(report.today),
    )
    cards = [
        plain_card(
            language.say(message("Due so far")),
            language.number(report.plan.due),
            [due],
            notes_beside(report, "plan", language),
        ),
        figure_card(UP_TO_DATE, report.plan.up_to_date_rate, language),
    ]
    if not hides_names(report):
        label = language.say(message("Behind plan"))
        cards.append(plain_card(label, language.number(report.plan.behind), [behind]))
    alt = language.say(message("Learners by number of overdue assessments"))
    return section(
        language.say(message("Plan progress")),
        [cards_part(cards), *picture(charts, "missing", alt)],
        together=True,
    )


def at_risk_section(report: CourseReport, language: Language) -> dict[str, Any]:
    """Return the section that lists learners at risk, those who need help most first."""
    count = sum(bool(learner.at_risk) for learner in report.learners)
    summary = language.say_n(
        plural("{n} learner is at risk today.", "{n} learners are at risk today."), n=count
    )
    if count > 1:
        summary += " " + language.say(message("Those who need help most come first."))
    names = (
        *person_columns(report),
        "group",
        "reasons",
        "missing",
        "days_behind",
        "last_active_on",
    )
    if not count:
        summary = language.say(message("Nobody is at risk today."))
    return section(
        language.say(message("At risk")),
        [text(summary), *listing(report, named(report, AT_RISK), names, language, MOST_AT_RISK)],
    )


def leaderboard_section(report: CourseReport, language: Language) -> dict[str, Any]:
    """Return the section with the first of the leaderboard."""
    summary = language.say_n(
        plural("{n} learner has a graded attempt.", "{n} learners have a graded attempt."),
        n=report.leaderboard_size,
    )
    person = person_columns(report)
    ranking = named(report, LEADERBOARD)
    table = listing(report, ranking, ("rank", *person, "score"), language, MOST_RANKS)
    if len(person) == 1:  # a name and an id are too wide for half a page
        table = [{**part, "kind": "halves", "half": -(-len(part["rows"]) // 2)} for part in table]
    title = language.say(message("Leaderboard"))
    return section(title, [text(summary), *table] if table else [], together=True)


def person_columns(report: CourseReport) -> tuple[str, ...]:
    """Return the columns that identify a learner: names too if there are any."""
    if report.group is not None:
        return ("name",)
    has_names = any(learner.name for learner in report.learners)
    return ("name", "learner_id") if has_names else ("learner_id",)


def named(report: CourseReport, block: Block) -> Block:
    """Return the table with the id of who has no name in its place, where names stand alone."""
    if report.group is None:
        return block
    columns = (
        replace(one, value=_name_or_id) if one.name == "name" else one for one in block.columns
    )
    return replace(block, columns=tuple(columns))


def _name_or_id(row: Any, _language: Language) -> object:
    return row.name or row.learner_id


def period(report: CourseReport, language: Language) -> list[str]:
    """Return the first and the last day, as far as known."""
    if report.starts_on is None and report.ends_on is None:
        return []
    first, last = language.day(report.starts_on), language.day(report.ends_on)
    if report.ends_on is None:
        return [language.say(message("from {day}"), day=first)]
    if report.starts_on is None:
        return [language.say(message("until {day}"), day=last)]
    return [language.say(message("{first} to {last}"), first=first, last=last)]


def _terms(language: Language) -> Part:
    figures = [(figure.label, figure.definition) for figure in (*KPIS.values(), UP_TO_DATE)]
    terms = [[language.say(term), language.say(meaning)] for term, meaning in (*figures, *TERMS)]
    return {"kind": "terms", "terms": terms}


def _settings(report: CourseReport, language: Language) -> Part:
    filters = (
        (message("Course"), report.course_id),
        (message("Period"), "".join(period(report, language)) or "–"),
        (message("Report date"), language.day(report.today)),
        (message("Latest data"), language.instant(report.as_of, report.timezone)),
    )
    columns = [
        {"title": language.say(title), "wide": wide, "number": False}
        for title, wide in (
            (message("Name", context="setting"), 5),
            (message("Value"), 4),
            (message("Meaning"), 7),
        )
    ]
    rows = [
        [language.say(name), add_breaks(clip(value, LONGEST_CELL)), ""] for name, value in filters
    ]
    rows += [
        [
            name,
            add_breaks(clip(setting(value, language), LONGEST_CELL)) or "–",
            language.say(SETTINGS[name]) if name in SETTINGS else "",
        ]
        for name, value in report.settings.items()
    ]
    return {"kind": "listing", "columns": columns, "rows": rows, "more": ""}
