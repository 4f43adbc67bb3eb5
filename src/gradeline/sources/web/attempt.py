"""One attempt to send a request: the whole, decoded response, or an error that says why not."""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

import httpcore2
import httpx2

from gradeline.base.errors import WrongAnswer
from gradeline.sources.web.deadline import Deadline, WatchedBackend
from gradeline.sources.web.exchange import Request, Response, refuse_page

#: How much of an error response is kept, for the source to check and for messages.
_MAX_ERROR_BYTES = 1 << 20
_GZIP = 31  # zlib's window bits for one gzip member with header and CRC
_START_BYTES = 1024


class ConnectionFailed(Exception):
    """The connection failed in this attempt; the next one may not."""


class _Sink(Protocol):
    def write(self, piece: bytes, /) -> object: ...


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One attempt to send a request, over a connection of its own."""

    raw: httpx2.Request  #: the request as it is sent
    deadline: Deadline
    tls: ssl.SSLContext | None

    def send(self, request: Request, to: Path | None = None) -> Response:
        """Send it and return the decoded response.

        Args:
            request: says which responses are expected.
            to: the file that the body of a success goes to; None = memory.

        Raises:
            ConnectionFailed: the response did not come whole or in time.
            WrongAnswer: it is longer than the request allows, or nothing a system would document.
        """
        backend = WatchedBackend(self.deadline)
        with _map_errors(), self._open(backend) as raw:
            headers = _headers(raw)
            success = raw.status in request.statuses and 200 <= raw.status < 300
            body = _Body(to if success else None)
            max_bytes = request.max_bytes if success else min(request.max_bytes, _MAX_ERROR_BYTES)
            with body:
                length = _receive(raw, headers, body, max_bytes)
        # A body in chunks marks its own end.
        if "content-length" in headers and backend.is_longer_than(length):
            raise ConnectionFailed("more came than was announced")
        response = Response(
            status=raw.status,
            headers=headers,
            content=bytes(body.content),
            path=body.path,
            size=body.size,
        )
        if response.status in request.statuses - request.html_statuses:
            refuse_page(response, bytes(body.start))
        return response

    @contextmanager
    def _open(self, backend: WatchedBackend) -> Iterator[httpcore2.Response]:
        """Open a connection for this request alone: surplus bytes can reach no other response."""
        url = self.raw.url
        raw_request = httpcore2.Request(
            method=self.raw.method,
            url=httpcore2.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=self.raw.headers.raw,
            content=self.raw.read(),
        )
        with httpcore2.ConnectionPool(ssl_context=self.tls, network_backend=backend) as pool:
            response = pool.handle_request(raw_request)
            try:
                yield response
            finally:
                response.close()


class _Body:
    """Takes the body of a response: in a file, or in memory."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.content = bytearray()
        self.start = bytearray()
        self.size = 0
        self._file: BinaryIO | None = None

    def __enter__(self) -> None:
        if self.path is not None:
            self._file = self.path.open("wb")

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, piece: bytes) -> None:
        self.size += len(piece)
        if len(self.start) < _START_BYTES:
            self.start += piece[:_START_BYTES]
        if self._file is None:
            self.content += piece
        else:
            self._file.write(piece)


def _receive(
    response: httpcore2.Response, headers: dict[str, str], body: _Body, max_bytes: int
) -> int:
    """Write the decoded body; return how many bytes came over the network for it."""
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise WrongAnswer(f"The answer is encoded as {encoding}, which was not asked for.")
    gzip = _Gunzip() if "gzip" in encoding else None
    length = 0
    for piece in response.iter_stream():
        length += len(piece)
        for part in (piece,) if gzip is None else gzip.parts(piece):
            body.write(part)
            if body.size > max_bytes:
                raise WrongAnswer(f"The answer is longer than {max_bytes} bytes.")
    if gzip is not None and length:
        gzip.finish()
    return length


class _Gunzip:
    """Reads gzip to its end, CRC included; never more of it at once than a piece."""

    _PIECE = 1 << 20

    def __init__(self) -> None:
        self._reader = zlib.decompressobj(wbits=_GZIP)

    def parts(self, piece: bytes) -> Iterator[bytes]:
        while piece:
            if self._reader.eof:
                raise ConnectionFailed("something follows the end of the gzip")
            try:
                part = self._reader.decompress(piece, self._PIECE)
            except zlib.error:
                raise ConnectionFailed("its gzip is damaged") from None
            piece = self._reader.unconsumed_tail or self._reader.unused_data
            if part:
                yield part

    def finish(self) -> None:
        if not self._reader.eof:
            raise ConnectionFailed("its gzip is cut")


def _headers(response: httpcore2.Response) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in response.headers:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


@contextmanager
def _map_errors() -> Iterator[None]:
    """Map the library's errors to ConnectionFailed, with nothing of the request in them."""
    try:
        yield
    except httpcore2.ConnectTimeout:
        raise ConnectionFailed("no connection in time") from None
    except httpcore2.ReadTimeout as error:
        raise ConnectionFailed(str(error)) from None  # our own words, see deadline.py
    except httpcore2.TimeoutException:
        raise ConnectionFailed("it took nothing for too long") from None
    except httpcore2.ConnectError as error:
        raise ConnectionFailed(f"no connection ({error})") from None
    except httpcore2.ProtocolError:
        raise ConnectionFailed("the response was cut or is not HTTP") from None
    except httpcore2.NetworkError as error:
        raise ConnectionFailed(f"the line broke ({error})") from None
