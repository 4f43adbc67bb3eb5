"""A body that is a file: raw bytes or a form, received into a folder in flat memory."""

from __future__ import annotations

import base64
import binascii
import hashlib
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from gradeline.base.errors import BadRequest

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

#: Bytes gathered before they are written, so that a write costs one thread's turn.
_PIECE = 1024 * 1024
#: Parts of a form: one file, and little else. The parser bounds their headers.
_MOST_PARTS = 8


@dataclass(frozen=True, kw_only=True)
class ReceivedFile:
    """A file that a request brought."""

    path: Path
    size: int  #: bytes
    sha256: str  #: of its bytes, in hex


@asynccontextmanager
async def receive(request: Request, folder: Path) -> AsyncIterator[ReceivedFile]:
    """Receive the file of a request; it is deleted at the end of the block.

    A body of `multipart/form-data` is a form with one file, any other is the file itself.
    Checksums that the client sent (Content-MD5 and Repr-Digest, RFC 9530) are compared.

    Raises:
        BadRequest: the form is broken or has no file, or a checksum is another one.
    """
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        path = Path(temporary) / "received"
        with path.open("xb") as file:
            sink = _Sink(file)
            await _receive(request, sink)
            await run_in_threadpool(sink.flush)
        _compare(request.headers, sink)
        yield ReceivedFile(path=path, size=sink.size, sha256=sink.sha256.hexdigest())


class _Sink:
    """Where the bytes of the file go: gathered, hashed and written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._waiting = bytearray()
        self.size = 0
        self.md5 = hashlib.md5(usedforsecurity=False)
        self.sha256 = hashlib.sha256()

    @property
    def is_full(self) -> bool:
        return len(self._waiting) >= _PIECE

    def add(self, piece: bytes) -> None:
        self._waiting += piece
        self.size += len(piece)

    def flush(self) -> None:
        self.md5.update(self._waiting)
        self.sha256.update(self._waiting)
        self._file.write(self._waiting)
        self._waiting.clear()


async def _receive(request: Request, sink: _Sink) -> None:
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    form = None
    if kind == b"multipart/form-data":
        form = _Form(options.get(b"boundary", b""), sink)
    async for piece in request.stream():
        if form is None:
            sink.add(piece)
        else:
            form.feed(piece)
        if sink.is_full:
            await run_in_threadpool(sink.flush)
    if form is not None:
        form.end()


class _Form:
    """Reads a form and hands on the bytes of its file: the part that has a file name."""

    def __init__(self, boundary: bytes, sink: _Sink) -> None:
        self._sink = sink
        self._headers: dict[str, bytes] = {}
        self._name = self._value = b""
        self._parts = 0
        self._is_file = self._had_file = False
        if not boundary:
            raise BadRequest("The form names no boundary.", where=("header", "content-type"))
        self._ended = False
        self._parser = _parser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._header_name,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_headers_finished": self._headers_end,
                "on_part_data": self._data,
                "on_end": self._end_form,
            },
        )

    def feed(self, piece: bytes) -> None:
        """Read on.

        Raises:
            BadRequest: it is no form, or has more in it than a file.
        """
        try:
            self._parser.write(piece)
        except FormParserError as error:
            raise BadRequest(f"The form cannot be read: {error}.", where=("body",)) from None

    def end(self) -> None:
        """Check that the form is whole.

        Raises:
            BadRequest: it is cut, or has no file.
        """
        if not self._ended:
            raise BadRequest("The form is cut before its end.", where=("body",))
        if not self._had_file:
            raise BadRequest(
                "The form has no file.",
                hint="Send it as curl does: -F file=@notes.csv.",
                where=("body",),
            )

    def _begin(self) -> None:
        self._parts += 1
        self._headers.clear()
        if self._parts > _MOST_PARTS:
            raise BadRequest(f"The form has more than {_MOST_PARTS} parts.", where=("body",))

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        self._headers[self._name.decode("latin-1").lower()] = self._value
        self._name = self._value = b""

    def _headers_end(self) -> None:
        _, options = parse_options_header(self._headers.get("content-disposition", b""))
        self._is_file = b"filename" in options or options.get(b"name") == b"file"
        if self._is_file and self._had_file:
            raise BadRequest("The form has more than one file.", where=("body",))
        self._had_file = self._had_file or self._is_file

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._is_file:
            self._sink.add(data[start:end])

    def _end_form(self) -> None:
        self._ended = True


def _parser(boundary: bytes, callbacks: MultipartCallbacks) -> MultipartParser:
    """Return the parser of a form.

    Raises:
        BadRequest: the boundary is too long.
    """
    try:
        return MultipartParser(boundary, callbacks)
    except FormParserError as error:
        raise BadRequest(f"The form: {error}.", where=("header", "content-type")) from None


def _compare(headers: Mapping[str, str], sink: _Sink) -> None:
    """Compare the checksums that the client sent.

    Raises:
        BadRequest: one is another, or is no checksum.
    """
    sent: dict[str, str | None] = {"content-md5": headers.get("content-md5")}
    for one in (headers.get("repr-digest") or "").split(","):
        name, _, value = one.strip().partition("=")
        if name == "sha-256":
            sent["repr-digest"] = value.strip(":")
    for name, found in (("content-md5", sink.md5), ("repr-digest", sink.sha256)):
        wanted = sent.get(name)
        if wanted is not None and _decoded(wanted) != found.digest():
            raise BadRequest(
                f"What arrived has another checksum than {name} says.",
                hint="Send it again: something was changed on the way.",
                where=("header", name),
            )


def _decoded(value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return b""
