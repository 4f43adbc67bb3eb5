"""DuckDB's own SQL, where no expression says it: files, columns, and texts kept as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir


#: How each connection begins.
SET_UP = "SET enable_progress_bar = false; SET TimeZone = 'UTC'"


def parquet_query(
    present: Iterable[str], locations: Sequence[str], columns: Mapping[str, str]
) -> str:
    """A query over Parquet files that sees exactly these columns, matched by name.

    Casts in the query, not a schema given to `read_parquet`: with one of those DuckDB 2.0 reads
    five times slower and no longer knows how many rows there are.
    """
    there = set(present)
    selected = ", ".join(
        f"CAST({column if name in there else 'NULL'} AS {kind}) AS {column}"
        for name, kind in columns.items()
        if (column := quote_identifier(name))
    )
    return f"SELECT {selected} FROM {parquet_relation(locations)}"


def parquet_relation(locations: Sequence[str]) -> str:
    """Parquet files as one table."""
    paths = ", ".join(quote_literal(location) for location in locations)
    # `key=value` folders are names here, never columns.
    return f"read_parquet([{paths}], union_by_name = true, hive_partitioning = false)"


def empty_query(columns: Mapping[str, str]) -> str:
    """A query that gives these columns and no row."""
    nulls = ", ".join(
        f"CAST(NULL AS {kind}) AS {quote_identifier(name)}" for name, kind in columns.items()
    )
    return f"SELECT {nulls} WHERE false"


def quote_literal(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def quote_identifier(value: str) -> str:
    """A name as SQL writes it."""
    return '"' + value.replace('"', '""') + '"'


def _enum_type(column: str) -> str:
    """The type of a column's texts as numbers."""
    return quote_identifier(f"code_of_{column}")


def create_enum(column: str, tables: Iterable[ir.Table]) -> str:
    """Makes the list of a column's texts in all of these tables."""
    one = quote_identifier(column)
    every = " UNION ".join(
        f"SELECT {one} FROM {quote_identifier(each.get_name())}" for each in tables
    )
    texts = f"SELECT {one} FROM ({every}) WHERE {one} IS NOT NULL ORDER BY {one}"
    return f"CREATE TYPE {_enum_type(column)} AS ENUM ({texts})"


def encode_columns(name: str, columns: Iterable[str]) -> str:
    """Lets a kept table hold these columns as numbers."""
    numbered = ", ".join(
        f"{quote_identifier(each)}::{_enum_type(each)} AS {quote_identifier(each)}"
        for each in columns
    )
    query = f"SELECT * REPLACE ({numbered}) FROM {quote_identifier(name)}"
    return f"CREATE OR REPLACE TABLE {quote_identifier(name)} AS {query}"
