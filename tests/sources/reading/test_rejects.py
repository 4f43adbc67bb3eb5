"""Rejected records come back from disk as they were added."""

import pytest

from gradeline.records.slices import RejectedRecord
from gradeline.sources.reading.rejects import RAW_MAX, RejectSpool


def test_records_come_back_in_their_order(tmp_path):
    """Any bytes, any number of times, more than the buffer holds."""
    spool = RejectSpool(tmp_path / "x.broken")
    records = [(f"row {number}", "bad: é", bytes(range(256)) * number) for number in range(30)]
    for record in records:
        spool.add(*record)
    expected = [
        RejectedRecord(place=place, reason=reason, raw=raw) for place, reason, raw in records
    ]
    assert list(spool) == list(spool) == expected
    assert len(spool) == 30


def test_an_earlier_reading_leaves_nothing(tmp_path):
    """A spool starts empty, whatever file lies at its path."""
    RejectSpool(tmp_path / "x.broken").add("a", "b", b"c" * (1 << 17))
    again = RejectSpool(tmp_path / "x.broken")
    assert list(again) == []
    again.add("d", "e", b"f")
    assert [each.place for each in again] == ["d"]


def test_a_spool_is_reopened(tmp_path):
    """One that was written before is read again; where nothing was rejected it is empty."""
    with RejectSpool.replacing(tmp_path / "x.broken") as spool:
        spool.reject_line(7, "not_utf8: no", b"\xff" * (RAW_MAX + 1))
    again = RejectSpool.reopen(tmp_path / "x.broken")
    assert [(each.place, len(each.raw)) for each in again] == [("line 7", RAW_MAX)]
    assert len(again) == 1
    assert not list(RejectSpool.reopen(tmp_path / "other.broken"))


def _fail(path):
    with RejectSpool.replacing(path) as spool:
        spool.add("new", "a: b", bytes(1 << 17))
        raise OSError("full")


def test_a_failed_rewrite_changes_nothing(tmp_path):
    """The spool that was there stays until the new one is whole."""
    with RejectSpool.replacing(tmp_path / "x.broken") as spool:
        spool.add("old", "a: b", b"")
    with pytest.raises(OSError, match="full"):
        _fail(tmp_path / "x.broken")
    assert [each.place for each in RejectSpool.reopen(tmp_path / "x.broken")] == ["old"]
    assert [path.name for path in tmp_path.iterdir()] == ["x.broken"]
