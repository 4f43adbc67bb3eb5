"""Files of AppMetrica's events, CSV or JSON: checked whole, turned into a table of text."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from gradeline.base.errors import WrongAnswer
from gradeline.sources.appmetrica.fields import FIELDS
from gradeline.sources.encodings.rules import EncodingRule
from gradeline.sources.reading.rejects import Reject
from gradeline.sources.reading.text_lines import lines_at
from gradeline.sources.tabular import csv_file

_BLOCK = 1 << 20
#: What AppMetrica writes: a broken byte breaks its line, and says nothing about the others.
_UTF8 = EncodingRule(name="utf-8")
_HEAD_BYTES = 64 << 10
_BOM = b"\xef\xbb\xbf"
_ROWS_AT_ONCE = 5000
#: The same in every record of a file, so it shows whether the last one is whole.
_LAST_FIELD = "application_id"
_TAIL_BYTES = 256
_SCHEMA = pa.schema([*((name, pa.string()) for name in FIELDS), ("_line", pa.int64())])
#: Numbers stay the digits they are: a device id is greater than any float can say.
_JSON = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_OPENING = re.compile(r'\s*\{\s*"data"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_CLOSING = re.compile(r"\s*\]\s*\}\s*")


def refuse_other_file(path: Path, form: str, fields: Sequence[str], announced: str | None) -> None:
    """Refuse what is not the file that was asked for.

    Raises:
        WrongAnswer: it is not a file of events, has other fields, or not `announced` rows.
    """
    rows = _csv_rows(path, fields) if form == "csv" else sum(1 for _ in elements(path))
    if announced is not None and announced.strip().isdecimal() and int(announced) != rows:
        raise WrongAnswer(f"AppMetrica announced {announced} rows and gave {rows}.")


def refuse_cut_end(path: Path, fields: Sequence[str], application_id: str) -> None:
    """Refuse CSV whose last record is cut: each ends with the id of the app, if that was asked for.

    Where a proxy takes the end of a line for that of the file, its length is right and so is the
    number of its rows.

    Raises:
        WrongAnswer: the end is missing.
    """
    if fields[-1] != _LAST_FIELD:
        return
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL_BYTES))
        last = file.read().rstrip(b"\r\n").rpartition(b",")[2].strip(b'"')
    if last not in (application_id.encode(), _LAST_FIELD.encode()):
        raise WrongAnswer("The last record that AppMetrica gave has no end.")


def convert(path: Path, out: Path, reject: Reject) -> None:
    """Write a file as Parquet: every field text, `_line` its line or its number from 1.

    Raises:
        InputBroken, WrongAnswer: the file as a whole cannot be read.
    """
    if path.suffix != ".json":
        csv_file.convert(path, path.name, out, reject, _UTF8)
        return
    with pq.ParquetWriter(out, _SCHEMA, compression="lz4") as writer:
        rows: list[Mapping[str, object]] = []
        for number, (element, raw) in enumerate(elements(path), start=1):
            fault = _fault(element, raw)
            if fault or not isinstance(element, dict):
                reject(number, fault, raw.encode("utf-8", errors="replace"))
                continue
            rows.append({**{name: _text(element.get(name)) for name in FIELDS}, "_line": number})
            if len(rows) >= _ROWS_AT_ONCE:
                writer.write_table(pa.Table.from_pylist(rows, schema=_SCHEMA))
                rows = []
        writer.write_table(pa.Table.from_pylist(rows, schema=_SCHEMA))


def records_at(path: Path, numbers: Sequence[int]) -> Iterator[bytes]:
    """Yield the bytes of some records, by the rising `_line` that `convert` gave them."""
    if path.suffix != ".json":
        yield from lines_at(path, path.name, numbers, _UTF8)
        return
    rest = iter(numbers)
    number = next(rest, None)
    for at, (_, raw) in enumerate(elements(path), start=1):
        if at == number:
            yield raw.encode("utf-8", errors="replace")
            number = next(rest, None)


def elements(path: Path) -> Iterator[tuple[object, str]]:
    """Yield every element of `{"data": [...]}` with its text; numbers as text, one at a time.

    Raises:
        WrongAnswer: the document is another one, or is cut.
    """
    with path.open(encoding="utf-8-sig", errors="surrogateescape") as file:
        text = file.read(_BLOCK)
        opening = _OPENING.match(text)
        if opening is None:
            raise WrongAnswer("The response is not a list of events.")
        at = opening.end()
        while True:
            at = _end_of(_BETWEEN, text, at)
            if text[at : at + 1] == "]":
                break
            try:
                element, end = _JSON.raw_decode(text, at)
            except (json.JSONDecodeError, RecursionError) as error:
                more = file.read(max(_BLOCK, len(text)))
                if not more or isinstance(error, RecursionError):
                    raise WrongAnswer("The response is not JSON, or is incomplete.") from None
                text, at = text[at:] + more, 0
                continue
            yield element, text[at:end]
            at = end
        if not _CLOSING.fullmatch(text[at:] + file.read(_BLOCK)):
            raise WrongAnswer("Something follows the list of events.")


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _csv_rows(path: Path, fields: Sequence[str]) -> int:
    """Count the records after the header, which must be these fields."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES).removeprefix(_BOM).splitlines()
    first = head[0].decode("utf-8", errors="replace") if head else ""
    names = next(csv.reader([first]), [])
    if names != list(fields):
        raise WrongAnswer(
            "AppMetrica gave other fields than it was asked for: "
            f"{', '.join(names[:5])[:100] or 'none'} …"
        )
    return count_records(path)


def count_records(path: Path) -> int:
    """Count the records of a file: elements, or ends of lines after the first not in quotes."""
    if path.suffix == ".json":
        return sum(1 for _ in elements(path))
    with path.open("rb") as file:
        ends, quoted, last = 0, False, b"\n"
        while block := file.read(_BLOCK):
            for number, part in enumerate(block.split(b'"')):
                quoted ^= number > 0
                ends += 0 if quoted else part.count(b"\n")
            last = block[-1:]
    return ends - 1 + (last != b"\n")


def _fault(element: object, raw: str) -> str:
    if not isinstance(element, dict):
        return "not_an_object: the element is not an object"
    try:
        whole = "".join(_text(value) or "" for value in element.values())
        whole.encode()
    except UnicodeEncodeError:
        return "bad_encoding: the element has bytes that are not UTF-8"
    return "bad_text: the element holds a NUL" if "\0" in whole or "\0" in raw else ""


def _text(value: object) -> str | None:
    """Return a value as CSV would have it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False)
