"""Rewrite raw files without some learners, by the format that their names say."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec

from gradeline.sources.erasure.learners import (
    IsForgotten,
    LearnerIds,
    OnErased,
    RecordMatcher,
    words_of,
)

_NEVER = (1980, 1, 1, 0, 0, 0)  #: a zip has a time for each member; equal bytes need equal times


class _RecordVisitor(Protocol):
    """Sees each record of a file and says whether it stays."""

    def keeps_json(self, number: int, raw: bytes) -> bool:
        """Whether a JSON record stays."""
        ...

    def keeps_row(self, number: int, raw: bytes, row: dict[str, str] | None) -> bool:
        """Whether a line of CSV stays; `row` is None for a line that is not a row."""
        ...


@dataclass(kw_only=True)
class RecordFilter:
    """Erases the records that name certain learners, and counts them."""

    matcher: RecordMatcher
    learners: LearnerIds
    on_erased: OnErased
    place: str = ""  #: the file, in the places of records
    erased: int = field(default=0, init=False)

    def keeps_json(self, number: int, raw: bytes) -> bool:
        """Whether a JSON record stays."""
        return self._keeps(number, raw, self.matcher.matches_json(raw, self.learners))

    def keeps_row(self, number: int, raw: bytes, row: dict[str, str] | None) -> bool:
        """Whether a line of CSV stays; `row` is None for a line that is not a row."""
        if row is None:
            return self._keeps(number, raw, self.learners.may_be_in(raw))
        return self._keeps(number, raw, self.matcher.matches(row, self.learners))

    def _keeps(self, number: int, raw: bytes, named: bool) -> bool:
        if named:
            self.erased += 1
            self.on_erased(f"{self.place}, record {number}", raw)
        return not named


@dataclass(kw_only=True)
class _LearnerFinder:
    """Collects the forgotten learners that records name; keeps no record."""

    matcher: RecordMatcher
    is_forgotten: IsForgotten
    found: set[str] = field(default_factory=set)

    def keeps_json(self, number: int, raw: bytes) -> bool:  # noqa: ARG002 - as every visitor
        """Collect the learners of a JSON record."""
        self.found.update(filter(self.is_forgotten, self.matcher.candidates_in_json(raw)))
        return False

    def keeps_row(self, number: int, raw: bytes, row: dict[str, str] | None) -> bool:  # noqa: ARG002
        """Collect the learners of a line of CSV."""
        text = raw.decode("utf-8", "replace")
        words = words_of(text) if row is None else self.matcher.candidates(row)
        self.found.update(filter(self.is_forgotten, words))
        return False


def erase_from_file(path: Path, extension: str, record_filter: RecordFilter, to: Path) -> bool:
    """Write a raw file without the records that name certain learners.

    All other records keep their bytes.

    Args:
        path: the raw file.
        extension: of its key in the lake, e.g. `json` or `ndjson.gz`.
        record_filter: says which records go.
        to: the file to write.

    Returns:
        Whether the format is known; if not, nothing is written.
    """
    rewrite = _format_of(path, extension)
    if rewrite is None:
        return False
    with path.open("rb") as source, to.open("wb") as target:
        rewrite(source, target, record_filter)
    return True


def find_learners(
    path: Path, extension: str, matcher: RecordMatcher, is_forgotten: IsForgotten
) -> frozenset[str]:
    """Return the ids and e-mails in a raw file for which `is_forgotten` is true."""
    rewrite = _format_of(path, extension)
    if rewrite is None:
        words = words_of(path.read_bytes().decode("utf-8", "replace"))
        return frozenset(filter(is_forgotten, words))
    finder = _LearnerFinder(matcher=matcher, is_forgotten=is_forgotten)
    with path.open("rb") as source:
        rewrite(source, io.BytesIO(), finder)
    return frozenset(finder.found)


_Rewrite = Callable[[BinaryIO, BinaryIO, _RecordVisitor], None]


def _format_of(path: Path, extension: str) -> _Rewrite | None:
    last = extension.rpartition(".")[2].lower()
    if last == "zip":
        return _zip
    if last == "gz":
        inner = _plain(extension.rpartition(".")[0] or Path(path.stem).suffix[1:] or "ndjson")
        return None if inner is None else _gzip(inner)
    return _plain(last)


def _plain(extension: str) -> _Rewrite | None:
    return {
        "json": _json,
        "ndjson": _lines,
        "jsonl": _lines,
        "csv": _table(","),
        "tsv": _table("\t"),
    }.get(extension.rpartition(".")[2].lower())


def _lines(source: BinaryIO, target: BinaryIO, visitor: _RecordVisitor) -> None:
    for number, line in enumerate(source, start=1):
        if not line.strip() or visitor.keeps_json(number, line):
            target.write(line)
        else:
            target.write(b"\n")  # later lines keep their numbers


def _json(source: BinaryIO, target: BinaryIO, visitor: _RecordVisitor) -> None:
    """An array of records, an object that holds such arrays, or lines of JSON."""
    head = source.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    source.seek(0)
    if not head.startswith((b"[", b"{")):
        _lines(source, target, visitor)
        return
    content = source.read()
    try:
        target.write(_document(content.removeprefix(b"\xef\xbb\xbf"), visitor))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        _lines(io.BytesIO(content), target, visitor)


def _document(content: bytes, visitor: _RecordVisitor) -> bytes:
    if content.lstrip().startswith(b"["):
        return _array(msgspec.json.decode(content, type=list[msgspec.Raw]), visitor)
    parts = msgspec.json.decode(content, type=dict[str, msgspec.Raw])
    members = []
    for name, part in parts.items():
        value = bytes(part)
        if value.startswith(b"["):
            value = _array(msgspec.json.decode(value, type=list[msgspec.Raw]), visitor)
        members.append(msgspec.json.encode(name) + b":" + value)
    whole = b"{" + b",".join(members) + b"}"
    # A document about one person alone: nothing of it stays.
    return whole if visitor.keeps_json(0, whole) else b"{}"


def _array(elements: Iterable[msgspec.Raw], visitor: _RecordVisitor) -> bytes:
    """Join the records that stay, one a line."""
    raws = enumerate(map(bytes, elements), start=1)
    lines = b",\n".join(raw for number, raw in raws if visitor.keeps_json(number, raw))
    return b"[\n" + lines + b"\n]\n" if lines else b"[\n]\n"


def _table(delimiter: str) -> _Rewrite:
    def table(source: BinaryIO, target: BinaryIO, visitor: _RecordVisitor) -> None:
        text = io.TextIOWrapper(source, encoding="utf-8", errors="surrogateescape", newline="")
        lines: list[str] = []

        def remember() -> Iterator[str]:
            for line in text:
                lines.append(line)
                yield line

        header: list[str] = []
        for number, row in enumerate(csv.reader(remember(), delimiter=delimiter)):
            raw = "".join(lines).encode("utf-8", "surrogateescape")
            lines.clear()
            fits = bool(header) and len(row) == len(header)
            is_forgotten = dict(zip(header, row, strict=True)) if fits else None
            header = header or [name.strip().removeprefix("\ufeff") for name in row]
            if number == 0 or visitor.keeps_row(number, raw, is_forgotten):
                target.write(raw)
            else:
                target.write(b"\n" * raw.count(b"\n"))
        text.detach()

    return table


def _gzip(inner: _Rewrite) -> _Rewrite:
    def unfolded(source: BinaryIO, target: BinaryIO, visitor: _RecordVisitor) -> None:
        folded: AbstractContextManager[gzip.GzipFile] = gzip.GzipFile(
            filename="", mode="wb", fileobj=target, mtime=0
        )
        with gzip.GzipFile(fileobj=source) as plain, folded as written:
            inner(plain, written, visitor)  # type: ignore[arg-type]

    return unfolded


def _zip(source: BinaryIO, target: BinaryIO, visitor: _RecordVisitor) -> None:
    """Rewrite each member by its own name; one of an unknown format stays whole or goes whole."""
    with zipfile.ZipFile(source) as given, zipfile.ZipFile(target, "w") as written:
        for member in given.infolist():
            if member.is_dir():
                continue
            about = zipfile.ZipInfo(member.filename, _NEVER)
            about.compress_type = member.compress_type
            inner = _format_of(Path(member.filename), member.filename)
            with given.open(member) as piece, written.open(about, "w") as new:
                if inner is not None:
                    inner(piece, new, visitor)  # type: ignore[arg-type]
                elif visitor.keeps_row(0, content := piece.read(), None):
                    new.write(content)
