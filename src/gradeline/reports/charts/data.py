"""The data of the charts of a course report, in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from gradeline.base.languages import Language, message
from gradeline.records.course_report import Band, CourseReport, ItemStanding
from gradeline.records.measures import Measure
from gradeline.reports.blocks.course import band_name
from gradeline.reports.blocks.groups import learner_bands
from gradeline.reports.glossary import KPIS
from gradeline.reports.plain_text import clip

MOST_ITEMS = 30  #: more assessments would make the labels of a chart too small
_MOST_MISSING = 8  #: the last bar counts learners with so many overdue assessments or more


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart to draw: its kind, language and data."""

    kind: str  #: a name of `charts.CHARTS`
    language: str  #: its code
    rows: Sequence[Mapping[str, object]]


def chart_texts(language: Language) -> Mapping[str, Mapping[str, str]]:
    """Return the texts of axes and legends by kind of chart, and how it groups thousands."""
    return {
        "attendance": {"attendance": language.say(message("Active learners, %"))},
        "grades": {
            "grade": language.say(message("Best grade, %")),
            "pairs": language.say(message("Expected submissions")),
            "grouped_from": f"{language.grouped_from}",
        },
        "learner_grades": {
            "grade": language.say(message("Average grade, %")),
            "pairs": language.say(message("Learners")),
            "grouped_from": f"{language.grouped_from}",
        },
        "completion": {
            "completion": language.say(KPIS["completion_rate"].label),
            "response": language.say(KPIS["response_rate"].label),
            "share": language.say(message("Enrolled learners, %")),
        },
        "missing": {
            "missing": language.say(message("Overdue assessments")),
            "learners": language.say(message("Learners")),
            "grouped_from": f"{language.grouped_from}",
        },
        "answers": {
            "answers": language.say(message("Answers")),
            "right": language.say(message("correct")),
            "wrong": language.say(message("wrong")),
            "grouped_from": f"{language.grouped_from}",
        },
    }


def course_charts(report: CourseReport, language: Language) -> dict[str, Chart]:
    """Return the charts of a report that have data, by kind."""
    rows = {
        "attendance": _attendance(report),
        "grades": _grades(report.bands, language),
        "learner_grades": _grades(learner_bands(report) if report.group else (), language),
        "completion": _completion(report, language),
        "missing": _missing(report),
    }
    return {
        kind: Chart(kind=kind, language=language.code, rows=shown)
        for kind, shown in rows.items()
        if shown
    }


_Rows = Sequence[Mapping[str, object]]


def _attendance(report: CourseReport) -> _Rows:
    return [
        {
            "day": _milliseconds(datetime.combine(week.starts_on, time(), tzinfo=UTC)),
            **_in_percent(week.attendance_rate),
        }
        for week in report.weeks
        if week.attendance_rate.value is not None
    ]


def _grades(bands: Sequence[Band], language: Language) -> _Rows:
    none = language.say(message("not completed"))
    if not any(band.pairs for band in bands):
        return []
    return [
        {
            "band": band_name(band, language) if band.low is not None else none,
            "pairs": band.pairs,
            "completed": band.low is not None,
        }
        for band in bands
    ]


def charted_items(report: CourseReport) -> tuple[ItemStanding, ...]:
    """Return the assessments that the chart names: all, or the last MOST_ITEMS."""
    return report.item_standings[-MOST_ITEMS:]


def _completion(report: CourseReport, language: Language) -> _Rows:
    texts = chart_texts(language)["completion"]
    rows: list[Mapping[str, object]] = []
    for number, item in enumerate(charted_items(report)):
        # Equal titles stay two rows.
        title = clip(item.title or item.item_id, 30) + "\u200b" * number
        if item.response_rate.value is not None:
            response = 100 * item.response_rate.value
            rows.append({"title": title, "what": texts["response"], "value": response})
        if item.completion_rate.value is not None:
            shown = _in_percent(item.completion_rate)
            rows.append({"title": title, "what": texts["completion"], **shown})
    return rows


def _missing(report: CourseReport) -> _Rows:
    enrolled = [learner for learner in report.learners if learner.enrolled_today and learner.due]
    counted = Counter(min(learner.missing, _MOST_MISSING) for learner in enrolled)
    most = max(counted, default=-1)
    return [
        {
            "missing": f"{missing}+" if missing == _MOST_MISSING else f"{missing}",
            "learners": counted[missing],
            "behind": missing > 0,
        }
        for missing in range(most + 1)
    ]


def _milliseconds(instant: datetime) -> int:
    return int(instant.timestamp()) * 1000


def _in_percent(measure: Measure) -> dict[str, object]:
    return {
        name: None if share is None else 100 * share
        for name, share in (("value", measure.value), ("low", measure.low), ("high", measure.high))
    }


def numbers(language: Language) -> dict[str, object]:
    """Return how the language writes numbers: d3's format locale."""
    return {
        "decimal": language.decimal_sign,
        "thousands": language.group_sign,
        "grouping": [3],
        "currency": ["", ""],
    }


def times(language: Language) -> dict[str, object]:
    """Return how the language writes times: d3's time format locale. Only short months are used."""
    months = list(language.short_months)
    return {
        "dateTime": "%x %X",
        "date": "%d.%m.%Y",
        "time": "%H:%M:%S",
        "periods": ["AM", "PM"],
        "days": [""] * 7,
        "shortDays": [""] * 7,
        "months": months,
        "shortMonths": months,
    }
