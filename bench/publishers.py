"""OULAD as its publishers wrote it, for the peers: they never see our lake."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "oulad"
#: The folder of their Parquet files; BENCH_OULAD names a smaller one of the same layout.
PARQUET = Path(os.environ.get("BENCH_OULAD", DATA / "parquet"))
TABLES = (
    "assessments",
    "courses",
    "studentAssessment",
    "studentInfo",
    "studentRegistration",
    "vle",
)
PEERS = Path(__file__).parent / "peers"


def files() -> list[Path]:
    """All Parquet files of the publishers, the six small tables first."""
    clicks = sorted(p for p in (PARQUET / "studentVle").rglob("*.parquet") if p.is_file())
    return [*(PARQUET / f"{table}.parquet" for table in TABLES), *clicks]


def count_clicks() -> int:
    """How many click rows there are, by the files' own metadata."""
    clicks = (PARQUET / "studentVle").rglob("*.parquet")
    return sum(pq.read_metadata(path).num_rows for path in clicks if path.is_file())


def clicks_pattern() -> str:
    """Where the click files lie, as DuckDB wants it."""
    return str(PARQUET / "studentVle" / "*" / "*" / "*.parquet")


def peer(threads: int = 2) -> duckdb.DuckDBPyConnection:
    """A DuckDB of its own with a view for each table of the publishers."""
    connection = duckdb.connect(config={"threads": threads})
    for table in TABLES:
        connection.execute(f"create view {table} as from read_parquet('{PARQUET / table}.parquet')")
    connection.execute(
        "create view studentVle as "
        f"from read_parquet('{clicks_pattern()}', hive_partitioning = true)"
    )
    return connection


def named_sql(path: Path) -> Mapping[str, str]:
    """The statements of a `.sql` file by name, in the order of the file."""
    blocks = re.split(r"(?m)^-- (\w+) --$", path.read_text(encoding="utf-8"))[1:]
    return dict(zip(blocks[::2], blocks[1::2], strict=True))
