"""The lines of a text file as bytes, whatever their encoding and their ends, in flat memory."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby, islice
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from gradeline.base.errors import InputBroken
from gradeline.sources.encodings.find import FoundEncoding, find_encoding
from gradeline.sources.encodings.rules import FIND, EncodingRule

#: A line longer than this (bytes) is not looked into: it is broken.
LINE_MAX = 1_048_576
_BLOCK = 1_048_576
_HEAD = 65_536
#: Share of bytes of one parity that are zero in any table written in UTF-16.
_ZEROS = 0.15
#: Unicode as a setting may name it → as Python does; UTF-16 as Windows writes it.
_UTF_NAMES: Mapping[str | None, str] = MappingProxyType(
    {
        **dict.fromkeys(("utf-8", "utf8", "utf-8-sig"), "utf-8"),
        **dict.fromkeys(("utf-16", "utf16", "utf-16-le", "utf-16le"), "utf-16-le"),
        **dict.fromkeys(("utf-16-be", "utf-16be"), "utf-16-be"),
    }
)


@dataclass(frozen=True, kw_only=True)
class Form:
    """How a text file is written."""

    encoding: str  #: of the lines that `chunks` gives
    found: FoundEncoding  #: of the file itself; UTF-16 is turned into UTF-8 on the way
    skip: int  #: bytes of a byte order mark
    end: bytes  #: what ends a line: LF (a CR before it belongs to the line) or CR

    @property
    def is_utf16(self) -> bool:
        """Whether the file is UTF-16."""
        return self.found.name.startswith("utf-16")


def form_of(path: Path, name: str, rule: EncodingRule = FIND) -> Form:
    """Find out how a text file is written.

    UTF-8 and UTF-16 are known by their mark, whatever a setting says, or by their bytes; other
    encodings by a setting or by the words of the file, as `find_encoding` documents.

    Raises:
        InputBroken: the file is empty.
        EncodingUnclear: it reads well in two encodings, or in none.
    """
    return _form(path, name, rule, lambda: find_encoding(path, name, rule))


def lines_form(path: Path, name: str, rule: EncodingRule = FIND) -> Form:
    """Find out how the lines of a text file are told apart; `encoding` may be any but UTF-16.

    Raises:
        InputBroken: the file is empty.
    """
    any_encoding = FoundEncoding(name=rule.name or "utf-8", by="guessed")
    return _form(path, name, rule, lambda: any_encoding)


def _form(path: Path, name: str, rule: EncodingRule, find: Callable[[], FoundEncoding]) -> Form:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise InputBroken(f"{name} is empty: it has not even a header.", hint="Copy it again.")
    marked, skip = _by_mark(head)
    proven = marked or _by_zeros(head)
    if marked or (proven and rule.name in (None, "utf-16")):
        found = FoundEncoding(name=proven, by="found")
    elif rule.name in _UTF_NAMES:
        found = FoundEncoding(name=_UTF_NAMES[rule.name], by="set")
    else:
        found = find()
    wide = found.name.startswith("utf-16")
    text = head.decode(found.name, errors="replace") if wide else ""
    carriage = (
        ("\r" in text and "\n" not in text) if text else (b"\r" in head and b"\n" not in head)
    )
    return Form(
        encoding="utf-8" if wide else found.name,
        found=found,
        skip=skip,
        end=b"\r" if carriage else b"\n",
    )


def _by_mark(head: bytes) -> tuple[str, int]:
    marks = (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    )
    return next(((name, len(mark)) for mark, name in marks if head.startswith(mark)), ("", 0))


def _by_zeros(head: bytes) -> str:
    """UTF-16 without a mark: delimiters, digits and Latin letters have zeros at one parity."""
    half = max(len(head) // 2, 1)
    even, odd = head[0::2].count(0) / half, head[1::2].count(0) / half
    if max(even, odd) < _ZEROS or min(even, odd) > max(even, odd) / 4:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


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
    if not form.is_utf16:
        while block := file.read(_BLOCK):
            yield block
        return
    # Half a pair stays what it is and is not UTF-8 either, so that its line is rejected.
    decoder = codecs.getincrementaldecoder(form.found.name)(errors="surrogatepass")
    while block := file.read(_BLOCK):
        yield decoder.decode(block).encode("utf-8", errors="surrogatepass")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        yield b"\xff"


def lines_at(
    path: Path, name: str, numbers: Iterable[int], rule: EncodingRule = FIND
) -> Iterator[bytes]:
    """Yield the bytes of some lines of a file, by their numbers from 1 in rising order."""
    rest = iter(numbers)
    number = next(rest, None)
    first = 1
    for lines in chunks(path, lines_form(path, name, rule)):
        while number is not None and number < first + len(lines):
            yield lines[number - first]
            number = next(rest, None)
        first += len(lines)
        if number is None:
            return


def records_at(
    path: Path, name: str, numbers: Iterable[int], span: int, rule: EncodingRule = FIND
) -> Iterator[bytes]:
    """Yield the bytes of some CSV records, by their first lines from 1 in rising order.

    A record goes on while a quote is open, over `span` lines at most; its lines are joined as in
    the file. A number that is given twice yields its record twice.
    """
    form = lines_form(path, name, rule)
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


def is_only_utf8(record: bytes) -> bool:
    """Return whether some bytes that are not ASCII are UTF-8."""
    try:
        return not record.isascii() and bool(record.decode("utf-8"))
    except UnicodeDecodeError:
        return False
