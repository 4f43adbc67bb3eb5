"""AAA split over the grader, Amplitude and two systems of files has the figures of one system."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from tests.oulad import split_school as of

from gradeline.engine import DuckEngine
from gradeline.flows.refresh.canonical import open_canonical_tables
from gradeline.flows.refresh.compute import prepare, start_figures
from gradeline.lake import Lake, open_lake
from gradeline.metrics.families import FAMILIES
from gradeline.records.course_links import NO_COURSE_LINKS, CourseLinks
from gradeline.warehouse.slices.entry import FactObject

from .test_publishers_files import TERMS

Make = Callable[[of.School, Lake, Path], list[FactObject]]


def figures(
    school: of.School, make: Make, folder: Path, links: pa.Table, courses: CourseLinks
) -> dict[str, list[str]]:
    """What every family says, but that of the grader's days, which one system does not have."""
    lake = open_lake(f"file:{folder / 'lake'}")
    facts = make(school, lake, folder)
    with DuckEngine(spill=folder, threads=2).session() as session:
        canonical = open_canonical_tables(session, facts, lake, links, courses)
        tables = prepare(session, canonical, TERMS)
        started = start_figures(session, tables, TERMS, frozenset({"files"}), FAMILIES)
        return {
            name: sorted(str(row) for row in table.result().to_pylist())
            for name, table in started.items()
        }


@pytest.mark.heavy
@pytest.mark.slow
@pytest.mark.parametrize("learners", [4, 1_000])
def test_four_systems_have_the_figures_of_one(tmp_path: Path, learners: int) -> None:
    """Each reads its own files; courses joined and learners linked, not one figure differs."""
    school = of.read_aaa(learners)
    split = figures(
        school, of.four_systems, tmp_path / "four", of.learner_links(school), of.course_links()
    )
    nobody = of.learner_links(school).slice(0, 0)
    whole = figures(school, of.one_system, tmp_path / "one", nobody, NO_COURSE_LINKS)
    assert split == whole
    assert len(whole["progress"]) == len(school.learners) > 0 < len(whole["accuracy"])
