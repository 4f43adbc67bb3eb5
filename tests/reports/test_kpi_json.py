"""kpi.json: all five figures, in order, with interval and time."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from gradeline.records.course_report import CourseReport
from gradeline.reports.glossary import KPIS
from gradeline.reports.kpi_json import render


def test_all_five_stand_in_order_with_the_newest_time(course: CourseReport) -> None:
    """Five figures and `as_of`, whatever the report shows."""
    told = json.loads(render(replace(course, shown_kpis=("average_grade",))))
    assert [*KPIS, "as_of"] == list(told)
    assert told["as_of"] == "2014-06-25T21:30:00Z"


def test_a_figure_has_value_n_low_high_and_time(course: CourseReport) -> None:
    """Each figure travels whole, to the last digit."""
    known = course.kpis["response_rate"]
    assert {
        "value": 0.723848,
        "n": 2256,
        "low": known.low,
        "high": known.high,
        "as_of": "2014-06-25T21:30:00Z",
    } == json.loads(render(course))["response_rate"]


def test_the_time_is_the_newest_of_all(course: CourseReport) -> None:
    """A figure that saw a later fact gives the file its time."""
    assert course.as_of is not None
    later = replace(course.kpis["average_grade"], as_of=course.as_of + timedelta(hours=1))
    told = json.loads(render(replace(course, kpis={**course.kpis, "average_grade": later})))
    assert told["as_of"] == "2014-06-25T22:30:00Z"


def test_unknown_numbers_are_null(empty: CourseReport) -> None:
    """An empty course has null and never 0."""
    told = json.loads(render(empty))
    assert {None} == {told[name]["value"] for name in KPIS}
