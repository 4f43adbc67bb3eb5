"""How a connection is read: uvicorn's protocol, with an end to waiting and to what is kept.

uvicorn with httptools refuses requests whose framing can be read in two ways, but waits for the
head of a request for ever and keeps all of it. What it can tell only from a complete head, the
guard judges.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from gradeline.entrypoints.web.problem import problem_body, problem_bytes


class BoundedProtocol(HttpToolsProtocol):
    """Reads requests from one connection, each head within a time and a size."""

    #: Seconds in which the head of a request is to be complete.
    head_deadline_s = 15.0
    #: Bytes that are kept of a head that is not complete.
    head_bytes = 32_768
    #: Connections that are read at once.
    connections_at_once = 1000

    #: Seconds for which what still comes is read and dropped, so that the answer is not lost.
    linger_s = 2.0

    _refused = False
    _head_timer: asyncio.TimerHandle | None = None
    _head_open = False
    _head_size = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to read, unless too many connections are open."""
        super().connection_made(transport)
        if len(self.connections) > self.connections_at_once:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, "Too many connections are open.")
        else:
            self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """End reading."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read what came."""
        if self._refused or self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete:
            self._wait_for_head()
        super().data_received(data)
        if self._head_open:
            self._head_size += len(data)
            if self._head_size > self.head_bytes:
                self._refuse(
                    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                    f"The head of the request has more than {self.head_bytes} bytes.",
                )

    def on_message_begin(self) -> None:
        """Begin the head of a request."""
        super().on_message_begin()
        self._head_open, self._head_size = True, 0
        self._wait_for_head()

    def on_headers_complete(self) -> None:
        """End the head of a request; its application starts."""
        self._head_open = False
        self._stop_waiting()
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request."""
        self._refuse(HTTPStatus.BAD_REQUEST, msg)

    def _wait_for_head(self) -> None:
        if self._head_timer is None:
            self._head_timer = self.loop.call_later(self.head_deadline_s, self._give_up)

    def _stop_waiting(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _give_up(self) -> None:
        self._head_timer = None
        if self._head_open:
            self._refuse(
                HTTPStatus.REQUEST_TIMEOUT,
                f"The head of the request was not complete after {self.head_deadline_s:g} seconds.",
            )
        else:
            self.transport.close()

    def _refuse(self, status: HTTPStatus, detail: str) -> None:
        """Answer below any application, and close once the client had time to read it."""
        self._stop_waiting()
        if self._refused or self.transport.is_closing():
            return
        self._refused = True
        if not self._may_answer():
            self.transport.close()
            return
        waits = [(b"retry-after", b"5")] if status is HTTPStatus.SERVICE_UNAVAILABLE else []
        body, headers = problem_bytes(
            problem_body(status, detail), [*waits, (b"connection", b"close")]
        )
        lines = [b"%s: %s\r\n" % header for header in headers]
        self.transport.write(b"".join([STATUS_LINE[status], *lines, b"\r\n", body]))
        self.transport.write_eof()
        self.loop.call_later(self.linger_s, self.transport.close)

    def _may_answer(self) -> bool:
        """Whether an answer now belongs to the request that is refused; its application ends."""
        under_way = self.cycle
        if under_way is None or under_way.response_complete:
            return True
        if under_way.response_started or not under_way.more_body:
            return False
        under_way.disconnected = True
        under_way.message_event.set()
        return True
