"""Rewrite raw files without some learners, by the format that their names say."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from gradeline.sources.erasure.learners import (
    IsForgotten,
    LearnerIds,
    OnErased,
    RecordMatcher,
    decode_json,
)

_NEVER = (1980, 1, 1, 0, 0, 0)  #: a zip has a time for each member; equal bytes need equal times


#: Called with the number of a record, its bytes and its values (None = they cannot be parsed);
#: says whether the record stays.
_Keeps = Callable[[int, bytes, Any], bool]


def erase_from_file(
    path: Path,
    extension: str,
    matcher: RecordMatcher,
    learners: LearnerIds,
    to: Path,
    on_erased: OnErased,
) -> int | None:
    """Write a raw file without the records that name certain learners.

    All other records keep their bytes.

    Args:
        path: the raw file.
        extension: of its key in the lake, e.g. `json` or `ndjson.gz`.
        matcher: knows which fields hold learners.
        learners: whom to erase.
        to: the file to write.
        on_erased: called for each record that is erased.

    Returns:
        How many records were erased; None if the format is not known: then nothing is written.
    """
    rewrite = _format_of(path, extension)
    if rewrite is None:
        return None
    erased = 0

    def keeps(number: int, raw: bytes, record: Any) -> bool:
        nonlocal erased
        if not matcher.matches(raw, record, learners):
            return True
        erased += 1
        on_erased(f"record {number}", raw)
        return False

    with path.open("rb") as source, to.open("wb") as target:
        rewrite(source, target, keeps)
    return erased


def find_learners(
    path: Path, extension: str, matcher: RecordMatcher, is_forgotten: IsForgotten
) -> frozenset[str]:
    """Return the ids and e-mails in a raw file for which `is_forgotten` is true."""
    found: set[str] = set()

    def collect(_number: int, raw: bytes, record: Any) -> bool:
        found.update(filter(is_forgotten, matcher.candidates(raw, record)))
        return False  # so that nothing of the file is written

    with path.open("rb") as source:
        rewrite = _format_of(path, extension)
        if rewrite is None:
            collect(0, source.read(), None)
        else:
            rewrite(source, io.BytesIO(), collect)
    return frozenset(found)


_Rewrite = Callable[[BinaryIO, BinaryIO, _Keeps], None]


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


def _lines(source: BinaryIO, target: BinaryIO, keeps: _Keeps) -> None:
    for number, line in enumerate(source, start=1):
        if not line.strip() or keeps(number, line, decode_json(line)):
            target.write(line)
        else:
            target.write(b"\n")  # later lines keep their numbers


def _json(source: BinaryIO, target: BinaryIO, keeps: _Keeps) -> None:
    """An array of records, an object that holds such arrays, or lines of JSON."""
    head = source.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    source.seek(0)
    if not head.startswith((b"[", b"{")):
        _lines(source, target, keeps)
        return
    content = source.read()
    try:
        target.write(_document(content.removeprefix(b"\xef\xbb\xbf"), keeps))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        _lines(io.BytesIO(content), target, keeps)


def _document(content: bytes, keeps: _Keeps) -> bytes:
    if content.lstrip().startswith(b"["):
        return _array(msgspec.json.decode(content, type=list[msgspec.Raw]), keeps)
    parts = msgspec.json.decode(content, type=dict[str, msgspec.Raw])
    members = []
    for name, part in parts.items():
        value = bytes(part)
        if value.startswith(b"["):
            value = _array(msgspec.json.decode(value, type=list[msgspec.Raw]), keeps)
        members.append(msgspec.json.encode(name) + b":" + value)
    whole = b"{" + b",".join(members) + b"}"
    # A document about one person alone: nothing of it stays.
    return whole if keeps(0, whole, decode_json(whole)) else b"{}"


def _array(elements: Iterable[msgspec.Raw], keeps: _Keeps) -> bytes:
    """Join the records that stay, one a line."""
    raws = enumerate(map(bytes, elements), start=1)
    lines = b",\n".join(raw for number, raw in raws if keeps(number, raw, decode_json(raw)))
    return b"[\n" + lines + b"\n]\n" if lines else b"[\n]\n"


def _table(delimiter: str) -> _Rewrite:
    def table(source: BinaryIO, target: BinaryIO, keeps: _Keeps) -> None:
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
            record = dict(zip(header, row, strict=True)) if fits else None
            header = header or [name.strip().removeprefix("\ufeff") for name in row]
            if number == 0 or keeps(number, raw, record):
                target.write(raw)
            else:
                target.write(b"\n" * raw.count(b"\n"))
        text.detach()

    return table


def _gzip(inner: _Rewrite) -> _Rewrite:
    def unfolded(source: BinaryIO, target: BinaryIO, keeps: _Keeps) -> None:
        folded: AbstractContextManager[gzip.GzipFile] = gzip.GzipFile(
            filename="", mode="wb", fileobj=target, mtime=0
        )
        with gzip.GzipFile(fileobj=source) as plain, folded as written:
            inner(plain, written, keeps)  # type: ignore[arg-type]

    return unfolded


def _zip(source: BinaryIO, target: BinaryIO, keeps: _Keeps) -> None:
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
                    inner(piece, new, keeps)  # type: ignore[arg-type]
                elif keeps(0, content := piece.read(), None):
                    new.write(content)
