"""Several files of AppMetrica as one: records stay as they are, what stands around them is ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from gradeline.base.errors import WrongAnswer
from gradeline.sources.appmetrica.fields import FIELDS
from gradeline.sources.appmetrica.files import elements

_PIECE = 512 << 10
_BOM = b"\xef\xbb\xbf"
_OPENING, _BETWEEN, _CLOSING = b'{"data":[', b",\n", b"]}\n"


def join_csv(paths: Iterable[Path]) -> Iterator[bytes]:
    """Yield the records of CSV files under one header, in pieces; an empty one after each file.

    Raises:
        WrongAnswer: a file has another header than the first one.
    """
    header = b""
    for path in paths:
        with path.open("rb") as file:
            own = file.readline().removeprefix(_BOM).rstrip(b"\r\n")
            if not header:
                header = own
                yield header + b"\n"
            elif own != header:
                raise WrongAnswer(
                    f"AppMetrica's fields are others from {path.name} on.",
                    hint="Export the days before and after apart.",
                )
            last = b"\n"
            while piece := file.read(_PIECE):
                yield piece
                last = piece[-1:]
            if last != b"\n":
                yield b"\n"
        yield b""
    if not header:
        yield ",".join(FIELDS).encode() + b"\n"


def join_json(paths: Iterable[Path]) -> Iterator[bytes]:
    """Yield `{"data":[...]}` with the records of such documents, one a line, in pieces.

    Nothing is given before the first file is there; after each file comes an empty piece.

    Raises:
        WrongAnswer: a file is another document, or is cut.
    """
    before = _OPENING
    for path in paths:
        for piece in _pieces(path):
            yield before + piece
            before = _BETWEEN
        yield b""
    yield _CLOSING if before == _BETWEEN else before + _CLOSING


def _pieces(path: Path) -> Iterator[bytes]:
    """Yield some records at a time, with what stands between them."""
    records: list[bytes] = []
    size = 0
    for _, text in elements(path):
        records.append(text.encode("utf-8", "surrogateescape"))
        size += len(records[-1])
        if size >= _PIECE:
            yield _BETWEEN.join(records)
            records, size = [], 0
    if records:
        yield _BETWEEN.join(records)
