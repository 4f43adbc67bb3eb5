"""One try over the network: the bytes of an answer, whole and decoded, or a reason why not."""

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
from gradeline.sources.web.deadline import Line, Patience
from gradeline.sources.web.exchange import Answer, Call, refuse_page

#: As much of an answer that is no success as is kept: for the source to look at, or a message.
_MOST_ERROR_BYTES = 1 << 20
_GZIP = 31  # zlib's window bits for one gzip member with header and CRC
_LOOKED_AT_BYTES = 1024


class Broken(Exception):
    """The line failed in this try; the next one may not."""


class _Sink(Protocol):
    def write(self, piece: bytes, /) -> object: ...


@dataclass(frozen=True, kw_only=True)
class Try:
    """One request that is about to be made."""

    request: httpx2.Request
    patience: Patience
    tls: ssl.SSLContext | None

    def answer(self, call: Call, to: Path | None = None) -> Answer:
        """The answer, decoded; a success goes to the file `to` where one is given.

        Raises:
            Broken: it did not come whole or in time.
            WrongAnswer: it is longer than the call allows, or is none a system would document.
        """
        line = Line(self.patience)
        with _translated(), self._sent(line) as response:
            headers = _headers(response)
            success = response.status in call.answers and 200 <= response.status < 300
            kept = _Kept(to if success else None)
            most = call.most_bytes if success else min(call.most_bytes, _MOST_ERROR_BYTES)
            with kept:
                length = _receive(response, headers, kept, most)
        # A body in chunks says itself where it ends.
        if "content-length" in headers and line.unasked(length):
            raise Broken("more came than was announced")
        answer = Answer(
            status=response.status,
            headers=headers,
            content=bytes(kept.content),
            path=kept.path,
            size=kept.size,
        )
        if response.status in call.answers - call.pages:
            refuse_page(answer, bytes(kept.start))
        return answer

    @contextmanager
    def _sent(self, line: Line) -> Iterator[httpcore2.Response]:
        """Ask over a connection of its own: bytes nobody asked for can reach no other answer."""
        url = self.request.url
        asked = httpcore2.Request(
            method=self.request.method,
            url=httpcore2.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=self.request.headers.raw,
            content=self.request.read(),
        )
        with httpcore2.ConnectionPool(ssl_context=self.tls, network_backend=line) as pool:
            response = pool.handle_request(asked)
            try:
                yield response
            finally:
                response.close()


class _Kept:
    """Where a body goes: a file, or memory."""

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
        if len(self.start) < _LOOKED_AT_BYTES:
            self.start += piece[:_LOOKED_AT_BYTES]
        if self._file is None:
            self.content += piece
        else:
            self._file.write(piece)


def _receive(response: httpcore2.Response, headers: dict[str, str], kept: _Kept, most: int) -> int:
    """Put the decoded body where it is kept; how many bytes came over the line for it."""
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise WrongAnswer(f"The answer is encoded as {encoding}, which was not asked for.")
    gzip = _Gunzip() if "gzip" in encoding else None
    length = 0
    for piece in response.iter_stream():
        length += len(piece)
        for part in (piece,) if gzip is None else gzip.parts(piece):
            kept.write(part)
            if kept.size > most:
                raise WrongAnswer(f"The answer is longer than {most} bytes.")
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
                raise Broken("something follows the end of the gzip")
            try:
                part = self._reader.decompress(piece, self._PIECE)
            except zlib.error:
                raise Broken("its gzip is damaged") from None
            piece = self._reader.unconsumed_tail or self._reader.unused_data
            if part:
                yield part

    def finish(self) -> None:
        if not self._reader.eof:
            raise Broken("its gzip is cut")


def _headers(response: httpcore2.Response) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in response.headers:
        key, said = name.decode("latin-1").lower(), value.decode("latin-1")
        found[key] = f"{found[key]}, {said}" if key in found else said
    return found


@contextmanager
def _translated() -> Iterator[None]:
    """The line's own errors, without anything of the question in them."""
    try:
        yield
    except httpcore2.ConnectTimeout:
        raise Broken("no connection in time") from None
    except httpcore2.ReadTimeout as error:
        raise Broken(str(error)) from None  # our own words, see web_line
    except httpcore2.TimeoutException:
        raise Broken("it took nothing for too long") from None
    except httpcore2.ConnectError as error:
        raise Broken(f"no connection ({error})") from None
    except httpcore2.ProtocolError:
        raise Broken("the response was cut or is not HTTP") from None
    except httpcore2.NetworkError as error:
        raise Broken(f"the line broke ({error})") from None
