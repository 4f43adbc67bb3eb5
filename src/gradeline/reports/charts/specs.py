"""Charts as Vega-Lite specs, made with altair; data come later.

Run by `ChartRenderer` in a process of its own, so that altair's 40 MB are freed. Only colours
that colour-blind readers tell apart (Okabe and Ito) are used, and never colour alone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

import altair as alt

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#B8C0CC"
INK, MUTED, LINE = "#1F2933", "#5F6B7A", "#E4E7EB"
WIDTH = 660  #: px of every chart, its axes included
#: Vega lays out with the first, which it has in memory; of another font it would open the file
#: for each word. Typst knows only the second and prints it, a bit wider.
_FONTS = "Liberation Sans, Inter"
#: px around a chart; names of assessments need room, since Typst prints them wider.
_PADDING: Mapping[str, Any] = {"completion": {"left": 13, "top": 2, "right": 2, "bottom": 2}}
_ROWS = alt.NamedData("rows")
_PERCENT = alt.Scale(domain=[0, 100])
#: Above this many months their names do not fit beside each other.
_MOST_MONTHS = 24
_MONTH, _YEAR = "utcFormat(datum.value, '%b')", "utcFormat(datum.value, '%Y')"
_IS_JANUARY = "utcmonth(datum.value) == 0"
_IS_LONG = f"domain('x')[1] - domain('x')[0] > {_MOST_MONTHS} * 31 * 86400000"
_MONTH_OR_YEAR = (
    f"{_IS_LONG} ? ({_IS_JANUARY} ? {_YEAR} : '')"
    f" : {_IS_JANUARY} || datum.index == 0 ? [{_MONTH}, {_YEAR}] : {_MONTH}"
)
_A_WORD_A_LINE = "split(datum.label, ' ')"  # "not completed" is wider than a bar

Texts = Mapping[str, str]


def attendance(texts: Texts) -> Any:
    """The share of enrolled learners who were active in each week, with its interval."""
    base = alt.Chart(_ROWS).encode(
        x=alt.X("day:T", title=None, scale=alt.Scale(type="utc"), axis=_months())
    )
    band = base.mark_area(color=BLUE, opacity=0.16).encode(
        y=alt.Y("low:Q", title=texts["attendance"], scale=_PERCENT), y2="high:Q"
    )
    line = base.mark_line(
        color=BLUE, strokeWidth=2, point=alt.OverlayMarkDef(color=BLUE, size=22)
    ).encode(y=alt.Y("value:Q", title=texts["attendance"], scale=_PERCENT))
    return alt.layer(band, line).properties(height=168)


def _months() -> alt.Axis:
    """Months with the year below the first one and each January; of a long time the years."""
    return alt.Axis(
        labelExpr=_MONTH_OR_YEAR,
        tickCount="month",
        grid=False,
        labelFlush=False,
        labelOverlap=True,
    )


def grades(texts: Texts) -> Any:
    """Expected submissions or learners in each band of ten percent, and those not completed."""
    base = alt.Chart(_ROWS).encode(
        x=alt.X(
            "band:O",
            title=texts["grade"],
            sort=None,
            axis=alt.Axis(labelAngle=0, ticks=False, labelExpr=_A_WORD_A_LINE),
            scale=alt.Scale(paddingInner=0.18, paddingOuter=0.1),
        ),
        y=alt.Y("pairs:Q", title=texts["pairs"], axis=_counts(texts)),
    )
    bars = base.mark_bar(cornerRadiusTopLeft=2, cornerRadiusTopRight=2).encode(
        color=alt.condition("datum.completed", alt.value(BLUE), alt.value(GREY))
    )
    figures = _labels(base, "pairs", texts)
    return alt.layer(bars, figures).properties(height=168)


def _counts(texts: Texts) -> alt.Axis:
    """An axis of whole numbers."""
    return alt.Axis(labelExpr=_written("datum.value", texts), tickMinStep=1)


def _labels(base: alt.Chart, field: str, texts: Texts) -> Any:
    """The number of each bar above it."""
    labelled = base.transform_calculate(label=_written(f"datum.{field}", texts))
    return labelled.mark_text(dy=-7, color=MUTED, fontSize=11).encode(text="label:N")


def _written(value: str, texts: Texts) -> str:
    """A Vega expression that writes a whole number; Spanish leaves four digits together."""
    return f"format({value}, {value} < {texts['grouped_from']} ? 'd' : ',d')"


def completion(texts: Texts) -> Any:
    """Each assessment's response rate and completion rate, the latter with its interval."""
    legend = alt.Legend(title=None, orient="top", direction="horizontal", offset=4)
    names = [texts["completion"], texts["response"]]
    base = alt.Chart(_ROWS).encode(
        y=alt.Y(
            "title:N",
            title=None,
            sort=None,
            axis=alt.Axis(labelLimit=190, labelPadding=12, ticks=False, grid=True, gridDash=[1, 3]),
        )
    )
    interval = base.mark_rule(color=BLUE, strokeWidth=5, opacity=0.22).encode(
        x=alt.X("low:Q", title=texts["share"], scale=_PERCENT), x2="high:Q"
    )
    dots = base.mark_point(filled=False, opacity=1, strokeWidth=1.8).encode(
        x=alt.X(
            "value:Q",
            title=texts["share"],
            scale=_PERCENT,
            axis=alt.Axis(tickCount=5, grid=False, labelFlush=False),
        ),
        color=alt.Color(
            "what:N", scale=alt.Scale(domain=names, range=[BLUE, ORANGE]), legend=legend
        ),
        shape=alt.Shape(
            "what:N", scale=alt.Scale(domain=names, range=["circle", "diamond"]), legend=legend
        ),
        size=alt.Size("what:N", scale=alt.Scale(domain=names, range=[44, 150]), legend=None),
    )
    return alt.layer(interval, dots).properties(height=alt.Step(23))


def missing(texts: Texts) -> Any:
    """Learners by number of overdue assessments."""
    base = alt.Chart(_ROWS).encode(
        x=alt.X(
            "missing:O",
            title=texts["missing"],
            sort=None,
            axis=alt.Axis(labelAngle=0, ticks=False),
            scale=alt.Scale(paddingInner=0.3, paddingOuter=0.15),
        ),
        y=alt.Y("learners:Q", title=texts["learners"], axis=_counts(texts)),
    )
    bars = base.mark_bar(cornerRadiusTopLeft=2, cornerRadiusTopRight=2).encode(
        color=alt.condition("datum.behind", alt.value(ORANGE), alt.value(BLUE))
    )
    figures = _labels(base, "learners", texts)
    return alt.layer(bars, figures).properties(height=150)


def answers(texts: Texts) -> Any:
    """The answers of each week, right ones below wrong ones."""
    names = [texts["right"], texts["wrong"]]
    return (
        alt.Chart(_ROWS)
        .mark_rect()
        .encode(
            x=alt.X("day:T", title=None, scale=alt.Scale(type="utc"), axis=_months()),
            x2="end:T",
            y=alt.Y("low:Q", title=texts["answers"], axis=_counts(texts)),
            y2="high:Q",
            color=alt.Color(
                "what:N",
                scale=alt.Scale(domain=names, range=[BLUE, ORANGE]),
                legend=alt.Legend(title=None, orient="top", direction="horizontal", offset=4),
            ),
        )
        .properties(height=150)
    )


CHARTS: Mapping[str, Callable[[Texts], Any]] = {
    "attendance": attendance,
    "grades": grades,
    "learner_grades": grades,
    "completion": completion,
    "missing": missing,
    "answers": answers,
}


def spec(kind: str, texts: Texts) -> dict[str, Any]:
    """Return the Vega-Lite spec of a kind of chart with the texts of one language, without data."""
    chart = CHARTS[kind](texts).properties(
        width=WIDTH,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding=_PADDING.get(kind, 2),
    )
    return dict(_style(chart).to_dict())


def _style(chart: Any) -> Any:
    """Style a chart: no frame, a light grid, muted labels."""
    return (
        chart.configure(background="transparent", font=_FONTS)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=MUTED,
            titleColor=MUTED,
            labelFontSize=11,
            titleFontSize=11,
            titleFontWeight="normal",
            titlePadding=9,
            labelPadding=6,
            gridColor=LINE,
            domain=False,
            tickColor=LINE,
        )
        .configure_legend(labelColor=INK, labelFontSize=11, symbolSize=60)
    )


def main() -> None:
    """Print the spec of every chart; standard input has their texts by language and kind."""
    texts_by_language = json.load(sys.stdin)
    specs = {
        language: {kind: spec(kind, texts) for kind, texts in by_kind.items()}
        for language, by_kind in texts_by_language.items()
    }
    json.dump(specs, sys.stdout)


if __name__ == "__main__":
    main()
