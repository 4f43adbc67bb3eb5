"""JSON and NDJSON (also gzipped) as a typed table; lines that are not JSON objects are rejected."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import msgspec

from gradeline.base.errors import InputBroken
from gradeline.sources.reading.rejects import Reject
from gradeline.sources.tabular.checks import literal

#: A whole JSON document is parsed in memory; a larger one is better written as NDJSON.
DOCUMENT_MAX = 64 * 1_048_576
#: What a gzipped file may unfold to, in bytes, and how many times its own size.
UNFOLDED_MAX = 8 * 1024 * 1_048_576
RATIO_MAX = 1000
LINE_MAX = 16 * 1_048_576
_ANYTHING = msgspec.json.Decoder()


def convert(path: Path, name: str, out: Path, reject: Reject) -> None:
    """Write JSON records as Parquet: columns typed by what all records hold, `_line` added.

    `_line` is the line of the file, or for a JSON array the number of the element, from 1.

    Raises:
        InputBroken: the file is empty, cut, no JSON array of objects, or unfolds without bound.
    """
    clean = out.with_suffix(".clean")
    try:
        good = 0
        with clean.open("wb") as file:
            for line, raw in records_of(path, name):
                fault = _fault(raw)
                if fault:
                    reject(line, fault, raw)
                    continue
                body = raw.strip()[1:].lstrip()
                comma = b"" if body.startswith(b"}") else b","
                file.write(b'{"_line":%d%s%s\n' % (line, comma, body.replace(b"\n", b" ")))
                good += 1
        _typed(clean, name, out, good)
    finally:
        clean.unlink(missing_ok=True)


def _fault(raw: bytes) -> str:
    try:
        record = _ANYTHING.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return f"does_not_parse: {error}"
    if not isinstance(record, dict):
        return "does_not_parse: the record is not an object"
    ours = {"_line", "_file"} & {str(key).lower() for key in record}
    if ours or b"\\u0000" in raw:
        return "bad_text: the record holds a NUL, or a name that is ours (_file, _line)"
    return ""


def records_of(path: Path, name: str) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a file with their numbers: its lines, or the elements of one array."""
    if path.stat().st_size == 0:
        raise InputBroken(f"{name} is empty.", hint="Copy it again.")
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"\x1f\x8b") or name.lower().endswith(".gz"):
        yield from _unfolded(path, name)
        return
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"[") and name.endswith(".json"):
        yield from _elements(path, name)
        return
    with path.open("rb") as file:
        yield from _lines(file, name)


def _elements(path: Path, name: str) -> Iterator[tuple[int, bytes]]:
    if path.stat().st_size > DOCUMENT_MAX:
        raise InputBroken(
            f"{name} is one JSON document of more than 64 MB.", hint="Write it as NDJSON."
        )
    try:
        content = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
        elements = msgspec.json.decode(content, type=list[msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputBroken(f"{name} is not a JSON array: {error}.", hint="Copy it again.") from error
    for number, raw in enumerate(elements, start=1):
        yield number, bytes(raw)


def _lines(file: Iterator[bytes], name: str) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(file, start=1):
        text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if len(text) > LINE_MAX:
            raise InputBroken(f"Line {number} of {name} is longer than 16 MB.")
        if text.strip():
            yield number, text


def _unfolded(path: Path, name: str) -> Iterator[tuple[int, bytes]]:
    bound = min(UNFOLDED_MAX, max(path.stat().st_size * RATIO_MAX, 1_048_576))
    total = 0
    try:
        with gzip.open(path, "rb") as file:
            for number, line in _lines(iter(lambda: file.readline(LINE_MAX + 1), b""), name):
                total += len(line)
                if total > bound:
                    raise InputBroken(f"{name} unfolds to more than {bound} bytes.")
                yield number, line
    except (OSError, EOFError, zlib.error) as error:
        raise InputBroken(
            f"{name} is not a complete gzip file: {error}.", hint="Copy it again."
        ) from error


def _typed(clean: Path, name: str, out: Path, good: int) -> None:
    if not good:
        source = "(SELECT NULL::BIGINT AS _line WHERE false)"
    else:
        source = (
            "read_json(?, format='newline_delimited', sample_size=-1, maximum_object_size=33554432)"
        )
    try:
        with duckdb.connect(config={"threads": 1, "memory_limit": "256MB"}) as connection:
            connection.execute(
                f"COPY (FROM {source}) TO {literal(str(out))} (FORMAT parquet)",
                [str(clean)] if good else [],
            )
    except duckdb.Error as error:
        raise InputBroken(f"{name} cannot be read as JSON: {str(error).splitlines()[0]}") from error
