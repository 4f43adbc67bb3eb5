"""What the charts of a course report show, in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time

from gradeline.base.languages import Language, message
from gradeline.records.course_report import CourseReport, ItemStanding
from gradeline.records.measures import Measure
from gradeline.reports.chart_press import Chart
from gradeline.reports.course_blocks import band_name
from gradeline.reports.glossary import KPIS
from gradeline.reports.plain_text import clip

MOST_ITEMS = 30  #: assessments that a chart can name before its labels get too small
_MOST_MISSING = 8  #: bars of missing work; the last one holds the rest


def course_charts(report: CourseReport, language: Language) -> dict[str, Chart]:
    """The charts of a course that have something to show, by kind."""
    charts = {
        "attendance": _attendance(report, language),
        "grades": _grades(report, language),
        "completion": _completion(report, language),
        "missing": _missing(report, language),
    }
    return {kind: chart for kind, chart in charts.items() if chart.rows}


def _chart(
    language: Language,
    kind: str,
    words: Mapping[str, str],
    rows: Sequence[Mapping[str, object]],
) -> Chart:
    return Chart(
        kind=kind, words=words, rows=rows, numbers=_numbers(language), times=_times(language)
    )


def _attendance(report: CourseReport, language: Language) -> Chart:
    rows = [
        {
            "day": _milliseconds(datetime.combine(week.starts_on, time(), tzinfo=UTC)),
            **_in_percent(week.attendance_rate),
        }
        for week in report.weeks
        if week.attendance_rate.value is not None
    ]
    return _chart(
        language, "attendance", {"attendance": language.say(message("Active learners, %"))}, rows
    )


def _grades(report: CourseReport, language: Language) -> Chart:
    none = language.say(message("none"))
    rows = [
        {
            "band": band_name(band, language) if band.low is not None else none,
            "pairs": band.pairs,
            "completed": band.low is not None,
        }
        for band in report.bands
    ]
    words = {
        "grade": language.say(message("Best grade, %")),
        "pairs": language.say(message("Learner–assessment pairs")),
    }
    shown = rows if any(band.pairs for band in report.bands) else []
    return _chart(language, "grades", words, shown)


def charted_items(report: CourseReport) -> tuple[ItemStanding, ...]:
    """The assessments that the chart names: all, or the last ones of a long list."""
    return report.item_standings[-MOST_ITEMS:]


def _completion(report: CourseReport, language: Language) -> Chart:
    words = {
        "completion": language.say(KPIS["completion_rate"].label),
        "response": language.say(KPIS["response_rate"].label),
        "share": language.say(message("Enrolled learners, %")),
    }
    rows: list[Mapping[str, object]] = []
    for number, item in enumerate(charted_items(report)):
        title = clip(item.title or item.item_id, 30) + "\u200b" * number  # twins keep two lines
        if item.response_rate.value is not None:
            response = 100 * item.response_rate.value
            rows.append({"title": title, "what": words["response"], "value": response})
        if item.completion_rate.value is not None:
            shown = _in_percent(item.completion_rate)
            rows.append({"title": title, "what": words["completion"], **shown})
    return _chart(language, "completion", words, rows)


def _missing(report: CourseReport, language: Language) -> Chart:
    enrolled = [learner for learner in report.learners if learner.enrolled_today and learner.due]
    counted = Counter(min(learner.missing, _MOST_MISSING) for learner in enrolled)
    most = max(counted, default=-1)
    rows = [
        {
            "missing": f"{missing}+" if missing == _MOST_MISSING else f"{missing}",
            "learners": counted[missing],
            "behind": missing > 0,
        }
        for missing in range(most + 1)
    ]
    words = {
        "missing": language.say(message("Due assessments not done")),
        "learners": language.say(message("Learners")),
    }
    return _chart(language, "missing", words, rows)


def _milliseconds(instant: datetime) -> int:
    return int(instant.timestamp()) * 1000


def _in_percent(measure: Measure) -> dict[str, object]:
    return {
        name: None if share is None else 100 * share
        for name, share in (("value", measure.value), ("low", measure.low), ("high", measure.high))
    }


def _numbers(language: Language) -> dict[str, object]:
    """How d3 writes numbers in this language."""
    return {
        "decimal": language.decimal_sign,
        "thousands": language.group_sign,
        "grouping": [3],
        "currency": ["", ""],
    }


def _times(language: Language) -> dict[str, object]:
    """How d3 writes times in this language; we only use short months."""
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
