"""The picture of a vocabulary learner's progress: answers of each day and the rating, as PNG."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import vl_convert

from gradeline.base.languages import Language, language, message
from gradeline.records.vocabulary import Progress
from gradeline.reports.charts.data import numbers, times

BLUE, GREY, ORANGE = "#0072B2", "#B8C0CC", "#D55E00"
INK, MUTED, LINE = "#1F2933", "#5F6B7A", "#E4E7EB"
_FONTS = Path(__file__).parents[1] / "fonts"
#: px: wide enough for a phone; drawn with twice as many dots.
_WIDTH, _ANSWERS_HEIGHT, _RATING_HEIGHT, _SCALE = 520, 190, 140, 2

_ANSWERS = message("Answers a day")
_RIGHT = message("right answers")
_WRONG = message("wrong answers")
_RATING = message("Rating")


def practice_png(progress: Progress, code: str) -> bytes:
    """Draw the last days of a learner.

    Args:
        progress: with at least one day.
        code: of the language of its words.
    """
    spoken = language(code)
    _register_fonts()
    png: bytes = vl_convert.vegalite_to_png(
        json.dumps(_spec(progress, spoken)),
        scale=_SCALE,
        allowed_base_urls=[],
        format_locale=numbers(spoken),
        time_format_locale=times(spoken),
    )
    return png


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(_FONTS))


def _spec(progress: Progress, spoken: Language) -> dict[str, Any]:
    right, wrong = spoken.say(_RIGHT), spoken.say(_WRONG)
    days: list[dict[str, Any]] = []
    for day in progress.days:
        at = day.day.isoformat()
        counts = ((right, 0, day.right_answers), (wrong, 1, day.answers - day.right_answers))
        days += [{"day": at, "kind": k, "order": o, "answers": n} for k, o, n in counts]
    ratings = [{"day": day.day.isoformat(), "rating": day.rating} for day in progress.days]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": "white",
        "padding": 14,
        "config": _CONFIG,
        "vconcat": [
            _answers(days, (right, wrong), spoken.say(_ANSWERS)),
            _ratings(ratings, spoken.say(_RATING)),
        ],
    }


def _answers(days: list[dict[str, Any]], kinds: tuple[str, str], title: str) -> dict[str, Any]:
    colour = {
        "field": "kind",
        "type": "nominal",
        "sort": list(kinds),
        "scale": {"domain": list(kinds), "range": [BLUE, GREY]},
        "legend": {"title": None, "orient": "top", "direction": "horizontal"},
    }
    return {
        "title": title,
        "width": _WIDTH,
        "height": _ANSWERS_HEIGHT,
        "data": {"values": days},
        "mark": {"type": "bar", "cornerRadiusEnd": 2},
        "encoding": {
            "x": _DAY,
            "y": {"field": "answers", "type": "quantitative", "title": None, "axis": _COUNTS},
            "color": colour,
            "order": {"field": "order"},
        },
    }


def _ratings(ratings: list[dict[str, Any]], title: str) -> dict[str, Any]:
    return {
        "title": title,
        "width": _WIDTH,
        "height": _RATING_HEIGHT,
        "data": {"values": ratings},
        "mark": {"type": "line", "color": ORANGE, "strokeWidth": 2.5, "interpolate": "step-after"},
        "encoding": {
            "x": _DAY,
            "y": {"field": "rating", "type": "quantitative", "title": None, "axis": _COUNTS},
        },
    }


_DAY = {
    "field": "day",
    "type": "temporal",
    "timeUnit": "utcyearmonthdate",
    "title": None,
    "axis": {"format": "%-d %b", "grid": False, "labelOverlap": True, "tickCount": 6},
}
_COUNTS = {"tickMinStep": 1, "format": ",d", "tickCount": 4}
_CONFIG = {
    "font": "Inter",
    "view": {"stroke": None},
    "bar": {"width": 11},
    "title": {
        "anchor": "start",
        "frame": "group",
        "fontSize": 19,
        "color": INK,
        "fontWeight": 600,
        "offset": 10,
    },
    "axis": {
        "labelColor": MUTED,
        "labelFontSize": 16,
        "domain": False,
        "ticks": False,
        "gridColor": LINE,
        "labelPadding": 6,
    },
    "legend": {"labelColor": MUTED, "labelFontSize": 16, "symbolSize": 160},
}
