"""Rows and lines of tables on their way to quarantine: place, reason and bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import duckdb

from gradeline.records.slices import RejectedRecord
from gradeline.sources.reading.rejects import RAW_MAX, RejectSpool
from gradeline.sources.reading.text_lines import records_at
from gradeline.sources.sql import literal, quoted
from gradeline.sources.tabular import csv_file
from gradeline.sources.tabular.checks import RowCheck, as_given
from gradeline.sources.tabular.job import Job
from gradeline.sources.tabular.records import records_of
from gradeline.sources.tabular.streams import content_schema
from gradeline.sources.tabular.views import OpenFile, line_rejects, lines_sql

#: Longest piece of a value that a reason quotes.
_QUOTED_MAX = 100
_AT_ONCE = 1000


@dataclass(frozen=True, kw_only=True)
class LineRejects:
    """The lines of a slice's files that could not be parsed, as its rejected records."""

    files: Sequence[tuple[OpenFile, RejectSpool]]  #: those that count in this slice
    elsewhere: int  #: such lines of files that its rows come from, if another slice counts them

    @classmethod
    def of(cls, job: Job) -> LineRejects:
        """Return those of the files that a slice accounts for."""
        spools = [(file, line_rejects(file, job.clean)) for file in job.readable]
        united = job.united if job.part == 0 else ()
        own = {job.files[0].name, *(file.name for file in united)}
        return cls(
            files=[(file, lines) for file, lines in spools if file.name in job.accounts],
            elsewhere=sum(
                len(lines)
                for file, lines in spools
                if file.name in own and file.name not in job.accounts
            ),
        )

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(len(lines) for _, lines in self.files)

    def __iter__(self) -> Iterator[RejectedRecord]:
        """Yield them file by file, each placed as `answers.csv, line 7`."""
        for file, lines in self.files:
            for line in lines:
                yield replace(line, place=f"{file.name}, {line.place}")


def spool_bad_rows(
    connection: duckdb.DuckDBPyConnection, job: Job, checks: Sequence[RowCheck], spool: RejectSpool
) -> None:
    """Add the rows of the table `checked` with a fault, under the files and lines they name.

    Args:
        connection: has the table, as `check_rows` makes it.
        job: the slice.
        checks: what `_bad` numbers, from 1.
        spool: takes the rows, file by file and in the order of their lines.
    """
    connection.execute(_broken_rows(job.query.table))
    found = connection.execute("SELECT DISTINCT _from FROM broken_rows ORDER BY _from")
    for (number,) in found.fetchall():
        file = job.readable[number or 0]
        lines = "SELECT NULL::BIGINT AS _line" if number is None else lines_sql(file, job.clean)
        ordered = (
            f"FROM (SELECT *, _line IN ({lines}) IS TRUE AS _there FROM broken_rows "
            f"WHERE _from IS NOT DISTINCT FROM {'NULL' if number is None else number}) "
            "ORDER BY _line, _bad, record"
        )
        rows = connection.execute(f"SELECT _line, _bad, record, differing, _there {ordered}")
        with connection.cursor() as other:
            raws = _records(
                file,
                other.execute(f"SELECT _line {ordered.replace('ORDER', 'WHERE _there ORDER')}"),
            )
            while batch := rows.fetchmany(_AT_ONCE):
                for line, bad, record, differing, there in batch:
                    raw = next(raws, b"") if there else b""
                    check = checks[bad - 1]
                    where = f"line {'?' if line is None else line}, column {check.column}"
                    reason = _reason(check, json.loads(record), differing)
                    spool.add(f"{file.name}, {where}", reason, (raw or record.encode())[:RAW_MAX])


def _broken_rows(table: str) -> str:
    """Return SQL for a table of the bad rows, each with what the mapping gave for it.

    It is no temporary one, so that all cursors see it. Its column `differing` names columns that
    tell apart the rows of one line, as a gradebook has several.
    """
    schema = content_schema(table)
    content = ", ".join(f"{quoted(name)} := {quoted(name)}" for name in schema.names)
    differing = ", ".join(
        f"CASE WHEN {_differs(name)} THEN {literal(name)} END" for name in schema.names
    )
    bad = "SELECT _from, _line FROM checked WHERE _bad > 0"
    return (
        "CREATE TABLE broken_rows AS SELECT bad._from, bad._line, bad._bad, "
        f"coalesce(bad._record, to_json(struct_pack({content}))::VARCHAR) AS record, "
        "list_filter(coalesce(shared.differing, []), lambda name: name IS NOT NULL) AS differing "
        "FROM (FROM checked WHERE _bad > 0) AS bad LEFT JOIN ("
        f"SELECT _from, _line, [{differing}] AS differing FROM checked "
        f"WHERE (_from, _line) IN ({bad}) GROUP BY _from, _line HAVING count(*) > 1"
        ") AS shared USING (_from, _line)"
    )


def _differs(name: str) -> str:
    text = f"coalesce({quoted(name)}::VARCHAR, '')"
    return f"min({text}) <> max({text})"


def _records(file: OpenFile, numbers: duckdb.DuckDBPyConnection) -> Iterator[bytes]:
    """Yield the bytes of records by their lines, which rise; nothing for binary formats."""
    lines = (row[0] for row in iter(numbers.fetchone, None))
    if file.format in ("csv", "tsv"):
        yield from records_at(file.path, file.name, lines, csv_file.SPAN, file.rule)
    elif "json" in file.format:
        yield from _json_records(file, lines)


def _json_records(file: OpenFile, numbers: Iterable[int]) -> Iterator[bytes]:
    records = records_of(file.path, file.name)
    at, raw = next(records, (0, b""))
    for number in numbers:
        while at < number:
            at, raw = next(records, (number, b""))
        yield raw


def _reason(check: RowCheck, values: Mapping[str, object], differing: Sequence[str]) -> str:
    """`code: column words`, with the value as the mapping gave it and what else names the row."""
    reason = (
        f"{check.code}: {check.column} {check.message.replace('{}', _value(check.column, values))}"
    )
    others = [name for name in differing if name != check.column]
    ids = [name for name in others if name.endswith("_id")]
    told = ", ".join(f"{name} {_value(name, values)}" for name in ids or islice(others, 1))
    return f"{reason} ({told})" if told else reason


def _value(column: str, values: Mapping[str, object]) -> str:
    value = values.get(column)
    value = str(values.get(as_given(column), "null") if value is None else value)
    return repr(value if len(value) <= _QUOTED_MAX else value[:_QUOTED_MAX] + "…")
