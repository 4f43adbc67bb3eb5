"""One writer for the facts of every slice: each key once, each record counted."""

from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gradeline.records.slices import Slice
from gradeline.sources.reading.fact_writer import DuplicateKey, SliceWriter

SCHEMA = pa.schema([("slice", pa.string()), ("position", pa.int64()), ("name", pa.string())])
SLICE = Slice(source="test", stream="rows", window="w")


@pytest.fixture
def facts(tmp_path):
    """Where the fact file goes."""
    return tmp_path / "facts.parquet"


def add(writer, name, text="x", **more):
    """Add a row whose key is its name."""
    writer.add({"name": name}, key=(name,), content=f"{name} {text}".encode(), **more)


def test_every_record_is_counted_once(facts):
    """Stored, there already or rejected; the courses and the span are those of stored rows."""
    first, last = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 3, tzinfo=UTC)
    with SliceWriter(facts, SLICE, SCHEMA) as writer:
        add(writer, "b", course="Math", at=last)
        add(writer, "a", at=first)
        add(writer, "b", course="Other")
        writer.reject("line 4", "bad: no", b"raw")
        reading = writer.finish()
    assert (reading.counts.received, reading.counts.stored, reading.counts.already_there) == (
        4,
        2,
        1,
    )
    assert [each.place for each in reading.broken] == ["line 4"]
    assert (reading.courses, reading.earliest, reading.latest) == ({"Math"}, first, last)
    assert pq.read_table(facts).to_pylist() == [
        {"slice": "test/rows/w", "position": 0, "name": "b"},
        {"slice": "test/rows/w", "position": 1, "name": "a"},
    ]


def test_a_key_with_other_values_is_refused(facts):
    """The first row stays; the caller rejects the record."""
    with SliceWriter(facts, SLICE, SCHEMA) as writer:
        add(writer, "a")
        with pytest.raises(DuplicateKey):
            add(writer, "a", text="y")
        assert writer.finish().counts.stored == 1


def test_rows_may_be_sorted_by_their_key(facts):
    """Then the file does not depend on the order of the records, and neither does the checksum."""
    checksums = set()
    for names in ("abc", "cab"):
        with SliceWriter(facts, SLICE, SCHEMA, sort_by_key=True) as writer:
            for name in names:
                add(writer, name)
            checksums.add(writer.finish().checksum)
        assert pq.read_table(facts)["name"].to_pylist() == ["a", "b", "c"]
    assert len(checksums) == 1


def test_row_groups_are_written_as_they_fill(facts):
    """So that a great slice does not wait in memory."""
    with SliceWriter(facts, SLICE, SCHEMA, row_group=2) as writer:
        for name in "abc":
            add(writer, name)
        writer.finish()
    with pq.ParquetFile(facts) as file:
        assert file.num_row_groups == 2
        assert file.read()["position"].to_pylist() == [0, 1, 2]


def test_an_unfinished_file_is_removed(facts):
    """Leaving the block without `finish` leaves no fact file and no part of one."""
    with SliceWriter(facts, SLICE, SCHEMA, row_group=1) as writer:
        add(writer, "a")
    assert not list(facts.parent.iterdir())
