"""The records of a JSON or NDJSON file (also gzipped) as bytes, and what each of them holds."""

from __future__ import annotations

import gzip
import json
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from gradeline.base.errors import InputBroken
from gradeline.sources.reading.json_array import elements_of
from gradeline.sources.reading.json_depth import json_depth

#: A whole JSON document is parsed in memory; a larger one is better written as NDJSON.
DOCUMENT_MAX = 64 * 1_048_576
#: What a gzipped file may unfold to, in bytes, and how many times its own size.
UNFOLDED_MAX = 8 * 1024 * 1_048_576
RATIO_MAX = 1000
LINE_MAX = 16 * 1_048_576
#: Objects and arrays within each other; a table needs a few.
DEPTH_MAX = 64
_BOM = b"\xef\xbb\xbf"
#: Names of columns that every table has.
OURS = frozenset({"_line", "_file"})


class Fraction(str):
    """A JSON number with a fraction or an exponent, by its characters."""

    __slots__ = ()


def _fraction(text: str) -> Fraction:
    if not math.isfinite(float(text)):
        raise ValueError("a number is too large")
    return Fraction(text)


_DECODER = msgspec.json.Decoder(float_hook=_fraction)
_encode = msgspec.json.Encoder(enc_hook=str).encode


@dataclass(frozen=True, slots=True)
class Record:
    """One record: what it holds, or why it cannot be stored."""

    values: Mapping[str, Any] | None  #: its content; numbers with a fraction are `Fraction`s
    line: bytes  #: the same on one line, a `Fraction` as text
    fault: str  #: `code: words`; empty if it can be stored


def parse(raw: bytes) -> Record:
    """Parse one record."""
    try:
        values = _DECODER.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Record(None, b"", f"does_not_parse: {error}")
    if not isinstance(values, dict):
        return Record(None, b"", "does_not_parse: the record is not an object")
    line = _encode(values)
    return Record(values, line, _fault(values, line, raw))


def _fault(values: Mapping[str, Any], line: bytes, raw: bytes) -> str:
    """Return what is wrong with an object; what costs time is looked at where signs of it are."""
    if raw.count(b"{") + raw.count(b"[") > DEPTH_MAX and json_depth(values) > DEPTH_MAX:
        return f"too_deep: objects and arrays are within each other more than {DEPTH_MAX} times"
    # A name that is given twice is in what was received, but not in what was made of it.
    if line.count(b":") != raw.count(b":") or b"\\u003" in raw:
        twice = _name_given_twice(raw)
        if twice is not None:
            return f"duplicate_name: the name {twice!r} is given twice in one object"
    fault = _names_fault(tuple(values)) or _nested_fault(values)
    if fault:
        return fault
    if b"\\u0000" in line and _holds_nul(values):
        return "bad_text: the record holds a NUL"
    return ""


def _name_given_twice(raw: bytes) -> str | None:
    found: list[str] = []

    def look(pairs: list[tuple[str, object]]) -> None:
        names = set()
        for name, _ in pairs:
            if name in names:
                found.append(name)
            names.add(name)

    json.loads(raw, object_pairs_hook=look, parse_int=len, parse_float=len)
    return found[0] if found else None


@lru_cache(maxsize=256)  # most records have the names of the one before
def _names_fault(names: tuple[str, ...]) -> str:
    """Return what is wrong with the names of a record."""
    ours = next((name for name in names if name.lower() in OURS), None)
    return f"bad_text: the name {ours!r} is ours" if ours else _case_twins(names)


def _case_twins(names: Iterable[str]) -> str:
    """Say which two names of one object are one name to SQL."""
    known: dict[str, str] = {}
    for name in names:
        other = known.setdefault(name.lower(), name)
        if other != name:
            return f"duplicate_name: {other!r} and {name!r} differ only in their capitals"
    return ""


def _nested_fault(value: object) -> str:
    """Return what is wrong with the names of the objects within a value."""
    within: Iterable[object] = ()
    if isinstance(value, dict):
        within = value.values()
    elif isinstance(value, list):
        within = value
    for each in within:
        if isinstance(each, dict | list):
            twins = _case_twins(each) if isinstance(each, dict) else ""
            if twins or (twins := _nested_fault(each)):
                return twins
    return ""


def _holds_nul(value: object) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_holds_nul(name) or _holds_nul(each) for name, each in value.items())
    return isinstance(value, list) and any(map(_holds_nul, value))


def records_of(path: Path, name: str) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a file with their numbers: its lines, or the elements of one array.

    Raises:
        InputBroken: the file is empty, cut, an array that does not end, or unfolds without bound.
    """
    head = _head(path, name)
    _refuse_utf16(head, name)
    if is_packed(head, name):
        yield from _unfolded(path, name)
    elif is_array(head, name):
        yield from _elements(path, name)
    else:
        with path.open("rb") as file:
            yield from _lines(file, name)


def _head(path: Path, name: str) -> bytes:
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise InputBroken(f"{name} is empty.", hint="Copy it again.")
    return head


def _refuse_utf16(head: bytes, name: str) -> None:
    zeros = head[:64].count(b"\0")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or zeros > len(head[:64]) // 3:
        raise not_records(name, "it is UTF-16", "Save it as UTF-8.")


def is_packed(head: bytes, name: str) -> bool:
    """Whether a file is gzipped, by its first bytes and its name."""
    return head.startswith(b"\x1f\x8b") or name.lower().endswith(".gz")


def is_array(head: bytes, name: str) -> bool:
    """Whether the records of a file are the elements of one array, by its first bytes and name."""
    begins = head.removeprefix(_BOM).lstrip().startswith(b"[")
    return begins and name.lower().endswith(".json") and not is_packed(head, name)


def _elements(path: Path, name: str) -> Iterator[tuple[int, bytes]]:
    if path.stat().st_size > DOCUMENT_MAX:
        raise InputBroken(
            f"{name} is one JSON document of more than 64 MB.", hint="Write it as NDJSON."
        )
    try:
        elements = elements_of(path.read_bytes().removeprefix(_BOM))
    except ValueError as error:
        raise InputBroken(
            f"{name} is no JSON array of objects ({error}).", hint="Copy it again."
        ) from error
    yield from enumerate(elements, start=1)


def _lines(file: Iterator[bytes], name: str) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(file, start=1):
        text = line.removeprefix(_BOM) if number == 1 else line
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


def refuse_document(path: Path, name: str) -> None:
    """Refuse a file that is one JSON document where records were looked for on its lines.

    Raises:
        InputBroken: it is one; the message says what kind, and where its records may be.
    """
    head = _head(path, name)
    with gzip.open(path) if is_packed(head, name) else path.open("rb") as file:
        content = file.read(DOCUMENT_MAX + 1)
    if len(content) > DOCUMENT_MAX or is_array(head, name):
        return
    _refuse_utf16(content, name)
    content = content.removeprefix(_BOM)
    try:
        document = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return
    raise not_records(name, f"it is one {_kind(document)}", _where_records_are(document, name))


def _kind(document: object) -> str:
    kinds = ((dict, "object"), (list, "array"), (str, "text"), (bool, "truth value"))
    found = (word for kind, word in kinds if isinstance(document, kind))
    return next(found, "null" if document is None else "number")


def _where_records_are(document: object, name: str) -> str:
    if isinstance(document, list):
        return "Give it a name that ends in .json, or write each of its elements on one line."
    arrays = [
        key
        for key, value in (document.items() if isinstance(document, dict) else ())
        if isinstance(value, list) and value and all(isinstance(each, dict) for each in value)
    ]
    if arrays:
        return f"Save what is in its {arrays[0]!r}, an array of objects, as {name}."
    return "Save an array of objects, or one object on each line."


def not_records(name: str, why: str, hint: str) -> InputBroken:
    """Return the error for a file that holds no records."""
    form = "JSON array of objects" if name.lower().endswith(".json") else "NDJSON file"
    return InputBroken(f"{name} is no {form} ({why}).", hint=hint)
