"""Fact files: whole, flat in memory, and equal for equal rows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gradeline.lake import FactWriter

SCHEMA = pa.schema(
    [
        pa.field("slice", pa.string(), nullable=False),
        pa.field("position", pa.int64(), nullable=False),
        pa.field("score", pa.decimal128(9, 6)),
        pa.field("at", pa.timestamp("us", tz="UTC")),
    ]
)

NO_ROOM = """
import resource, sys
from pathlib import Path
import pyarrow as pa
from gradeline.base.errors import DiskFull
from gradeline.lake import FactWriter
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
numbers = pa.array([hash(str(n)) for n in range(200_000)])
batch = pa.record_batch({"a": numbers})
try:
    with FactWriter(Path(sys.argv[1]), batch.schema) as writer:
        writer.write(batch)
except DiskFull as error:
    print(error)
"""


def rows(start: int, end: int) -> pa.RecordBatch:
    """Rows of one slice, by position."""
    positions = pa.array(range(start, end), pa.int64())
    return pa.record_batch(
        {
            "slice": pa.array(["grader/attempts/2024-01-11T05"] * (end - start)),
            "position": positions,
            "score": pa.array([None] * (end - start), pa.decimal128(9, 6)),
            "at": positions.cast(pa.timestamp("us", tz="UTC")),
        }
    )


def write(path: Path, *batches: pa.RecordBatch) -> bytes:
    """The bytes of a fact file of these batches."""
    with FactWriter(path, SCHEMA) as writer:
        for batch in batches:
            writer.write(batch)
    assert writer.rows == sum(batch.num_rows for batch in batches)
    return path.read_bytes()


def test_rows_come_back_with_their_schema(tmp_path: Path) -> None:
    """A fact file holds the rows in their order, under the declared names, types and nulls."""
    write(tmp_path / "x.parquet", rows(0, 3), rows(3, 200_000))
    table = pq.read_table(tmp_path / "x.parquet")
    assert table.schema.equals(SCHEMA)
    assert table["position"].to_pylist() == list(range(200_000))


def test_bytes_do_not_depend_on_how_rows_were_cut(tmp_path: Path) -> None:
    """Equal rows give equal bytes in one batch or in many."""
    whole = write(tmp_path / "a.parquet", rows(0, 300_000))
    cut = write(tmp_path / "b.parquet", *(rows(n, n + 1000) for n in range(0, 300_000, 1000)))
    assert whole == cut


def test_a_constant_column_costs_nearly_nothing(tmp_path: Path) -> None:
    """The slice's name in every row takes fewer bytes than one in a hundred rows would."""
    write(tmp_path / "x.parquet", rows(0, 200_000))
    group = pq.read_metadata(tmp_path / "x.parquet").row_group(0)
    assert group.column(0).total_compressed_size < 1000


def test_columns_are_put_in_order_and_cast(tmp_path: Path) -> None:
    """A batch in another order, with narrower types and columns too many, fits the schema."""
    batch = rows(0, 2).set_column(1, "position", pa.array([0, 1], pa.int32()))
    batch = batch.append_column("extra", pa.array(["x", "y"])).select(
        ["extra", "at", "score", "position", "slice"]
    )
    write(tmp_path / "x.parquet", batch)
    assert pq.read_schema(tmp_path / "x.parquet").equals(SCHEMA)


def test_no_rows_are_a_file_with_the_schema(tmp_path: Path) -> None:
    """A slice without rows still has a readable file."""
    write(tmp_path / "x.parquet")
    assert pq.read_table(tmp_path / "x.parquet").num_rows == 0


def test_a_broken_reading_leaves_no_file(tmp_path: Path) -> None:
    """When what feeds the writer fails, neither the file nor a part of it stays."""

    def fail() -> None:
        with FactWriter(tmp_path / "x.parquet", SCHEMA) as writer:
            writer.write(rows(0, 200_000))
            raise ValueError("the line cannot be read")

    with pytest.raises(ValueError, match="cannot be read"):
        fail()
    assert not list(tmp_path.iterdir())


def test_a_full_disk_leaves_no_file(tmp_path: Path) -> None:
    """At a file-size limit the writer says that there is no room, and nothing stays."""
    command = [sys.executable, "-c", NO_ROOM, str(tmp_path / "x.parquet")]
    output = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    assert "There is no room left" in output
    assert not list(tmp_path.iterdir())
