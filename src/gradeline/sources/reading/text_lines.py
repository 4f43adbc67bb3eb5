"""The lines of a text file as bytes, whatever their encoding and their ends, in flat memory."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby, islice
from pathlib import Path
from typing import BinaryIO

from gradeline.base.errors import InputBroken

#: A line longer than this (bytes) is not looked into: it is broken.
LINE_MAX = 1_048_576
_BLOCK = 1_048_576
_HEAD = 65_536


@dataclass(frozen=True, kw_only=True)
class Form:
    """How a text file is written."""

    encoding: str  #: of the lines that `chunks` gives: utf-8 or cp1251
    stored: str  #: of the file itself; UTF-16 is turned into UTF-8 on the way
    skip: int  #: bytes of a byte order mark
    end: bytes  #: what ends a line: LF (a CR before it belongs to the line) or CR


def form_of(path: Path, name: str) -> Form:
    """Detect the encoding of a text file.

    UTF-8 and UTF-16 are known by their mark or their bytes. A file that is not UTF-8 is taken
    as Windows-1251 where no line of it can only be UTF-8; else its odd lines are broken.

    Raises:
        InputBroken: the file is empty.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise InputBroken(f"{name} is empty: it has not even a header.", hint="Copy it again.")
    stored, skip = _by_mark(head) or _by_zeros(head) or ("", 0)
    if not stored:
        stored = _utf8_or_cp1251(path)
    text = head.decode(stored, errors="replace") if stored.startswith("utf-16") else ""
    carriage = (
        ("\r" in text and "\n" not in text) if text else (b"\r" in head and b"\n" not in head)
    )
    return Form(
        encoding="utf-8" if stored.startswith("utf") else stored,
        stored=stored,
        skip=skip,
        end=b"\r" if carriage else b"\n",
    )


def _by_mark(head: bytes) -> tuple[str, int] | None:
    marks = (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    )
    return next(((name, len(mark)) for mark, name in marks if head.startswith(mark)), None)


def _by_zeros(head: bytes) -> tuple[str, int] | None:
    """UTF-16 without a mark: half of the bytes of text we meet are zeros, all at one parity."""
    half = max(len(head) // 2, 1)
    if head[1::2].count(0) > half * 0.4:
        return ("utf-16-le", 0)
    return ("utf-16-be", 0) if head[0::2].count(0) > half * 0.4 else None


def _utf8_or_cp1251(path: Path) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        with path.open("rb") as file:
            return "utf-8" if any(map(_only_utf8, file)) else "cp1251"
    return "utf-8"


def _only_utf8(line: bytes) -> bool:
    if line.isascii():
        return False
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def chunks(path: Path, form: Form) -> Iterator[list[bytes]]:
    """Yield the lines of a file without their ends, many at a time; an overlong one is cut."""
    rest, skipping = b"", False
    with path.open("rb") as file:
        file.seek(form.skip)
        for block in _blocks(file, form):
            lines = (rest + block).split(form.end)
            rest = lines.pop()
            if skipping and lines:
                lines, skipping = lines[1:], False
            if skipping:
                rest = b""
            elif len(rest) > LINE_MAX:
                lines.append(rest[: LINE_MAX + 1])
                rest, skipping = b"", True
            yield lines
    if rest and not skipping:
        yield [rest]


def _blocks(file: BinaryIO, form: Form) -> Iterator[bytes]:
    if not form.stored.startswith("utf-16"):
        while block := file.read(_BLOCK):
            yield block
        return
    decoder = codecs.getincrementaldecoder(form.stored)(errors="replace")
    while block := file.read(_BLOCK):
        yield decoder.decode(block).encode("utf-8", errors="replace")
    yield decoder.decode(b"", final=True).encode("utf-8", errors="replace")


def lines_at(path: Path, name: str, numbers: Iterable[int]) -> Iterator[bytes]:
    """Yield the bytes of some lines of a file, by their numbers from 1 in rising order."""
    rest = iter(numbers)
    number = next(rest, None)
    first = 1
    for lines in chunks(path, form_of(path, name)):
        while number is not None and number < first + len(lines):
            yield lines[number - first]
            number = next(rest, None)
        first += len(lines)
        if number is None:
            return


def records_at(path: Path, name: str, numbers: Iterable[int], span: int) -> Iterator[bytes]:
    """Yield the bytes of some CSV records, by their first lines from 1 in rising order.

    A record goes on while a quote is open, over `span` lines at most; its lines are joined as in
    the file. A number that is given twice yields its record twice.
    """
    form = form_of(path, name)
    lines = chain.from_iterable(chunks(path, form))
    at = 1  # the number of the next line
    for first, same in groupby(numbers):
        record = list(islice(lines, first - at, first - at + 1))
        at = first + 1
        quotes = sum(line.count(b'"') for line in record)
        while quotes % 2 and len(record) < span and (line := next(lines, None)) is not None:
            record.append(line)
            at += 1
            quotes += line.count(b'"')
        yield from (form.end.join(record) for _ in same)
