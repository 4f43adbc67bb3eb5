"""One build, one number: the API answers with what kpi.json and the workbook of a course say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from proofs.rig.command import School, school
from pypdf import PdfReader
from starlette.testclient import TestClient
from tests.entrypoints.api.conftest import as_, parts_over

from gradeline.base.languages import language
from gradeline.entrypoints.api.app import api
from gradeline.entrypoints.web.front import guarded
from gradeline.records.course_report import StatRow
from gradeline.records.measures import Measure
from gradeline.reports.blocks.statistics import GROUPS, TOPICS
from gradeline.reports.columns import Block, format_value
from gradeline.warehouse import EmbeddedServer, open_warehouse
from gradeline.warehouse.connect.pool import open_pool

from .conftest import open_ground

OULAD = Path(__file__).parents[3] / "shared" / "data" / "oulad" / "parquet"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.oulad,
    pytest.mark.skipif(not OULAD.is_dir(), reason="OULAD is not in ../shared/data"),
]
MODULES = {"AAA": "2013J 2014J", "GGG": "2013J 2014B 2014J"}
COURSES = tuple(
    f"{module}/{presentation}"
    for module, presentations in MODULES.items()
    for presentation in presentations.split()
)
EN = language("en")
#: Columns of groups and topics that the PDF has.
_SHOWN = (
    *("title", "total_users", "total_attempts", "avg_accuracy", "first_try_accuracy", "avg_score"),
    *("hints_per_attempt", "avg_time"),
)


@dataclass(frozen=True, kw_only=True)
class Both:
    """What was written of two modules, and the API over the same build."""

    home: Path
    client: TestClient

    def ask(self, path: str, **query: str) -> Any:
        """What an admin is answered."""
        answer = self.client.get(f"/stats/{path}", params=query, headers=as_("admin"))
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture(scope="module")
def both(migrated_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Two modules of OULAD, run once."""
    folder = tmp_path_factory.mktemp("store")
    with open_ground() as ground, ExitStack() as opened:
        place: School = opened.enter_context(
            school(ground / "school", OULAD, like=migrated_home, forks=True)
        )
        for module in MODULES:
            place.run("--as-of", "2020-01-01", "--category", module)
        server = EmbeddedServer(home=place.home)
        database = opened.enter_context(open_warehouse(server, say=lambda _: None))
        parts = parts_over(database, opened.enter_context(open_pool(database)), folder)
        app = guarded(api(parts), {"testserver"})
        yield Both(home=place.home, client=opened.enter_context(TestClient(app)))


@pytest.mark.parametrize("course", COURSES)
def test_the_headline_figures_are_those_of_kpi_json(both: Both, course: str) -> None:
    """All five, with n, interval and time."""
    written = json.loads((both.home / "metrics/kpi" / course / "kpi.json").read_text())
    del written["as_of"]
    assert both.ask(f"courses/{quote(course)}")["kpis"] == written


@pytest.mark.parametrize("course", COURSES)
def test_the_figures_of_groups_and_topics_are_those_of_the_workbook(
    both: Both, course: str
) -> None:
    """Each group and each topic: every cell of its row."""
    body = both.ask(f"courses/{course}")
    groups = {
        group["group_id"]: both.ask(f"groups/{group['key']}", course=course)["stat"]
        for group in body["groups"]
    }
    topics = {topic["id"]: topic["stat"] for topic in body["topics"]}
    book = openpyxl.load_workbook(both.home / "reports" / course / "course_report.xlsx")
    assert len(groups) > 5
    for block, told in ((GROUPS, groups), (TOPICS, topics)):
        rows = [list(row) for row in book[block.name].iter_rows(min_row=2, values_only=True)]
        assert {row[0]: row[2:] for row in rows} == {
            entity_id: _cells(block, stat) for entity_id, stat in told.items()
        }


@pytest.mark.parametrize("course", COURSES)
def test_the_figures_of_groups_and_topics_are_those_of_the_pdf(both: Both, course: str) -> None:
    """Each group and each topic: what its row shows, as it is written for people."""
    body = both.ask(f"courses/{course}")
    groups = {
        group["name"]: both.ask(f"groups/{group['key']}", course=course)["stat"]
        for group in body["groups"]
    }
    topics = {topic["id"]: topic["stat"] for topic in body["topics"]}
    pages = PdfReader(both.home / "reports" / course / "course_report.pdf").pages
    text = " ".join(page.extract_text() for page in pages).replace("\u200b", "")
    words = " ".join(text.split())
    for block, stats in ((GROUPS, groups), (TOPICS, topics)):
        rows = [_row(stat, title) for title, stat in stats.items()]
        # A column that has nothing in any row is left out.
        columns = [
            column
            for column in block.named(*_SHOWN)
            if any(column.value(row, EN) is not None for row in rows)
        ]
        for row in rows:
            cells = [format_value(each.value(row, EN), each.kind, EN) for each in columns]
            assert " ".join(cells) in words


def _row(stat: Any, title: str) -> StatRow:
    measures = {
        name: Measure(value=one["value"], n=one["n"], low=one["low"], high=one["high"])
        for name, one in stat.items()
    }
    return StatRow(entity_id="", title=title, measures=measures)


def _cells(block: Block, stat: Any) -> list[object]:
    """The row of the workbook for these figures, without ID and title."""
    return [column.value(_row(stat, ""), EN) for column in block.columns[2:]]
