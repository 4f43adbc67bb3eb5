"""Read CSV and TSV as text with line numbers; lines that cannot be parsed are rejected."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from gradeline.base.errors import InputBroken
from gradeline.sources.encodings.find import FoundEncoding
from gradeline.sources.encodings.rules import FIND, EncodingRule
from gradeline.sources.reading.rejects import Reject
from gradeline.sources.reading.text_lines import LINE_MAX, Form, chunks, form_of, is_only_utf8

#: Columns a table may have; more is not a table that a person made.
COLUMNS_MAX = 10_000
#: Lines that one quoted field may run over; a quote open for longer was never closed.
SPAN = 1000
_DELIMITERS = ",;\t|"


def convert(
    path: Path, name: str, out: Path, reject: Reject, rule: EncodingRule = FIND
) -> FoundEncoding:
    """Write a CSV or TSV file as Parquet: every column text, `_line` where its record began.

    Returns:
        The encoding of the file.

    Raises:
        InputBroken: the file is empty, or its first line is not a header.
        EncodingUnclear: the file reads well in two encodings, or in none.
    """
    form = form_of(path, name, rule)
    pieces = chunks(path, form)
    header, first, line = _header(pieces, name)
    delimiter, columns = _columns(header, form, name)
    parser = _Parser(form, delimiter, columns, reject)
    parser.line = line + 1
    kinds: list[tuple[str, pa.DataType]] = [(column, pa.string()) for column in unique(columns)]
    schema = pa.schema([*kinds, ("_line", pa.int64())])
    with pq.ParquetWriter(out, schema, compression="lz4") as writer:
        for lines in _after(first, pieces):
            rows, numbers = parser.feed(lines or [], last=lines is None)
            if rows:
                arrays = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
                writer.write_table(
                    pa.table([*arrays, pa.array(numbers, pa.int64())], schema=schema)
                )
    return form.found


def unique(columns: Sequence[str]) -> list[str]:
    """Names of columns made fit: none is empty, ours, or there twice (case does not count)."""
    taken = {"_line", "_file", "file_row_number"}
    names = []
    for number, column in enumerate(columns, start=1):
        name = column or f"column_{number}"
        while name.lower() in taken:
            name = f"{name}_{number}"
        taken.add(name.lower())
        names.append(name)
    return names


def _header(pieces: Iterator[list[bytes]], name: str) -> tuple[bytes, list[bytes], int]:
    """The first line that is not blank, the lines after it that came along, and its number."""
    line = 0
    for lines in pieces:
        for at, text in enumerate(lines):
            if text.strip():
                return text, lines[at + 1 :], line + at + 1
        line += len(lines)
    raise InputBroken(f"{name} is empty: it has not even a header.", hint="Copy it again.")


def _after(first: list[bytes], pieces: Iterator[list[bytes]]) -> Iterator[list[bytes] | None]:
    yield first
    yield from pieces
    yield None


def _columns(header: bytes, form: Form, name: str) -> tuple[str, list[str]]:
    """Return the delimiter and the names of the columns, from the first line."""
    text = header.decode(form.encoding, errors="replace").rstrip("\r")
    outside = "".join(text.split('"')[::2])
    delimiter = max(_DELIMITERS, key=outside.count)
    try:
        columns = [
            column.strip() for column in next(csv.reader([text], delimiter=delimiter, strict=True))
        ]
    except csv.Error as error:
        raise InputBroken(f"The first line of {name} is not a header: {error}.") from error
    if len(columns) > COLUMNS_MAX or "\0" in text or len(header) > LINE_MAX:
        raise InputBroken(
            f"The first line of {name} is not a header: it has {len(columns)} columns.",
            hint="Save the table as CSV in UTF-8 and run again.",
        )
    return delimiter, columns


class _Parser:
    """Turns lines into rows of one width; keeps lines back while a quote is open."""

    def __init__(self, form: Form, delimiter: str, header: list[str], reject: Reject) -> None:
        self.form = form
        self.delimiter = delimiter
        self.header = header
        self.reject = reject
        self.line = 1  #: number of the next line
        self.pending: list[bytes] = []

    def feed(self, lines: list[bytes], *, last: bool) -> tuple[list[list[str]], Sequence[int]]:
        """Return the rows of some more lines and the numbers of the lines they began on."""
        lines = self.pending + lines
        self.pending = []
        rows = self._plain(lines)
        if rows is not None:
            numbers = range(self.line, self.line + len(rows))
            self.line += len(rows)
            return rows, numbers
        return self._careful(lines, last=last)

    def _plain(self, lines: list[bytes]) -> list[list[str]] | None:
        """Return one row for each line, all at once; None where any line needs care."""
        if self.form.found.mixed:
            return None
        try:
            texts = b"\n".join(lines).decode(self.form.encoding).split("\n")
            if len(texts) != len(lines) or any(map(_needs_care, texts)):
                return None
            rows = list(csv.reader(texts, delimiter=self.delimiter, strict=True))
        except (UnicodeDecodeError, csv.Error):
            return None
        even = len(rows) == len(lines) and set(map(len, rows)) == {len(self.header)}
        return rows if even and self.header not in rows else None

    def _careful(self, lines: list[bytes], *, last: bool) -> tuple[list[list[str]], list[int]]:
        odd = [line.count(b'"') & 1 for line in lines]
        rows: list[list[str]] = []
        numbers: list[int] = []
        at = 0
        while at < len(lines):
            end = at + 1
            if odd[at]:
                end = next((j + 1 for j in range(at + 1, min(len(lines), at + SPAN)) if odd[j]), 0)
                if not end and not last and len(lines) - at < SPAN:
                    break
            row = self._row(lines[at : end or at + 1], closed=bool(end))
            if isinstance(row, str):
                self.reject(self.line + at, row, lines[at])
                at += 1
                continue
            if row:
                rows.append(row)
                numbers.append(self.line + at)
            at = end
        self.pending = lines[at:]
        self.line += at
        return rows, numbers

    def _row(self, lines: list[bytes], *, closed: bool) -> list[str] | str:
        """Return the fields of a record, none for a blank line, or what is wrong with it."""
        if not closed:
            return "open_quote: a quote is opened and not closed"
        if sum(map(len, lines)) > LINE_MAX:
            return f"too_long: the line has more than {LINE_MAX} bytes"
        try:
            record = b"\n".join(lines)
            if self.form.found.mixed and is_only_utf8(record):
                return f"bad_encoding: the line is UTF-8 in a file in {self.form.encoding}"
            text = record.decode(self.form.encoding)
            parsed = list(
                csv.reader(text.splitlines(keepends=True), delimiter=self.delimiter, strict=True)
            )
        except UnicodeDecodeError as error:
            return f"bad_encoding: byte {error.start + 1} is not {self.form.encoding.upper()}"
        except csv.Error as error:
            return f"does_not_parse: {error}"
        return self._fitting(parsed, text)

    def _fitting(self, parsed: list[list[str]], text: str) -> list[str] | str:
        row = parsed[0] if parsed else []
        if "\0" in text:
            return "bad_text: the line holds a NUL"
        if not text.strip() or not row:
            return []
        if len(parsed) > 1 or len(row) != len(self.header):
            return f"wrong_width: {len(row)} fields where the header has {len(self.header)}"
        if [field.strip() for field in row] == self.header:
            return "header_again: the header is repeated"
        return row


def _needs_care(text: str) -> bool:
    return ('"' in text and text.count('"') % 2 == 1) or "\0" in text
