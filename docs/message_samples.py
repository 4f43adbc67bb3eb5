"""Samples of every message, of a school that does not exist, for pictures of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from gradeline.base.languages import Language, plural
from gradeline.base.languages import language as language_of
from gradeline.delivery.message import Message, Table
from gradeline.reports.glossary import KPIS, reasons
from gradeline.reports.messages.render import render_message
from gradeline.reports.messages.sparkline import sparkline
from gradeline.reports.messages.values import (
    AddressTestValues,
    AlertValues,
    CourseLines,
    CourseReportsValues,
    DailyFiguresValues,
    DayFigures,
    ExportReadyValues,
    GroupLines,
    GroupReportsValues,
    KpiLine,
    RunResultValues,
    Values,
)

_ZONE = "Europe/Madrid"
_DAY, _FIRST = date(2026, 11, 30), date(2026, 11, 1)
_AT, _ENDED = datetime(2026, 12, 1, 7, 0, tzinfo=UTC), datetime(2026, 12, 1, 7, 3, tzinfo=UTC)
_ATTEMPTS = (
    *(None, None, 412, 388, 450, 501, 96, 40, 398, 420, 433, 467, 480, 88, 35, 402, 440),
    *(455, 512, 498, 101, 52, 430, 461, 470, 515, 533, 97, 61, 1284),
)
_PROBLEMS = (
    "The mail server smtp.gmail.com:587 refuses the login (535). Turn on 2-step verification, and"
    " set SENDER_PASSWORD to an app password: https://myaccount.google.com/apppasswords."
    " See docs/how-to/troubleshooting.md#smtp-535.",
    "grader: the grader does not answer at https://grader.school.example/api/v1/attempts"
    " after 5 tries. The next run collects what is missing.",
)
_FILE_LINK = (
    "https://reports.school.example/exports/6b0f3c52-7a41-4e0e-9a55-2f7d1c8e0b13/file"
    "?key=2026-11&until=1764662400&signature=Q2hvcmR1cm9ib3RpY3NhbmRzb21lbW9yZXRleHQ"
)
_COURSES: Mapping[str, tuple[str, tuple[float, ...], tuple[str, ...], int]] = {
    "Matemáticas/nivel-1-m30m": (
        "Matemáticas, nivel 1",
        (0.913, 0.724, 0.701),
        ("+1.4", "", "−0.6"),
        12,
    ),
    "Python/2026-осень": (
        "Программирование: вводный курс для будущих инженеров и аналитиков данных (осень 2026)",
        (0.874, 0.661, 0.652),
        ("−2.1", "+0.3", "+0.3"),
        1,
    ),
}
_SHOWN = ("attendance_rate", "response_rate", "completion_rate")
_LEARNERS, _DUE = plural("{n} learner", "{n} learners"), plural("{n} problem", "{n} problems")

#: The rows of daily figures, as a sheet gets them.
TABLE = Table(
    title="Daily figures",
    header=(
        *("Day", "Attempts", "Successful", "Failed", "Runs", "Unique users"),
        "Success rate, %",
    ),
    rows=(
        (date(2026, 11, 27), 533, 301, 178, 54, 61, 62.8),
        (date(2026, 11, 28), 97, 60, 30, 7, 14, 66.7),
        (date(2026, 11, 29), 0, 0, 0, 0, 0, None),
        (_DAY, 1284, 702, 451, 131, 88, 60.9),
    ),
)


def _courses(language: Language, *, links: bool) -> tuple[CourseLines, ...]:
    return tuple(
        CourseLines(
            course_id=course_id,
            title=title,
            kpis=tuple(
                KpiLine(
                    label=language.say(KPIS[name].label),
                    value=language.percent(share),
                    change=change.replace(".", language.decimal_sign),
                )
                for name, share, change in zip(_SHOWN, shares, changes, strict=True)
            ),
            at_risk=language.say_n(_LEARNERS, at_risk),
            links=_LINKS if links else (),
        )
        for course_id, (title, shares, changes, at_risk) in _COURSES.items()
    )


_LINKS = tuple(
    f"course_report.{kind}: https://drive.google.com/file/d/1bXq7{number}zT0mGk3nVfYw2RrJc8uLdPeA/view"
    for number, kind in enumerate(("pdf", "xlsx"))
)


def _course_report(language: Language) -> Values:
    return CourseReportsValues(
        courses=_courses(language, links=False),
        as_of=language.instant(_AT, _ZONE),
        hidden_names=True,
        empty=("Matemáticas, nivel 4",),
    )


def _group_report(language: Language) -> Values:
    course = _courses(language, links=False)[0]
    names = (("Нина Ковалёва", ("silent", "missing")), ("Íñigo Gutiérrez Peña", ("dropping",)))
    return GroupReportsValues(
        groups=(
            GroupLines(
                name="Вечерняя группа А",
                course_title=course.title,
                learners=language.say_n(_LEARNERS, 14),
                kpis=course.kpis,
                at_risk=language.say_n(_LEARNERS, len(names)),
                named=tuple(f"{name} — {reasons(codes, language)}" for name, codes in names),
            ),
        ),
        as_of=language.instant(_AT, _ZONE),
    )


def _daily(language: Language) -> DailyFiguresValues:
    return DailyFiguresValues(
        day=language.day(_DAY),
        timezone=_ZONE,
        figures=DayFigures(
            attempts=language.number(1284),
            successful=language.number(702),
            failed=language.number(451),
            runs=language.number(131),
            unique_users=language.number(88),
            success_rate=language.percent(0.609),
        ),
        first_day=language.day(_FIRST),
        sparkline=sparkline(_ATTEMPTS),
    )


def _no_data(language: Language) -> Values:
    return replace(_daily(language), figures=None, problems=_PROBLEMS[1:])


def _quiet_day(language: Language) -> Values:
    zero = language.number(0)
    figures = DayFigures(
        attempts=zero,
        successful=zero,
        failed=zero,
        runs=zero,
        unique_users=zero,
        success_rate=language.percent(None),
    )
    return replace(_daily(language), figures=figures, sparkline=sparkline((*_ATTEMPTS[:-1], 0)))


def _run(language: Language) -> RunResultValues:
    return RunResultValues(
        failed=False,
        started_at=language.instant(_AT, _ZONE),
        ended_at=language.instant(_ENDED, _ZONE),
        took=language.say_n(plural("{n} minute", "{n} minutes"), 3),
        stored=language.number(12840),
        quarantined=language.number(3),
        recalculated=language.number(12),
        documents=language.number(24),
        problems=(),
        problems_count=language.say_n(_DUE, 0),
        courses=_courses(language, links=True),
        empty=("Matemáticas, nivel 4",),
        more_courses=language.number(10),
        store="data/reports",
    )


def _failed_run(language: Language) -> Values:
    return replace(
        _run(language),
        failed=True,
        problems=_PROBLEMS,
        problems_count=language.say_n(_DUE, len(_PROBLEMS)),
        courses=(),
        empty=(),
        more_courses="",
    )


def _alert(language: Language) -> Values:
    return AlertValues(problems=_PROBLEMS[:1], problems_count=language.say_n(_DUE, 1))


def _test(language: Language) -> Values:
    return AddressTestValues(
        what="course-report", address="ana@school.example", sent_at=language.instant(_AT, _ZONE)
    )


def _export(language: Language) -> ExportReadyValues:
    return ExportReadyValues(
        group="Matemáticas, tarde A",
        asked_at=language.instant(_AT, _ZONE),
        file="Matemáticas_tarde-A_2026-11-01_2026-11-30.xlsx",
        url=_FILE_LINK,
        until=language.instant(_AT + timedelta(days=1), _ZONE),
    )


#: Name of a sample → the message's name, and what makes its values.
SAMPLES = {
    "course-report": ("course-report", _course_report),
    "group-report": ("group-report", _group_report),
    "daily-figures": ("daily-figures", _daily),
    "no-data": ("daily-figures", _no_data),
    "quiet-day": ("daily-figures", _quiet_day),
    "run-result": ("run-result", _run),
    "run-failed": ("run-result", _failed_run),
    "alert": ("alert", _alert),
    "test": ("test", _test),
    "export-ready": ("export-ready", _export),
}


def sample(name: str, code: str) -> Message:
    """Return the message of a sample in a language."""
    message, make = SAMPLES[name]
    rendered = render_message(message, make(language_of(code)), code)
    return Message(subject=rendered.subject, text=rendered.text, html=rendered.html, table=TABLE)
