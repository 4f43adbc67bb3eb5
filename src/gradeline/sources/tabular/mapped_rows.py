"""A mapping's query over opened files: its views, what its rows may point at, its columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from gradeline.base.errors import GradelineError, InputBroken, MappingBroken
from gradeline.records.tables import CANONICAL
from gradeline.sources.id_columns import normalized_sql
from gradeline.sources.tabular.checks import as_given, cast_to
from gradeline.sources.tabular.lookup import make_lookup
from gradeline.sources.tabular.mapping import MACROS, MappingFolder, Query, sql_error
from gradeline.sources.tabular.streams import content_schema
from gradeline.sources.tabular.views import (
    OpenFile,
    columns_of,
    map_reading_errors,
    open_tables,
    open_view,
    spellings,
)

_NO_COLUMN = (
    re.compile(r'Referenced column "(?P<column>[^"]+)" not found'),
    re.compile(r'Table "[^"]+" does not have a column named "(?P<column>[^"]+)"'),
    # so named where the query gives its own column the missing one's name
    re.compile(r'Column "(?P<column>[^"]+)" referenced that exists in the SELECT clause'),
    re.compile(r'Column "(?P<column>[^"]+)" does not exist on (?:left|right) side'),
)
_SQL_ERRORS = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ParserException,
    duckdb.PermissionException,
)


def open_mapped(
    connection: duckdb.DuckDBPyConnection,
    mapping: MappingFolder,
    query: Query,
    files: Sequence[OpenFile],
    clean: Path,
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Make `mapped`, a view of the rows that a query gives over the first of `files`.

    Returns:
        Its columns (name → DuckDB type), and for columns that point at another table of the
        mapping the name of a table with the values there are.

    Raises:
        InputBroken: a file cannot be read, or lacks a column that the query reads.
        MappingBroken: the query has a mistake, or gives other columns than its table has.
    """
    tables: dict[str, list[OpenFile]] = {}
    for file in files:
        tables.setdefault(file.table.lower(), []).append(file)
    try:
        connection.execute(mapping.macros)
    except duckdb.Error as error:
        raise sql_error(MACROS, error, mapping.macros) from error
    open_tables(connection, tables, clean)
    known = _known(connection, mapping, query, tables)
    if len(tables[query.leading]) > 1:
        for spelled in spellings(query.leading, tables[query.leading]):
            open_view(connection, spelled, files[:1], clean)
    _open_lookups(connection, query, tables)
    _view(connection, "mapped", query, tables)
    given = columns_of(connection, "mapped")
    _check_columns(query, given)
    return given, known


def _known(
    connection: duckdb.DuckDBPyConnection,
    mapping: MappingFolder,
    query: Query,
    tables: Mapping[str, Sequence[OpenFile]],
) -> Mapping[str, str]:
    known = {}
    for column, other, pointed in CANONICAL[query.table].references:
        target = mapping.queries.get(other)
        if target is None or not {target.leading, *target.others} <= set(tables):
            continue
        name = f"known_{column}"
        _open_lookups(connection, target, tables)
        _view(connection, f"all_{other}", target, tables)
        kind = columns_of(connection, f"all_{other}").get(pointed)
        if kind is not None:
            value = normalized_sql(cast_to(pointed, kind, "VARCHAR"))
            connection.execute(
                f"CREATE TEMP TABLE {name} AS SELECT DISTINCT {value} AS value "
                f"FROM all_{other} WHERE {value} IS NOT NULL"
            )
            known[column] = name
    return known


def _open_lookups(
    connection: duckdb.DuckDBPyConnection, query: Query, tables: Mapping[str, Sequence[OpenFile]]
) -> None:
    for lookup in query.lookups:
        _view(connection, f"rows{lookup.table}", lookup, tables)
        with map_reading_errors(lookup.file, tables[lookup.leading][0].name):
            make_lookup(connection, lookup.table, f"rows{lookup.table}")


def _view(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    query: Query,
    tables: Mapping[str, Sequence[OpenFile]],
) -> None:
    try:
        # On one line with the query's first, so that DuckDB counts lines as the file does.
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {query.sql}")
    except _SQL_ERRORS as error:
        raise _column_error(connection, query, tables, error) from error


def _column_error(
    connection: duckdb.DuckDBPyConnection,
    query: Query,
    tables: Mapping[str, Sequence[OpenFile]],
    error: duckdb.Error,
) -> GradelineError:
    """Return an error about a missing column, with the headers of the files, or about the SQL."""
    mapped_error = sql_error(query.file, error)
    found = next((match for words in _NO_COLUMN if (match := words.search(str(error)))), None)
    if found is None:
        return mapped_error
    read = [name for name in (query.leading, *sorted(query.others)) if name in tables]
    headers = [
        f"{tables[name][0].name} has {', '.join(columns_of(connection, name))}" for name in read
    ]
    place = mapped_error.what.partition(":")[0]
    return InputBroken(
        f"{place} reads a column {found['column']!r}, but no file has it: {'; '.join(headers)}.",
        hint="Restore the old header, or fix the SQL, and run again.",
    )


def _check_columns(query: Query, given: Mapping[str, str]) -> None:
    schema = content_schema(query.table)
    needed = {"_file", "_line", *(field.name for field in schema if not field.nullable)}
    missing = sorted(needed - set(given))
    strange = sorted(set(given) - needed - set(schema.names) - set(map(as_given, schema.names)))
    if missing or strange:
        parts = [
            f"does not give {', '.join(missing)}" if missing else "",
            f"gives {', '.join(strange)}, which {query.table} does not have" if strange else "",
        ]
        raise MappingBroken(
            f"{query.file} {' and '.join(filter(None, parts))}.",
            hint=f"The columns are _file, _line, {', '.join(schema.names)}.",
        )
