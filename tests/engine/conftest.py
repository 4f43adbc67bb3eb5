"""The engines that keep the contract, and the facts they are asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from tests.lakes import s3_lake
from tests.s3_server import bucket, s3_endpoint, s3_options

from gradeline.engine import DuckEngine, Engine, RowSession, Session
from gradeline.lake import FactWriter

__all__ = ["bucket", "s3_endpoint", "s3_lake", "s3_options"]

#: One line makes an engine keep the contract: its name, and how it is made in a folder.
ENGINES: dict[str, Callable[[Path], Engine]] = {
    "duckdb": lambda folder: DuckEngine(spill=folder / "spill"),
}

SCHEMA = pa.schema(
    [
        ("slice", pa.string()),
        ("position", pa.int64()),
        ("learner_id", pa.string()),
        ("score", pa.decimal128(9, 6)),
        ("at", pa.timestamp("us", tz="UTC")),
        ("day", pa.date32()),
        ("correct", pa.bool_()),
    ]
)


def fact_file(path: Path, rows: list[dict[str, object]], schema: pa.Schema = SCHEMA) -> str:
    """A fact file of these rows; where it lies."""
    with FactWriter(path, schema) as writer:
        writer.write(pa.RecordBatch.from_pylist(rows, schema=schema))
    return str(path)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """Each engine in turn."""
    return ENGINES[request.param](tmp_path)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session of each engine in turn."""
    with engine.session() as opened:
        yield opened


@pytest.fixture
def row_session(engine: Engine) -> Iterator[RowSession]:
    """A session that gives rows, of each engine in turn."""
    with engine.row_session() as opened:
        yield opened


@pytest.fixture
def locations(tmp_path: Path) -> list[str]:
    """Two fact files with five rows: 0.1 + 0.2 + 0.3 and 0.4 + nothing."""
    folder = tmp_path / "facts [1]" / "course=Matemáticas 'x'"
    folder.mkdir(parents=True)
    first = [
        {"slice": "s/a/1", "position": n, "learner_id": f"l{n}", "score": Decimal(n + 1) / 10}
        for n in range(3)
    ]
    second = [
        {"slice": "s/a/2", "position": 0, "learner_id": "l0", "score": Decimal("0.4")},
        {"slice": "s/a/2", "position": 1, "learner_id": "l9"},
    ]
    return [fact_file(folder / "1.parquet", first), fact_file(folder / "2.parquet", second)]
