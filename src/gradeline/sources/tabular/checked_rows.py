"""Judge each row of a mapping: which are stored, which are there twice, which are rejected."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from gradeline.base.errors import MappingBroken
from gradeline.records.tables import CANONICAL
from gradeline.sources.sql import literal, quoted
from gradeline.sources.tabular.checks import DUPLICATE, RowCheck, first_failed_check
from gradeline.sources.tabular.ids import normal_rows_sql
from gradeline.sources.tabular.job import Job
from gradeline.sources.tabular.streams import OWN_ID, content_schema

_NO_LINE = "is required: the row comes from no line of a file"
#: What a row must say of its place, before all else.
_PLACE_CHECKS = (
    RowCheck(code="missing", column="_line", message=_NO_LINE, fails_when="_line IS NULL"),
    RowCheck(code="missing", column="_file", message=_NO_LINE, fails_when="_from IS NULL"),
)


def place_columns(job: Job) -> list[str]:
    """Return select items that say where a row of `mapped` comes from, and how it was given.

    These are `_line`; `_own_line`, its line if the file is the leading one; and `_given`, all that
    the mapping gave.
    """
    leading = literal(job.files[0].name)
    return [
        "_line::BIGINT AS _line",
        f"CASE WHEN _file::VARCHAR = {leading} THEN _line::BIGINT END AS _own_line",
        "mapped AS _given",
    ]


def check_rows(
    connection: duckdb.DuckDBPyConnection, job: Job, checks: Sequence[RowCheck]
) -> Sequence[RowCheck]:
    """Make the table `checked`: each row of the view `typed` that is this slice's, judged.

    Its columns are those of the canonical table, `_from`, `_line`, `position`, `_bad` (0 for a
    row to store, DUPLICATE for one that repeats another, else the number of what is wrong) and
    `_record` (what the mapping gave where a check failed, as JSON).

    Returns:
        What `_bad` numbers, from 1.

    Raises:
        MappingBroken: rows name a file that the query does not read.
    """
    table = job.query.table
    columns = ", ".join(map(quoted, content_schema(table).names))
    content = f"row({columns})"
    duplicate = RowCheck(
        code="duplicate_key", column=_key(table)[0], message="is given twice: {}", fails_when=""
    )
    all_checks = [*_PLACE_CHECKS, *checks, duplicate]
    _open_own_rows(connection, job)
    connection.execute(
        f"CREATE TEMP TABLE checked AS SELECT {columns}, _from, _line, _stray, _record, "
        f"{_position_sql(connection, content)} AS position, "
        f"{_verdict_sql(table, content, len(all_checks))} AS _bad "
        "FROM (SELECT *, CASE WHEN _fault <> 0 THEN to_json(_given)::VARCHAR END AS _record "
        f"FROM (SELECT *, {first_failed_check(all_checks[:-1])} AS _fault FROM own_rows))"
    )
    _refuse_strays(connection, job)
    return all_checks


def _key(table: str) -> tuple[str, ...]:
    return CANONICAL[table].key


def _open_own_rows(connection: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Make `own_rows` of `typed`: with `_from`, the number of a row's file, and `_stray`, a file
    that the query does not read; without what is no row of this slice.

    An aggregate gives a row even of no line. Rows that a UNION adds from another file come in
    each slice of the query, and belong to that of the first file.
    """
    names = ", ".join(literal(file.name) for file in job.readable)
    connection.execute(f"CREATE TYPE files_read AS ENUM ({names})")
    number = "enum_code(TRY_CAST(_given._file::VARCHAR AS files_read))::INTEGER"
    united = [
        str(number)
        for number, file in enumerate(job.readable)
        if job.part > 0 and file.table in job.query.united
    ]
    rows = normal_rows_sql(job.query.table, "typed")
    conditions = ["_line IS NOT NULL"] if job.query.summary else []
    if united:
        conditions.append(f"coalesce(_from NOT IN ({', '.join(united)}), true)")
    where = " AND ".join(conditions) or "true"
    connection.execute(
        "CREATE TEMP VIEW own_rows AS SELECT *, "
        "CASE WHEN _from IS NULL THEN _given._file::VARCHAR END AS _stray "
        f"FROM (SELECT *, {number} AS _from FROM ({rows})) WHERE {where}"
    )


def _refuse_strays(connection: duckdb.DuckDBPyConnection, job: Job) -> None:
    found = connection.execute("SELECT count(_stray), min(_stray) FROM checked").fetchall()
    rows, name = found[0]
    if rows:
        read = ", ".join(file.name for file in job.readable)
        raise MappingBroken(
            f"{job.query.file} gives {name!r} as _file, but it reads {read}.",
            hint="Select _file and _line of the table that a row comes from.",
        )


def _position_sql(connection: duckdb.DuckDBPyConnection, content: str) -> str:
    """SQL for the position of a row: its line, or where lines repeat its place among all rows."""
    found = connection.execute(
        "SELECT count(*) = count(DISTINCT _own_line) AND min(_own_line) > 0 FROM own_rows"
    )
    ((unique,),) = found.fetchall()
    return "_line - 1" if unique else f"row_number() OVER (ORDER BY _from, _line, {content}) - 1"


def _verdict_sql(table: str, content: str, duplicate: int) -> str:
    """SQL: a row's fault, or that it repeats an earlier row (DUPLICATE) or only that row's key."""
    key = ", ".join(map(quoted, _key(table)))
    # A row without an id of its own repeats none; other columns of a key may be null and equal.
    own = OWN_ID.get(table)
    none = f"{quoted(own)} IS NULL" if own else "false"
    window = f"(PARTITION BY {key}, _fault = 0 ORDER BY _from, _line, {content})"
    return (
        f"CASE WHEN _fault <> 0 THEN _fault WHEN {none} OR row_number() OVER {window} = 1 THEN 0 "
        f"WHEN first_value({content}) OVER {window} IS NOT DISTINCT FROM {content} "
        f"THEN {DUPLICATE} ELSE {duplicate} END"
    )
