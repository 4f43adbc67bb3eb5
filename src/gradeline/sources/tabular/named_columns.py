"""The lines of a table that people write, CSV or XLSX, by the names of their columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gradeline.base.errors import InputBroken
from gradeline.records.course_list import plain
from gradeline.sources.encodings.rules import FIND, EncodingRule
from gradeline.sources.reading.text_lines import form_of
from gradeline.sources.tabular.xlsx import rows_of, text_of

#: The number of a line, from 1, and its cells by column.
Line = tuple[int, Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The columns of such a table."""

    #: column → what its header may be, without accents and case
    names: Mapping[str, Sequence[str]]
    required: Sequence[str]  #: columns that have to be there
    hint: str  #: how the first line is written


def read_lines(
    path: Path, name: str, columns: Columns, rule: EncodingRule = FIND
) -> Iterator[Line]:
    """Yield the lines of a table that are not empty; a column that is not there is empty.

    Separators are comma, semicolon or tab, whichever the first line has most of.

    Args:
        path: of the file; a workbook ends in `.xlsx`.
        name: how messages call it.
        columns: that are read; others are left out.
        rule: what people said about its encoding.

    Raises:
        InputBroken: it is no table with these columns.
        EncodingUnclear: it reads well in two encodings, or in none.
    """
    rows = _workbook(path, name) if name.lower().endswith(".xlsx") else _text(path, name, rule)
    known = {plain(one): column for column, names in columns.names.items() for one in names}
    header: Sequence[str] | None = None
    for number, cells in rows:
        if not any(cells):
            continue
        if header is None:
            header = [known.get(plain(cell), "") for cell in cells]
            _check(name, header, columns)
            continue
        found = dict(zip(header, cells, strict=False))
        yield number, {column: found.get(column, "") for column in columns.names}
    if header is None:
        raise InputBroken(f"{name} is empty: it has not even a header.", hint=columns.hint)


def _check(name: str, header: Sequence[str], columns: Columns) -> None:
    missing = [column for column in columns.required if column not in header]
    if missing:
        raise InputBroken(f"{name} has no column {' and '.join(missing)}.", hint=columns.hint)
    twice = sorted({column for column in header if column and header.count(column) > 1})
    if twice:
        raise InputBroken(
            f"{name} has several columns for {' and '.join(twice)}.", hint=columns.hint
        )


def _text(path: Path, name: str, rule: EncodingRule) -> Iterator[tuple[int, list[str]]]:
    form = form_of(path, name, rule)
    errors = "surrogatepass" if form.is_utf16 else "surrogateescape"
    text = path.read_bytes()[form.skip :].decode(form.found.name, errors=errors)
    first = re.split(r"[\r\n]", text.lstrip(), maxsplit=1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise InputBroken(
            f"{name} cannot be read as CSV at line {reader.line_num}: {error}.",
            hint="Fix the file and run again.",
        ) from error


def _workbook(path: Path, name: str) -> Iterator[tuple[int, list[str]]]:
    for number, cells in rows_of(path, name):
        width = max(cells, default=-1) + 1
        yield number, [(text_of(cells.get(place)) or "").strip() for place in range(width)]
