"""The lines of people's groups file, CSV or XLSX, by the names of their columns."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from gradeline.base.errors import InputBroken
from gradeline.records.course_list import plain
from gradeline.sources.encodings.rules import EncodingRule
from gradeline.sources.reading.text_lines import form_of
from gradeline.sources.tabular.xlsx import rows_of, text_of

#: What a column may be called, without accents and case, in English, Russian and Spanish.
_NAMES: Mapping[str, Sequence[str]] = {
    "course": ("course", "course_id", "курс", "curso"),
    "group": ("group", "group_id", "группа", "grupo"),
    "learner": ("learner", "learner_id", "email", "e-mail", "ученик", "студент", "alumno", "id"),
    "role": ("role", "роль", "rol"),
    "from": ("from", "starts_on", "с", "от", "desde"),
    "until": ("until", "ends_on", "по", "до", "hasta"),
    "rolling": ("rolling", "скользящая", "continuo"),
}
_COLUMNS = {plain(name): column for column, names in _NAMES.items() for name in names}
_REQUIRED = ("course", "group", "learner")
_FORM = "Its first line is course,group,learner,role,from,until,rolling."
#: The number of a line, from 1, and its cells by column.
Line = tuple[int, Mapping[str, str]]


def read_lines(path: Path, name: str, rule: EncodingRule) -> Iterator[Line]:
    """Yield the lines of the file that are not empty.

    Raises:
        InputBroken: it is no table with these columns.
        EncodingUnclear: it reads well in two encodings, or in none.
    """
    rows = _workbook(path, name) if name.lower().endswith(".xlsx") else _text(path, name, rule)
    header: Sequence[str] | None = None
    for number, cells in rows:
        if not any(cells):
            continue
        if header is None:
            header = [_COLUMNS.get(plain(cell), "") for cell in cells]
            _check(name, header)
            continue
        known = dict(zip(header, cells, strict=False))
        yield number, {column: known.get(column, "") for column in _NAMES}
    if header is None:
        raise InputBroken(f"{name} is empty: it has not even a header.", hint=_FORM)


def as_json(values: object) -> bytes:
    """Return values as JSON; half characters, of bytes that are no text, go as escapes."""
    try:
        return json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(values).encode()


def _check(name: str, header: Sequence[str]) -> None:
    missing = [column for column in _REQUIRED if column not in header]
    if missing:
        raise InputBroken(f"{name} has no column {' and '.join(missing)}.", hint=_FORM)
    twice = sorted({column for column in header if column and header.count(column) > 1})
    if twice:
        raise InputBroken(f"{name} has several columns for {' and '.join(twice)}.", hint=_FORM)


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
