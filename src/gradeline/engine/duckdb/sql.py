"""DuckDB's SQL where Ibis has none: Parquet files, columns, and texts stored as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir


#: Executed first on each connection.
SET_UP = "SET enable_progress_bar = false; SET TimeZone = 'UTC'"


def parquet_query(
    present: Iterable[str], locations: Sequence[str], columns: Mapping[str, str]
) -> str:
    """Return a query over Parquet files with exactly these columns, matched by name.

    It casts instead of passing a schema to `read_parquet`, with which DuckDB 2.0 reads five times
    slower and no longer knows the number of rows.

    Args:
        present: names of the columns in the files; others are null.
        locations: of the files.
        columns: name → DuckDB type.
    """
    names = set(present)
    quoted = {name: quote_identifier(name) for name in columns}
    selected = ", ".join(
        f"CAST({quoted[name] if name in names else 'NULL'} AS {kind}) AS {quoted[name]}"
        for name, kind in columns.items()
    )
    return f"SELECT {selected} FROM {parquet_relation(locations)}"


def parquet_relation(locations: Sequence[str]) -> str:
    """Return the table function that reads Parquet files as one table."""
    paths = ", ".join(quote_literal(location) for location in locations)
    # A folder `key=value` is only a name, not a column.
    return f"read_parquet([{paths}], union_by_name = true, hive_partitioning = false)"


def empty_query(columns: Mapping[str, str]) -> str:
    """Return a query with these columns and no rows."""
    nulls = ", ".join(
        f"CAST(NULL AS {kind}) AS {quote_identifier(name)}" for name, kind in columns.items()
    )
    return f"SELECT {nulls} WHERE false"


def quote_literal(value: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def quote_identifier(value: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + value.replace('"', '""') + '"'


def _enum_type(column: str) -> str:
    """Return the name of a column's enum type."""
    return quote_identifier(f"code_of_{column}")


def create_enum(column: str, tables: Iterable[ir.Table]) -> str:
    """Return the statement that creates an enum of a column's texts in all of these tables."""
    name = quote_identifier(column)
    union = " UNION ".join(
        f"SELECT {name} FROM {quote_identifier(table.get_name())}" for table in tables
    )
    texts = f"SELECT {name} FROM ({union}) WHERE {name} IS NOT NULL ORDER BY {name}"
    return f"CREATE TYPE {_enum_type(column)} AS ENUM ({texts})"


def encode_columns(name: str, columns: Iterable[str]) -> str:
    """Return the statement that stores these columns of a table as values of their enums."""
    encoded = ", ".join(
        f"{quote_identifier(column)}::{_enum_type(column)} AS {quote_identifier(column)}"
        for column in columns
    )
    query = f"SELECT * REPLACE ({encoded}) FROM {quote_identifier(name)}"
    return f"CREATE OR REPLACE TABLE {quote_identifier(name)} AS {query}"
