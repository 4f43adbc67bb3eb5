"""Documents of courses that were renamed or removed do not stay, with their people in them."""

from __future__ import annotations

import pytest

from gradeline.flows.report.write import delete_gone, delete_others
from gradeline.lake import Lake, open_lake
from gradeline.warehouse import Database
from gradeline.warehouse.results import documents

KEYS = (
    "reports/M/c1/course_report.pdf",
    "reports/M/c1/course_report.es.pdf",
    "reports/M/c1/groups/A/group_report.pdf",
    "reports/M/c2/course_report.pdf",
)


@pytest.fixture
def lake() -> Lake:
    """Documents of two courses, and a file of somebody."""
    lake = open_lake("memory:")
    for key in (*KEYS, "reports/M/c1/notes.txt"):
        lake.replace(key, b"Ann")
    return lake


def left(lake: Lake) -> set[str]:
    """The keys that are there."""
    return {stored.key for stored in lake.list("")}


def test_a_course_without_results_loses_its_documents(lake: Lake, warehouse: Database) -> None:
    """All of them, also in a language that nobody writes any more; people's own files stay."""
    with warehouse.connect(autocommit=True) as loader:
        documents.record_documents(loader, ("M/c1", ""), "k", KEYS[:1])
        documents.record_documents(loader, ("M/c2", ""), "k", KEYS[3:])
        assert delete_gone(lake, loader, ["M/c2"]) == ["M/c1"]
        assert left(lake) == {KEYS[3], "reports/M/c1/notes.txt"}
        assert set(documents.read_documents(loader)) == {("M/c2", "")}
        assert delete_gone(lake, loader, ["M/c2"]) == []


def test_what_is_recorded_nowhere_is_found_by_listing(lake: Lake) -> None:
    """An erasure keeps just the documents of today."""
    assert delete_others(lake, {KEYS[3]}) == 3
    assert left(lake) == {KEYS[3], "reports/M/c1/notes.txt"}
