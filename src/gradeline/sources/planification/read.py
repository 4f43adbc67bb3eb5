"""Read a plan file: one row of facts for each planned item of a course."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from gradeline.base.errors import InputBroken
from gradeline.records.ids import normalize_id
from gradeline.records.slices import PlannedSlice
from gradeline.records.streams import POSITION_COLUMN, SLICE_COLUMN
from gradeline.sources.encodings.rules import EncodingRule
from gradeline.sources.reading.days import parse_day
from gradeline.sources.reading.fact_writer import DuplicateKey, Row, SliceWriter
from gradeline.sources.reading.text_lines import Form, form_of, is_only_utf8
from gradeline.sources.source import Reading

POSITION = pa.field(POSITION_COLUMN, pa.int64(), nullable=False)
COLUMNS = (
    pa.field("course_id", pa.string(), nullable=False),
    pa.field("item_id", pa.string(), nullable=False),
    pa.field("title", pa.string()),
    pa.field("due_on", pa.date32(), nullable=False),
    pa.field("status", pa.string(), nullable=False),
)
#: Facts; `position` is the number of the line, from 1.
FACTS = pa.schema([pa.field(SLICE_COLUMN, pa.string(), nullable=False), POSITION, *COLUMNS])
_REQUIRED = ("date", "assessment_id")
#: `31/12/2024`, as spreadsheets in Spanish write it.
_ACTIVE = "active"


def read_plan(planned: PlannedSlice, path: Path, facts: Path, rule: EncodingRule) -> Reading:
    """Write the plan of one course as facts and count what became of its lines.

    Raises:
        InputBroken: the file is not CSV with the columns of a plan.
        EncodingUnclear: it reads well in two encodings, or in none.
    """
    name, course_id = f"planification/{planned.detail['file']}", planned.slice.window
    rows: dict[str, Row] = {}
    text, form = _decode(path, name, rule)
    with SliceWriter(facts, planned.slice, FACTS) as writer:
        writer.counts.courses.add(course_id)
        for number, line, cells in _lines(name, text):
            try:
                _refuse_bad_text(line, form)
                row = {POSITION_COLUMN: number, "course_id": course_id, **_plan_row(cells)}
                content = repr((row["title"], row["due_on"], row["status"])).encode()
                writer.add(row, key=(row["item_id"],), content=content)
                rows.setdefault(row["item_id"], row)
            except DuplicateKey:
                reason = f"duplicate_key: {row['item_id']} is planned twice"
                writer.reject(f"{name}, line {number}", reason, _bytes(line, form))
            except ValueError as error:
                writer.reject(f"{name}, line {number}", str(error), _bytes(line, form))
        reading = writer.finish(_checksum(rows.values()))
    return replace(reading, notes={"encodings": {str(planned.detail["file"]): form.found.note}})


def _checksum(rows: Iterable[Row]) -> str:
    lines = sorted(repr(sorted(row.items())) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _plan_row(cells: Mapping[str, str]) -> Row:
    """Check the cells of one line, by the names of their columns.

    Raises:
        ValueError: one is missing or wrong; the message begins with a code.
    """
    item_id = normalize_id(cells.get("assessment_id", ""))
    if not item_id:
        raise ValueError("missing: assessment_id is empty")
    if "\0" in "".join(cells.values()):
        raise ValueError("bad_text: a NUL character")
    return {
        "item_id": item_id,
        "title": cells.get("assessment_name") or None,
        "due_on": parse_day(cells.get("date", ""), "date"),
        "status": cells.get("status", "").lower() or _ACTIVE,
    }


def _decode(path: Path, name: str, rule: EncodingRule) -> tuple[str, Form]:
    """Return the text of a file, and how it is written; bytes that do not fit as surrogates."""
    form = form_of(path, name, rule)
    content = path.read_bytes()[form.skip :]
    return content.decode(form.found.name, errors=_errors(form)), form


def _errors(form: Form) -> str:
    return "surrogatepass" if form.is_utf16 else "surrogateescape"


def _bytes(line: str, form: Form) -> bytes:
    """Return the bytes of a line, UTF-16 as UTF-8."""
    return line.encode(form.encoding, errors=_errors(form))


def _refuse_bad_text(line: str, form: Form) -> None:
    """Refuse a line that is not in the encoding of its file.

    Raises:
        ValueError: it is not; the message begins with a code.
    """
    if any("\ud800" <= letter <= "\udfff" for letter in line):
        raise ValueError(f"bad_encoding: the line is not {form.encoding.upper()}")
    if form.found.mixed and is_only_utf8(_bytes(line, form)):
        raise ValueError(f"bad_encoding: the line is UTF-8 in a file in {form.encoding}")


def _lines(name: str, text: str) -> Iterator[tuple[int, str, Mapping[str, str]]]:
    """Yield number, text and cells of each line that is not empty; `;` or `,` separates cells."""
    lines = text.splitlines()
    separator = ";" if ";" in (lines[0] if lines else "") else ","
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    header: list[str] | None = None
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if header is None and any(stripped):
                header = [cell.lower() for cell in stripped]
                _check_header(name, header)
            elif header is not None and any(stripped):
                named = dict(zip(header, stripped, strict=False))
                yield reader.line_num, separator.join(cells), named
    except csv.Error as error:
        raise InputBroken(
            f"{name} cannot be read as CSV at line {reader.line_num}: {error}.",
            hint="Fix the file and run again.",
        ) from error


def _check_header(name: str, header: Sequence[str]) -> None:
    missing = [column for column in _REQUIRED if column not in header]
    if missing:
        raise InputBroken(
            f"{name} has no column {' and '.join(missing)}.",
            hint="Its first line is date;assessment_id;assessment_name;status.",
        )
