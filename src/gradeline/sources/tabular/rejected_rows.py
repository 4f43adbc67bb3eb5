"""Rows and lines of tables on their way to quarantine: place, reason and bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import duckdb

from gradeline.records.slices import RejectedRecord
from gradeline.sources.reading.rejects import RAW_MAX, RejectSpool
from gradeline.sources.reading.text_lines import lines_at
from gradeline.sources.tabular.checks import RowCheck, as_given
from gradeline.sources.tabular.views import OpenFile

#: Longest piece of a value that a reason quotes.
_QUOTED_MAX = 100
_AT_ONCE = 1000
#: Each bad row with all that the mapping gave for it.
_BROKEN_ROWS = """
CREATE TABLE broken_rows AS
SELECT bad._line, bad._bad, coalesce(given.record, '{}') AS record
FROM (SELECT _line, _bad FROM checked WHERE _bad > 0) AS bad
LEFT JOIN (
    SELECT _line, any_value(to_json(mapped)::VARCHAR) AS record
    FROM mapped
    WHERE _line IN (SELECT _line FROM checked WHERE _bad > 0)
    GROUP BY _line
) AS given USING (_line)
"""


def spool_bad_rows(
    connection: duckdb.DuckDBPyConnection,
    leading: OpenFile,
    checks: Sequence[RowCheck],
    spool: RejectSpool,
) -> None:
    """Add the rows of the table `checked` with a fault; the view `mapped` has their values.

    Args:
        connection: has both, with columns `_line` and `_bad` (the fault's number, from 1).
        leading: the file that the rows come from.
        checks: what `_bad` numbers.
        spool: takes the rows, by their lines.
    """
    connection.execute(_BROKEN_ROWS)
    ordered = "FROM broken_rows ORDER BY _line, _bad"
    rows = connection.execute(ordered)
    with connection.cursor() as other:
        lines = _lines(leading, other.execute(f"SELECT _line {ordered}"))
        while batch := rows.fetchmany(_AT_ONCE):
            for line, bad, record in batch:
                raw = next(lines, b"") or record.encode()
                check = checks[bad - 1]
                where = f"line {'?' if line is None else line}, column {check.column}"
                spool.add(f"{leading.name}, {where}", _reason(check, record), raw[:RAW_MAX])


def all_rejects(
    leading: OpenFile, lines: Iterable[RejectedRecord], rows: Iterable[RejectedRecord]
) -> Iterator[RejectedRecord]:
    """Yield the lines that could not be parsed, then the rows that could not be loaded."""
    for line in lines:
        yield replace(line, place=f"{leading.name}, {line.place}")
    yield from rows


def _lines(leading: OpenFile, numbers: duckdb.DuckDBPyConnection) -> Iterator[bytes]:
    """Yield the bytes of the bad lines of a text file, in order; nothing for other formats."""
    if leading.format not in ("csv", "tsv"):
        return
    line_numbers = (row[0] for row in iter(numbers.fetchone, None))
    yield from lines_at(leading.path, leading.name, line_numbers, leading.rule)


def _reason(check: RowCheck, record: str) -> str:
    """`code: column words`, with the value as the mapping gave it."""
    values = json.loads(record)
    value = values.get(check.column)
    value = str(values.get(as_given(check.column), "null") if value is None else value)
    short = value if len(value) <= _QUOTED_MAX else value[:_QUOTED_MAX] + "…"
    return f"{check.code}: {check.column} {check.message.replace('{}', repr(short))}"
