"""Raw files of systems, by what their names say they are, without some learners."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import msgspec

from gradeline.sources.erasure.learners import Known, Records, Take, Who, words_of

_NEVER = (1980, 1, 1, 0, 0, 0)  #: a zip says a time for each member: equal bytes need one time


@dataclass(kw_only=True)
class Leaving:
    """What leaves the records of a file out, and counts them."""

    records: Records
    who: Who
    take: Take
    place: str = ""
    left_out: int = field(default=0, init=False)

    def json(self, number: int, raw: bytes) -> bool:
        """Whether a JSON record stays."""
        return self._stays(number, raw, self.records.name(raw, self.who))

    def row(self, number: int, raw: bytes, row: dict[str, str] | None) -> bool:
        """Whether a line of CSV stays; null = it is no row of the table."""
        named = self.who.touched_by(raw) if row is None else self.records.told(row, self.who)
        return self._stays(number, raw, named)

    def _stays(self, number: int, raw: bytes, named: bool) -> bool:
        if named:
            self.left_out += 1
            self.take(f"{self.place}, record {number}", raw)
        return not named


def file_without(path: Path, extension: str, leaving: Leaving, to: Path) -> bool:
    """Write a file without the records that name somebody; false where its form is not known."""
    form = _form(path, extension)
    if form is None:
        return False
    with path.open("rb") as source, to.open("wb") as target:
        form(source, target, leaving)
    return True


def learners_of(path: Path, extension: str, records: Records, known: Known) -> frozenset[str]:
    """The texts of a file that are known, of those that may be a learner's id or e-mail."""
    form = _form(path, extension)
    if form is None:
        words = words_of(path.read_bytes().decode("utf-8", "replace"))
        return frozenset(filter(known, words))
    looking = _Looking(records=records, known=known)
    with path.open("rb") as source:
        form(source, io.BytesIO(), looking)
    return frozenset(looking.found)


@dataclass(kw_only=True)
class _Looking(Leaving):
    """Looks at every record and leaves none in: what is written is of no use."""

    known: Known
    who: Who = field(default_factory=lambda: Who(ids=frozenset()))
    take: Take = field(default=lambda _place, _raw: None)
    found: set[str] = field(default_factory=set)

    def json(self, number: int, raw: bytes) -> bool:  # noqa: ARG002 - as every Leaving
        """Never: it was looked at."""
        self.found.update(filter(self.known, self.records.learners(raw)))
        return False

    def row(self, number: int, raw: bytes, row: dict[str, str] | None) -> bool:  # noqa: ARG002
        """Never: it was looked at."""
        words = (
            words_of(raw.decode("utf-8", "replace"))
            if row is None
            else self.records.candidates(row)
        )
        self.found.update(filter(self.known, words))
        return False


_Form = Callable[[BinaryIO, BinaryIO, Leaving], None]


def _form(path: Path, extension: str) -> _Form | None:
    last = extension.rpartition(".")[2].lower()
    if last == "zip":
        return _zip
    if last == "gz":
        inner = _plain(extension.rpartition(".")[0] or Path(path.stem).suffix[1:] or "ndjson")
        return None if inner is None else _gzip(inner)
    return _plain(last)


def _plain(extension: str) -> _Form | None:
    return {
        "json": _json,
        "ndjson": _lines,
        "jsonl": _lines,
        "csv": _table(","),
        "tsv": _table("\t"),
    }.get(extension.rpartition(".")[2].lower())


def _lines(source: BinaryIO, target: BinaryIO, leaving: Leaving) -> None:
    for number, line in enumerate(source, start=1):
        if not line.strip() or leaving.json(number, line):
            target.write(line)
        else:
            target.write(b"\n")  # the lines after it keep their numbers


def _json(source: BinaryIO, target: BinaryIO, leaving: Leaving) -> None:
    """An array of records, an object that holds such arrays, or lines of JSON."""
    head = source.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    source.seek(0)
    if not head.startswith((b"[", b"{")):
        _lines(source, target, leaving)
        return
    content = source.read()
    try:
        target.write(_document(content.removeprefix(b"\xef\xbb\xbf"), leaving))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        _lines(io.BytesIO(content), target, leaving)


def _document(content: bytes, leaving: Leaving) -> bytes:
    if content.lstrip().startswith(b"["):
        return _array(msgspec.json.decode(content, type=list[msgspec.Raw]), leaving)
    parts = msgspec.json.decode(content, type=dict[str, msgspec.Raw])
    told = []
    for name, part in parts.items():
        value = bytes(part)
        if value.startswith(b"["):
            value = _array(msgspec.json.decode(value, type=list[msgspec.Raw]), leaving)
        told.append(msgspec.json.encode(name) + b":" + value)
    whole = b"{" + b",".join(told) + b"}"
    # A document about one person alone: nothing of it stays.
    return whole if leaving.json(0, whole) else b"{}"


def _array(elements: Iterable[msgspec.Raw], leaving: Leaving) -> bytes:
    """One record a line, as sources that keep records write them."""
    raws = enumerate(map(bytes, elements), start=1)
    kept = b",\n".join(raw for number, raw in raws if leaving.json(number, raw))
    return b"[\n" + kept + b"\n]\n" if kept else b"[\n]\n"


def _table(delimiter: str) -> _Form:
    def table(source: BinaryIO, target: BinaryIO, leaving: Leaving) -> None:
        text = io.TextIOWrapper(source, encoding="utf-8", errors="surrogateescape", newline="")
        kept: list[str] = []

        def remembered() -> Iterator[str]:
            for line in text:
                kept.append(line)
                yield line

        header: list[str] = []
        for number, row in enumerate(csv.reader(remembered(), delimiter=delimiter)):
            raw = "".join(kept).encode("utf-8", "surrogateescape")
            kept.clear()
            fits = bool(header) and len(row) == len(header)
            known = dict(zip(header, row, strict=True)) if fits else None
            header = header or [name.strip().removeprefix("\ufeff") for name in row]
            if number == 0 or leaving.row(number, raw, known):
                target.write(raw)
            else:
                target.write(b"\n" * raw.count(b"\n"))
        text.detach()

    return table


def _gzip(inner: _Form) -> _Form:
    def unfolded(source: BinaryIO, target: BinaryIO, leaving: Leaving) -> None:
        folded: AbstractContextManager[gzip.GzipFile] = gzip.GzipFile(
            filename="", mode="wb", fileobj=target, mtime=0
        )
        with gzip.GzipFile(fileobj=source) as plain, folded as written:
            inner(plain, written, leaving)  # type: ignore[arg-type]

    return unfolded


def _zip(source: BinaryIO, target: BinaryIO, leaving: Leaving) -> None:
    """Each member by its own name; one whose form nobody knows is kept as it is or not at all."""
    with zipfile.ZipFile(source) as given, zipfile.ZipFile(target, "w") as written:
        for member in given.infolist():
            if member.is_dir():
                continue
            about = zipfile.ZipInfo(member.filename, _NEVER)
            about.compress_type = member.compress_type
            inner = _form(Path(member.filename), member.filename)
            with given.open(member) as piece, written.open(about, "w") as new:
                if inner is not None:
                    inner(piece, new, leaving)  # type: ignore[arg-type]
                elif leaving.row(0, content := piece.read(), None):
                    new.write(content)
