"""The warehouse's own SQL, by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import LiteralString

from gradeline.base.named_sql import read_queries

QUERIES = Path(__file__).parent / "queries"


def load_queries(file: str) -> Mapping[str, LiteralString]:
    """Read all queries of `queries/<file>.sql`: name → SQL.

    Raises:
        ValueError: a query has no description or no SQL, or a name stands twice.
    """
    return read_queries((QUERIES / file).with_suffix(".sql"))


def query(file: str, name: str) -> LiteralString:
    """Return the SQL called `name` in `queries/<file>.sql`."""
    return load_queries(file)[name]
