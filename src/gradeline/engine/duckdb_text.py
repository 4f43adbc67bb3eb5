"""DuckDB's own SQL, where no expression says it: files, columns, and texts kept as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir


#: How each connection begins.
SET_UP = "SET enable_progress_bar = false; SET TimeZone = 'UTC'"


def over_parquet(
    present: Iterable[str], locations: Sequence[str], columns: Mapping[str, str]
) -> str:
    """A query over Parquet files that sees exactly these columns, matched by name.

    Casts in the query, not a schema given to `read_parquet`: with one of those DuckDB 2.0 reads
    five times slower and no longer knows how many rows there are.
    """
    there = set(present)
    selected = ", ".join(
        f"CAST({quoted(name) if name in there else 'NULL'} AS {kind}) AS {quoted(name)}"
        for name, kind in columns.items()
    )
    return f"SELECT {selected} FROM {files(locations)}"


def files(locations: Sequence[str]) -> str:
    """Parquet files as one table."""
    paths = ", ".join(literal(location) for location in locations)
    # `key=value` folders are names here, never columns.
    return f"read_parquet([{paths}], union_by_name = true, hive_partitioning = false)"


def no_rows(columns: Mapping[str, str]) -> str:
    """A query that gives these columns and no row."""
    nulls = ", ".join(f"CAST(NULL AS {kind}) AS {quoted(name)}" for name, kind in columns.items())
    return f"SELECT {nulls} WHERE false"


def literal(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def quoted(value: str) -> str:
    """A name as SQL writes it."""
    return '"' + value.replace('"', '""') + '"'


def _code(column: str) -> str:
    """The type of a column's texts as numbers."""
    return quoted(f"code_of_{column}")


def listing(column: str, tables: Iterable[ir.Table]) -> str:
    """Makes the list of a column's texts in all of these tables."""
    one = quoted(column)
    every = " UNION ".join(f"SELECT {one} FROM {quoted(each.get_name())}" for each in tables)
    texts = f"SELECT {one} FROM ({every}) WHERE {one} IS NOT NULL ORDER BY {one}"
    return f"CREATE TYPE {_code(column)} AS ENUM ({texts})"


def numbering(name: str, columns: Iterable[str]) -> str:
    """Lets a kept table hold these columns as numbers."""
    numbered = ", ".join(f"{quoted(each)}::{_code(each)} AS {quoted(each)}" for each in columns)
    query = f"SELECT * REPLACE ({numbered}) FROM {quoted(name)}"
    return f"CREATE OR REPLACE TABLE {quoted(name)} AS {query}"
