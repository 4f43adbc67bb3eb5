"""Sweeping: only what nothing has named for a day goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gradeline.base.errors import LakeError
from gradeline.lake import Lake
from gradeline.lake.sweep import GRACE, UNNAMED_KEY, sweep

NAMED = "lake/facts/grader/attempts/2024-01-11T05/new.parquet"
UNNAMED = "lake/facts/grader/attempts/2024-01-11T05/old.parquet"
RAW = "lake/raw/grader/attempts/2024-01-11T05/old.json"


@pytest.fixture
def filled(lake: Lake) -> Lake:
    """A lake with one named fact object, two unnamed objects and a report."""
    for key in (NAMED, UNNAMED, RAW):
        lake.put_new(key, b"12345")
    lake.replace("reports/AAA/2013J/course_report.pdf", b"1")
    return lake


def test_unnamed_objects_go_after_their_day(filled: Lake) -> None:
    """What no row names is kept for a day, then deleted; people's files are never touched."""
    now = datetime.now(UTC) + GRACE
    assert sweep(filled, {NAMED}, now).waiting == 2
    done = sweep(filled, {NAMED}, now + GRACE)
    assert (done.deleted, done.freed, done.waiting) == (2, 10, 0)
    assert filled.exists(NAMED)
    assert not filled.exists(UNNAMED)
    assert filled.exists("reports/AAA/2013J/course_report.pdf")


def test_an_old_object_is_kept_while_a_reader_may_use_it(filled: Lake) -> None:
    """The day begins when the row moved on, however long ago the object was written."""
    later = datetime.now(UTC) + 30 * GRACE
    sweep(filled, {NAMED, UNNAMED, RAW}, later)
    assert sweep(filled, {NAMED}, later + timedelta(hours=1)).deleted == 0
    assert sweep(filled, {NAMED}, later + timedelta(hours=24)).deleted == 0
    assert sweep(filled, {NAMED}, later + timedelta(hours=25)).deleted == 2


def test_an_object_that_is_named_again_stays(filled: Lake) -> None:
    """A key that comes back into the ledger begins a new day when it is left again."""
    start = datetime.now(UTC) + GRACE
    sweep(filled, {NAMED}, start)
    sweep(filled, {NAMED, UNNAMED, RAW}, start + GRACE / 2)
    assert sweep(filled, {NAMED}, start + GRACE).deleted == 0
    assert filled.exists(UNNAMED)


def test_a_sweep_with_nothing_to_do_writes_nothing(filled: Lake) -> None:
    """Where every object is named, a sweep leaves the lake as it is."""
    before = {found.key: found.modified for found in filled.list("")}
    done = sweep(filled, {NAMED, UNNAMED, RAW}, datetime.now(UTC) + 2 * GRACE)
    assert (done.deleted, done.waiting, done.unfinished) == (0, 0, 0)
    assert {found.key: found.modified for found in filled.list("")} == before


def test_a_broken_mark_stops_the_sweep(filled: Lake) -> None:
    """A file of marks that cannot be read deletes nothing and is named."""
    filled.replace(UNNAMED_KEY, b"{")
    with pytest.raises(LakeError, match=r"unnamed\.json"):
        sweep(filled, set(), datetime.now(UTC) + 2 * GRACE)
    assert filled.exists(UNNAMED)
