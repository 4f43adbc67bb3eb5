"""A network connection whose every read and write ends by a deadline, or when it is too slow."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import Any

import httpcore2

_HEAD_ENDS = b"\r\n\r\n"
_MAX_HEAD_BYTES = 1 << 18
#: How long to wait for the system to close the connection after its response, in seconds.
_HANG_UP_S = 0.05

#: How often a wait checks whether the run was stopped, in seconds.
_STEP_S = 0.5

_Option = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """How long one attempt may take."""

    until: float  #: monotonic seconds at which it ends, whatever has come
    silence_s: float  #: longest time without a byte
    min_bytes_per_s: float  #: slowest rate, measured every `silence_s / 4`
    stopped: Event  #: set where the run was stopped: then no step is waited for

    def remaining(self) -> float:
        """Return the seconds that the next step may take.

        Raises:
            httpcore2.ReadTimeout: none are left, or the run was stopped.
        """
        if self.stopped.is_set():
            raise httpcore2.ReadTimeout("the run was stopped")
        left = self.until - monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the time for this question is over")
        return min(left, self.silence_s)


class WatchedBackend(httpcore2.NetworkBackend):
    """Opens the connection of one attempt, counts its bytes and measures their rate."""

    def __init__(self, deadline: Deadline) -> None:
        self.deadline = deadline
        self.received = 0  #: bytes so far, with the head of the response
        self.head_bytes: int | None = None  #: how long that head was; None until it is complete
        self._head = bytearray()
        self._measured: tuple[float, int] | None = None

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - ours is shorter
        local_address: str | None = None,
        socket_options: Iterable[_Option] | None = None,
    ) -> httpcore2.NetworkStream:
        """Open a TCP connection that keeps to the deadline."""
        plain = httpcore2.SyncBackend()
        wait = self.deadline.remaining()
        return _Stream(plain.connect_tcp(host, port, wait, local_address, socket_options), self)

    def count(self, piece: bytes) -> None:
        """Count the bytes that came.

        Raises:
            httpcore2.ReadTimeout: they come too slowly.
        """
        self.received += len(piece)
        if self.head_bytes is None and len(self._head) < _MAX_HEAD_BYTES:
            self._head += piece
            end = self._head.find(_HEAD_ENDS)
            if end >= 0:
                self.head_bytes = end + len(_HEAD_ENDS)
        self._refuse_slow()

    def is_longer_than(self, body_bytes: int) -> bool:
        """Whether more came than the head and a body of that length."""
        return self.head_bytes is not None and self.received > self.head_bytes + body_bytes

    def _refuse_slow(self) -> None:
        instant = monotonic()
        began, before = self._measured or (instant, self.received)
        self._measured = (began, before)
        spent = instant - began
        if spent < self.deadline.silence_s / 4:
            return
        if self.received - before < self.deadline.min_bytes_per_s * spent:
            raise httpcore2.ReadTimeout("the answer comes too slowly")
        self._measured = (instant, self.received)


class _Stream(httpcore2.NetworkStream):
    """A connection whose reads and writes keep to its backend's deadline."""

    def __init__(self, inner: httpcore2.NetworkStream, backend: WatchedBackend) -> None:
        self._inner = inner
        self._backend = backend
        self._ended = False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        piece = self._read_in_time(max_bytes)
        self._ended = not piece
        self._backend.count(piece)
        return piece

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, self._backend.deadline.remaining())

    def close(self) -> None:
        if not self._ended:
            self._ended = True
            self._read_surplus()
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        wait = self._backend.deadline.remaining()
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, wait), self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def _read_in_time(self, max_bytes: int) -> bytes:
        deadline = self._backend.deadline
        since = monotonic()
        while True:
            step = min(deadline.remaining(), _STEP_S)
            try:
                return self._inner.read(max_bytes, step)
            except httpcore2.ReadTimeout:
                if monotonic() - since >= deadline.silence_s:
                    raise httpcore2.ReadTimeout("nothing came for too long") from None

    def _read_surplus(self) -> None:
        try:
            self._backend.received += len(self._inner.read(1, _HANG_UP_S))
        except (httpcore2.TimeoutException, httpcore2.NetworkError):
            return  # nothing more came, which is what should be
