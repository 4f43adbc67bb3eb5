"""The line to a system: every read and write of one try ends by the deadline, or is too slow."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import Any

import httpcore2

_HEAD_ENDS = b"\r\n\r\n"
_MOST_HEAD_BYTES = 1 << 18
#: How long a system has for hanging up after its answer; what it still sends then is unasked.
_LAST_LOOK_S = 0.05

#: How often a wait looks whether the run was stopped.
_LOOK_UP_S = 0.5

_Option = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long one try may take."""

    until: float  #: monotonic seconds at which it ends, whatever has come
    silence_s: float  #: longest time without a byte
    least_bytes_per_s: float  #: slowest rate, looked at every `silence_s / 4`
    stopped: Event  #: set where the run was stopped: then no step is waited for

    def wait(self) -> float:
        """Seconds that the next step may take.

        Raises:
            httpcore2.ReadTimeout: none are left.
        """
        if self.stopped.is_set():
            raise httpcore2.ReadTimeout("the run was stopped")
        left = self.until - monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the time for this question is over")
        return min(left, self.silence_s)


class Line(httpcore2.NetworkBackend):
    """Opens the one connection of a try and watches what comes over it."""

    def __init__(self, patience: Patience) -> None:
        self.patience = patience
        self.received = 0  #: bytes so far, the head of the answer included
        self.head_bytes: int | None = None  #: how long that head was; null while it comes
        self._head = bytearray()
        self._looked_at: tuple[float, int] | None = None

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - ours is shorter
        local_address: str | None = None,
        socket_options: Iterable[_Option] | None = None,
    ) -> httpcore2.NetworkStream:
        """A TCP connection that keeps to the patience."""
        plain = httpcore2.SyncBackend()
        wait = self.patience.wait()
        return _Stream(plain.connect_tcp(host, port, wait, local_address, socket_options), self)

    def note(self, piece: bytes) -> None:
        """Count what came.

        Raises:
            httpcore2.ReadTimeout: it comes too slowly.
        """
        self.received += len(piece)
        if self.head_bytes is None and len(self._head) < _MOST_HEAD_BYTES:
            self._head += piece
            end = self._head.find(_HEAD_ENDS)
            if end >= 0:
                self.head_bytes = end + len(_HEAD_ENDS)
        self._refuse_drip()

    def unasked(self, body_bytes: int) -> bool:
        """Whether more came than a head and a body of that length."""
        return self.head_bytes is not None and self.received > self.head_bytes + body_bytes

    def _refuse_drip(self) -> None:
        instant = monotonic()
        began, before = self._looked_at or (instant, self.received)
        self._looked_at = (began, before)
        spent = instant - began
        if spent < self.patience.silence_s / 4:
            return
        if self.received - before < self.patience.least_bytes_per_s * spent:
            raise httpcore2.ReadTimeout("the answer comes too slowly")
        self._looked_at = (instant, self.received)


class _Stream(httpcore2.NetworkStream):
    """A connection whose reads and writes keep to the patience of its line."""

    def __init__(self, inner: httpcore2.NetworkStream, line: Line) -> None:
        self._inner = inner
        self._line = line
        self._ended = False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        piece = self._next(max_bytes)
        self._ended = not piece
        self._line.note(piece)
        return piece

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, self._line.patience.wait())

    def close(self) -> None:
        if not self._ended:
            self._ended = True
            self._look_once_more()
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        wait = self._line.patience.wait()
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, wait), self._line)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def _next(self, max_bytes: int) -> bytes:
        patience = self._line.patience
        silent_from = monotonic()
        while True:
            step = min(patience.wait(), _LOOK_UP_S)
            try:
                return self._inner.read(max_bytes, step)
            except httpcore2.ReadTimeout:
                if monotonic() - silent_from >= patience.silence_s:
                    raise httpcore2.ReadTimeout("nothing came for too long") from None

    def _look_once_more(self) -> None:
        try:
            self._line.received += len(self._inner.read(1, _LAST_LOOK_S))
        except (httpcore2.TimeoutException, httpcore2.NetworkError):
            return  # nothing more came, which is what should be
