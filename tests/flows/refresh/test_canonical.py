"""Keys are looked up across slices, and only there: a single one holds each key once."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from gradeline.engine import DuckEngine
from gradeline.flows.refresh.canonical import open_canonical_tables
from gradeline.lake import FactWriter, open_lake
from gradeline.records.slices import Slice
from gradeline.sources import KINDS
from gradeline.warehouse.slices.entry import FactObject, slice_id

AT = datetime(2024, 3, 1, tzinfo=UTC)
NOBODY = pa.table({name: pa.array([], pa.string()) for name in ("source", "external_id", "who")})
NO_LINKS = NOBODY.rename_columns(["source", "external_id", "learner_id"])


@pytest.fixture
def counted(tmp_path: Path) -> Callable[..., list[dict]]:
    """What the canonical table of a stream holds, given the rows of each of its slices."""
    lake = open_lake(f"file:{tmp_path}")

    def rows_of(stream: str, links: pa.Table, *slices: list[dict]) -> list[dict]:
        facts = []
        for number, rows in enumerate(slices):
            which = Slice(source="files:s", stream=stream, window=str(number))
            columns = list(KINDS["files"].tables[stream].schema)[1:]
            schema = pa.schema([pa.field("slice", pa.string()), *columns])
            placed = [{"slice": str(which), "position": p, **r} for p, r in enumerate(rows)]
            with FactWriter(tmp_path / "facts.parquet", schema) as writer:
                writer.write(pa.RecordBatch.from_pylist(placed, schema=schema))
            lake.put_new(f"lake/facts/{number}.parquet", tmp_path / "facts.parquet")
            facts.append(
                FactObject(
                    slice_id=slice_id(which),
                    slice=which,
                    key=f"lake/facts/{number}.parquet",
                    courses=None,
                    checksum=None,
                    stored=len(rows),
                )
            )
        with DuckEngine(spill=tmp_path).session(lake.filesystem()) as session:
            return session.run(
                open_canonical_tables(session, facts, lake, links)[stream]
            ).to_pylist()

    return rows_of


def _attempt(own: str | None, score: int) -> dict:
    return {"attempt_id": own, "learner_id": "7", "kind": "answer", "score": score, "at": AT}


def test_of_two_slices_the_later_one_says_what_a_key_is(counted) -> None:
    """An attempt that comes again in another slice is that of the greater slice."""
    (row,) = counted("attempts", NO_LINKS, [_attempt("a", 0)], [_attempt("a", 1)])
    assert (row["attempt_id"], row["score"]) == ("files:s:a", 1)


def test_all_rows_of_a_single_slice_count(counted) -> None:
    """Attempts with and without ids of their own stay as many as they are."""
    rows = counted("attempts", NO_LINKS, [_attempt("a", 0), _attempt(None, 1), _attempt(None, 1)])
    assert len({row["attempt_id"] for row in rows}) == len(rows) == 3


def test_a_link_makes_two_learners_of_a_single_slice_one(counted) -> None:
    """Two rows of one slice that a link gives one key are one row, the later one."""
    both = {"source": ["files:s"] * 2, "external_id": ["7", "8"], "learner_id": ["anna"] * 2}
    rows = [{"learner_id": "7", "name": "A"}, {"learner_id": "8", "name": "B"}]
    (row,) = counted("learners", pa.table(both), rows)
    assert (row["learner_id"], row["name"]) == ("anna", "B")
