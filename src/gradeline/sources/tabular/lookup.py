"""A lookup of a mapping: a small table that is made once for a slice and joined by its rows."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from gradeline.sources.sql import quoted
from gradeline.sources.tabular.views import columns_of

#: A column of more texts, or of longer ones, stays plain: a fact file repeats all texts of a type
#: for every 122,880 rows, 1 MiB at most.
MOST_TEXTS = 8192
LONGEST_TEXT = 128  # bytes


def make_lookup(connection: duckdb.DuckDBPyConnection, name: str, view: str) -> None:
    """Make a table of a view's rows, each column of few texts as a type of those texts.

    Rows that are joined with it then carry small numbers in the place of texts, which makes
    them several times cheaper to write: a Parquet file holds such texts by their numbers.
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {quoted(name)} AS FROM {quoted(view)}")
    few = _few(connection, name)
    for column in few:
        # In the order of texts, so that whatever sorts by the type sorts as by text.
        connection.execute(
            f"CREATE OR REPLACE TYPE {_type(name, column)} AS ENUM (SELECT DISTINCT "
            f"{quoted(column)} FROM {quoted(name)} WHERE {quoted(column)} IS NOT NULL ORDER BY ALL)"
        )
    if few:
        typed = ", ".join(f"{quoted(c)}::{_type(name, c)} AS {quoted(c)}" for c in few)
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {quoted(name)} AS "
            f"SELECT * REPLACE ({typed}) FROM {quoted(name)}"
        )


def _few(connection: duckdb.DuckDBPyConnection, name: str) -> Sequence[str]:
    """Return the columns of few and short texts, none of them empty: an empty text becomes null."""
    texts = [column for column, kind in columns_of(connection, name).items() if kind == "VARCHAR"]
    if not texts:
        return []
    looks = ", ".join(
        f"count(DISTINCT {quoted(c)}) <= {MOST_TEXTS} AND min({quoted(c)}) <> '' "
        f"AND max(strlen({quoted(c)})) <= {LONGEST_TEXT}"
        for c in texts
    )
    found = connection.execute(f"SELECT {looks} FROM {quoted(name)}").fetchone()
    return [column for column, is_few in zip(texts, found or (), strict=True) if is_few]


def _type(name: str, column: str) -> str:
    return quoted(f"{name}.{column}")
