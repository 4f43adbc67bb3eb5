"""KPIs of all 22 courses from the publishers' own files with polars: never our lake or mapping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from gradeline.engine import DuckEngine, Session
from gradeline.flows.refresh.compute import prepare, start_figures
from gradeline.metrics import Terms
from gradeline.metrics.families import FAMILIES

from .independent import kpis
from .opened import OULAD, PARQUET, opened

pytestmark = [
    pytest.mark.slow,
    pytest.mark.oulad,
    pytest.mark.skipif(not OULAD.is_dir(), reason="OULAD is not in ../shared/data"),
]
TERMS = Terms(as_of=datetime(2020, 1, 1, tzinfo=UTC))
RATES = ("attendance_rate", "response_rate", "completion_rate")
MEANS = ("average_grade", "average_grade_all")

#: The worked examples of METRICS.
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "AAA/2013J": {
        "enrolled": 376,
        "items": 6,
        "submissions": 1633,
        "attendance_rate": 1.0,
        "response_rate": 0.723848,
        "response_rate_low": 0.705030,
        "response_rate_high": 0.741904,
        "response_rate_n": 2256,
        "completion_rate": 0.722518,
        "average_grade": 69.474233,
        "average_grade_low": 68.866162,
        "average_grade_high": 70.082304,
        "average_grade_n": 1630,
        "average_grade_all": 50.196365,
    },
    "BBB/2013J": {
        "enrolled": 2003,
        "items": 12,
        "submissions": 14361,
        "attendance_rate": 0.915627,
        "response_rate": 0.597479,
        "completion_rate": 0.596314,
        "average_grade": 79.004605,
        "average_grade_all": 47.111541,
    },
}


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, dict[str, Any]]]:
    """What the families say about each course, from facts that our own source read."""
    folder: Path = tmp_path_factory.mktemp("oulad")
    with DuckEngine(spill=folder).session() as session:
        yield _by_course(session, folder)


def _by_course(session: Session, folder: Path) -> Mapping[str, dict[str, Any]]:
    tables = prepare(session, opened(session, folder), TERMS)
    figures = start_figures(session, tables, TERMS, frozenset({"files"}), FAMILIES)
    return {row["course_id"]: row for row in figures["course_kpis"].result().to_pylist()}


@pytest.mark.parametrize("course", EXAMPLES)
def test_worked_examples_come_out(computed: Mapping[str, dict[str, Any]], course: str) -> None:
    """Both worked examples of METRICS come out to every digit they give."""
    expected = EXAMPLES[course]
    assert {name: round(computed[course][name], 6) for name in expected} == expected


def test_all_courses_agree_with_an_independent_computation(
    computed: Mapping[str, dict[str, Any]],
) -> None:
    """All 22 courses have the KPIs that polars gives from the publishers' files."""
    independent = kpis(PARQUET)
    assert independent.height == len(computed) == 22
    for row in independent.to_dicts():
        found = computed[row["course_id"]]
        for name, value in row.items():
            assert found[name] == value or abs(found[name] - value) < 1e-9, (name, row)


def test_the_csv_files_say_the_same() -> None:
    """The six CSV tables with the Parquet clicks beside them give equal KPIs."""
    both = pl.concat([kpis(PARQUET), kpis(OULAD / "csv", clicks=PARQUET)])
    assert both.unique().height == 22
