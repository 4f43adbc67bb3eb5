"""The body of a post, piece by piece: whole rows as the bytes they are, in flat memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

import msgspec

from gradeline.base.errors import BadRequest
from gradeline.sources.reading.json_array import elements_of

#: Bytes that are read at once: some thousand rows.
_PIECE = 2 << 20
#: A row may not be longer.
_LONGEST_ROW = 16 << 20
#: How many places are tried at which a piece may end; a row has a few objects in it.
_TRIES = 16
_HEAD = re.compile(rb'\s*\{\s*"data"\s*:\s*\[')
_TAIL = re.compile(rb"\]\s*\}\s*\Z")
_FORM = 'It is {"data": [{...}, {...}]}, or an object a line as application/x-ndjson.'
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

Rows = Sequence[bytes | msgspec.Raw]


def read_pieces(body: Path, extension: str) -> Iterator[Rows]:
    """Yield the rows of a body; what is no row of JSON is yielded as it is.

    Args:
        body: the file.
        extension: `json`: `{"data": [...]}`; `ndjson`: a row a line.

    Raises:
        BadRequest: the body as a whole is not of that form.
    """
    with body.open("rb") as file:
        yield from _READERS[extension](file)


def _read_lines(file: IO[bytes]) -> Iterator[Rows]:
    rest = b""
    while block := file.read(_PIECE):
        text = rest + block
        end = text.rfind(b"\n") + 1
        rest = text[end:]
        if len(rest) > _LONGEST_ROW:
            raise _too_long()
        if end:
            yield _lines_of(text[:end])
    if rest.strip():
        yield _lines_of(rest)


def _lines_of(text: bytes) -> Rows:
    return [line for line in text.split(b"\n") if line.strip()]


def _read_array(file: IO[bytes]) -> Iterator[Rows]:
    rest = file.read(_PIECE)
    head = _HEAD.match(rest)
    if head is None:
        raise BadRequest("The body cannot be read.", hint=_FORM, where=("body",))
    rest = rest[head.end() :]
    while block := file.read(_PIECE):
        rest += block
        found = _first_rows(rest)
        if found is not None:
            rows, end = found
            rest = rest[end:]
            yield rows
        elif len(rest) > _LONGEST_ROW:
            yield _any_rows(rest)
            raise _too_long()
    tail = _TAIL.search(rest)
    if tail is None:
        raise BadRequest("The body is cut, or goes on behind its end.", hint=_FORM, where=("body",))
    last = rest[: tail.start()]
    if last.strip():
        yield _any_rows(last)


def _first_rows(text: bytes) -> tuple[Rows, int] | None:
    """Return the whole rows that a text begins with, and where the next one begins.

    Objects and arrays within a row hold commas too, so that an end is one if what is before it
    can be read.
    """
    end = len(text)
    for _ in range(_TRIES):
        end = text.rfind(b"},", 0, end)
        if end < 0:
            return None
        try:
            return _decode(text[: end + 1]), end + 2
        except _UNREADABLE:
            continue
    return None


def _decode(elements: bytes) -> Rows:
    return msgspec.json.decode(b"[" + elements + b"]", type=list[msgspec.Raw])


def _any_rows(text: bytes) -> Rows:
    """Return elements of an array, even where some cannot be read."""
    try:
        return elements_of(b"[" + text + b"]")
    except ValueError:
        return [text]


def _too_long() -> BadRequest:
    return BadRequest(
        f"A row is longer than {_LONGEST_ROW >> 20} MB, or its JSON is broken.", where=("body",)
    )


_READERS: Mapping[str, Callable[[IO[bytes]], Iterator[Rows]]] = {
    "json": _read_array,
    "ndjson": _read_lines,
}
