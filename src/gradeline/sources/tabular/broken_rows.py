"""Rows and lines on their way to quarantine: where they stood, what is wrong, their bytes."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from gradeline.records.slices import RejectedRecord
from gradeline.sources.reading.rejects import RAW_MAX, Rejects
from gradeline.sources.reading.text_lines import lines_at
from gradeline.sources.tabular.checks import Fault, as_given
from gradeline.sources.tabular.views import OpenFile

#: Longest piece of a value that a reason quotes.
_QUOTED_MAX = 100
_AT_ONCE = 1000
#: Each bad row with all that the mapping gave for it.
_BROKEN_ROWS = """
CREATE TABLE broken_rows AS
SELECT bad._line, bad._bad, coalesce(given.record, '{}') AS record
FROM (SELECT _line, _bad FROM judged WHERE _bad > 0) AS bad
LEFT JOIN (
    SELECT _line, any_value(to_json(mapped)::VARCHAR) AS record
    FROM mapped
    WHERE _line IN (SELECT _line FROM judged WHERE _bad > 0)
    GROUP BY _line
) AS given USING (_line)
"""


@dataclass(frozen=True, kw_only=True)
class BrokenRows:
    """The rows of a slice that cannot be loaded, on disk until they are read once."""

    path: Path

    def keep(
        self, connection: duckdb.DuckDBPyConnection, leading: OpenFile, faults: Sequence[Fault]
    ) -> None:
        """Write the bad rows of table `judged`, whose values as given view `mapped` has."""
        connection.execute(_BROKEN_ROWS)
        ordered = "FROM broken_rows ORDER BY _line, _bad"
        rows = connection.execute(ordered)
        with self.path.open("w", encoding="ascii") as file, connection.cursor() as other:
            lines = _lines(leading, other.execute(f"SELECT _line {ordered}"))
            while batch := rows.fetchmany(_AT_ONCE):
                for line, bad, record in batch:
                    raw = next(lines, b"") or record.encode()
                    fault = faults[bad - 1]
                    kept = base64.b64encode(raw[:RAW_MAX]).decode("ascii")
                    entry = (_place(leading, line, fault.column), _reason(fault, record), kept)
                    file.write(json.dumps(entry) + "\n")

    def __iter__(self) -> Iterator[RejectedRecord]:
        """Each row as quarantine takes it."""
        with self.path.open(encoding="ascii") as file:
            for text in file:
                place, reason, raw = json.loads(text)
                yield RejectedRecord(place=place, reason=reason, raw=base64.b64decode(raw))

    @staticmethod
    def all(
        leading: OpenFile, rejects: Rejects, rows: BrokenRows | None
    ) -> Iterator[RejectedRecord]:
        """The lines that could not be parsed, then the rows that could not be loaded."""
        for line, reason, raw in rejects:
            yield RejectedRecord(place=_place(leading, line, None), reason=reason, raw=raw)
        if rows is not None and rows.path.exists():
            yield from rows
            rows.path.unlink()


def _lines(leading: OpenFile, numbers: duckdb.DuckDBPyConnection) -> Iterator[bytes]:
    """The bytes of the bad lines of a text file, in order; nothing for other formats."""
    if leading.format not in ("csv", "tsv"):
        return
    wanted = (row[0] for row in iter(numbers.fetchone, None))
    yield from lines_at(leading.path, leading.name, wanted)


def _place(leading: OpenFile, line: int | None, column: str | None) -> str:
    where = f"{leading.name}, line {'?' if line is None else line}"
    return where if column is None else f"{where}, column {column}"


def _reason(fault: Fault, record: str) -> str:
    """`code: column words`, with the value as the mapping gave it."""
    given = json.loads(record)
    value = given.get(fault.column)
    value = str(given.get(as_given(fault.column), "null") if value is None else value)
    short = value if len(value) <= _QUOTED_MAX else value[:_QUOTED_MAX] + "…"
    return f"{fault.code}: {fault.column} {fault.words.replace('{}', repr(short))}"
