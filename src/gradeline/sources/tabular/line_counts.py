"""Count the lines of a slice's files that gave no row, or several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from gradeline.records.counts import LineCounts
from gradeline.sources.tabular.job import Job
from gradeline.sources.tabular.views import OpenFile, count_records, lines_sql

#: A table with a row for each row of a query: `_from`, the number of its file among those the
#: query reads, and `_line`.
Rows = str


def count_lines(
    connection: duckdb.DuckDBPyConnection, job: Job, rows: Rows
) -> tuple[LineCounts, ...]:
    """Compare the lines of a slice's files with the rows that its query gave.

    Queries that make one row of several lines, or pick one of several, leave lines without a row
    on purpose: nothing is counted for them.
    """
    if not job.query.by_line:
        return ()
    files = _files_of_rows(job, _numbers(connection, rows))
    found = (_counted(connection, job, rows, number) for number in files)
    return tuple(each for each in found if each.without_row or each.with_several)


def _numbers(connection: duckdb.DuckDBPyConnection, rows: Rows) -> frozenset[int]:
    found = connection.execute(f"SELECT DISTINCT _from FROM {rows} WHERE _from IS NOT NULL")
    return frozenset(number for (number,) in found.fetchall())


def _files_of_rows(job: Job, named: frozenset[int]) -> Iterator[int]:
    """Yield the numbers of the files that rows come from, or should come from.

    Lines of a file that is not the slice's own are looked at in one slice of the query only: that
    of the first file where a UNION adds its rows, else the only one.
    """
    united = {file.name for file in job.united}
    for number, file in enumerate(job.readable):
        if number == 0:
            # A query may begin with one table and take its rows from one that it joins.
            expected = bool(united) or not named - {0}
        else:
            expected = file.name in united and job.part == 0
        if expected or (number in named and (number == 0 or job.parts == 1)):
            yield number


def _counted(
    connection: duckdb.DuckDBPyConnection, job: Job, rows: Rows, number: int
) -> LineCounts:
    file: OpenFile = job.readable[number]
    given = f"FROM {rows} WHERE _from = {number} AND _line IS NOT NULL"
    without = connection.execute(
        f"SELECT count(*) FROM ({lines_sql(file, job.clean)}) WHERE _line NOT IN "
        f"(SELECT _line {given})"
    ).fetchall()
    several = connection.execute(
        "SELECT count(*), coalesce(sum(rows), 0)::BIGINT FROM "
        f"(SELECT count(*) AS rows {given} GROUP BY _line HAVING rows > 1)"
    ).fetchall()
    return LineCounts(
        stream=job.query.table,
        file=file.name,
        without_row=without[0][0],
        with_several=several[0][0],
        rows=several[0][1],
    )


def has_all_lines(
    connection: duckdb.DuckDBPyConnection, job: Job, span: Sequence[int | None]
) -> bool:
    """Whether rows of unique lines are all the lines of the leading file, told without a join.

    Args:
        connection: reads the file.
        job: the slice.
        span: how many rows there are, and their first and last line.
    """
    leading = job.files[0]
    count = count_records(leading, job.clean)
    if count != span[0] or not count:
        return count == span[0]
    if leading.format == "parquet":
        return tuple(span) == (count, 1, count)
    found = connection.execute(
        f"SELECT min(_line), max(_line) FROM ({lines_sql(leading, job.clean)})"
    ).fetchall()
    first, last = found[0]
    return (first, last) == tuple(span[1:]) and last - first + 1 == count
