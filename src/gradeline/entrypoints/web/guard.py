"""What every request passes first: its head, its Host, how fast it comes, how much is under way.

It knows no route: what a request may ask for, routes say. Nothing here waits for anything but the
client's bytes, and never longer than the limits allow.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gradeline.entrypoints.web.hosts import host_of
from gradeline.entrypoints.web.problem import Header, problem_body, send_problem

#: Answered however much is under way: what tells whether we live, and how we do.
_ALWAYS = frozenset({"/healthz", "/readyz", "/metrics"})
#: Seconds after which a request that met an overload may come again.
_RETRY_S = 2
#: Seconds for which the rest of a body is read that nobody wants, so that the client, which may
#: write it first, gets to read the answer.
_LINGER_S = 2.0
_CLOSE: Header = (b"connection", b"close")

#: Sent with every answer that does not say otherwise.
_HEADERS: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cache-control", b"no-store"),
)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a request may be, and how many are answered at once."""

    head_bytes: int = 16_384  #: of the path with its query and all headers
    headers: int = 100
    receive_s: float = 15.0  #: seconds of waiting for a body that are always given
    least_rate: float = 16_384.0  #: bytes per second of waiting that are expected after that
    busy: int = 64  #: requests that are worked on at once; waiting for clients does not count


class Guard:
    """Stands before an application."""

    def __init__(
        self, app: ASGIApp, *, hosts: Collection[str], limits: Limits | None = None
    ) -> None:
        """Guard an application.

        Args:
            app: what answers.
            hosts: names and addresses under which we are reached, without ports.
            limits: of a request.
        """
        self._app, self._hosts = app, frozenset(hosts)
        self._limits = limits or Limits()
        self.busy = 0  #: requests that are worked on

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        passage = _Passage(self, scope, receive, send)
        refused = self._refusal(scope)
        if refused is not None:
            await passage.refuse(*refused)
        elif self.busy >= self._limits.busy and scope["path"] not in _ALWAYS:
            await passage.refuse(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "Too much is being worked on.",
                (b"retry-after", str(_RETRY_S).encode()),
            )
        else:
            await passage.run(self._app, self._limits)

    def _refusal(self, scope: Scope) -> tuple[HTTPStatus, str] | None:
        """Return why a request is not let in, None where it is."""
        limits, headers = self._limits, scope["headers"]
        size = len(scope.get("raw_path") or b"") + len(scope["query_string"])
        size += sum(len(name) + len(value) + 4 for name, value in headers)
        if size > limits.head_bytes or len(headers) > limits.headers:
            return (
                HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                f"A request may have {limits.headers} headers and {limits.head_bytes} bytes before"
                " its body.",
            )
        if _is_ambiguous(scope):
            return HTTPStatus.BAD_REQUEST, "The length of the body can be read in two ways."
        if any(name == b"content-encoding" and value != b"identity" for name, value in headers):
            return HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Bodies are taken as they are, not encoded."
        hosts = [value for name, value in headers if name == b"host"]
        if len(hosts) != 1:
            return HTTPStatus.BAD_REQUEST, "A request names one Host."
        if host_of(hosts[0].decode("latin-1")) not in self._hosts:
            return (
                HTTPStatus.MISDIRECTED_REQUEST,
                "This Host is not ours; PUBLIC_URL and ALLOWED_HOSTS say which are.",
            )
        return None


def _is_ambiguous(scope: Scope) -> bool:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    codings = [value for name, value in scope["headers"] if name == b"transfer-encoding"]
    return (
        len(lengths) > 1
        or len(codings) > 1
        or bool(lengths and codings)
        or any(value.lower() != b"chunked" for value in codings)
        or any(not (value.isascii() and value.isdigit()) for value in lengths)
        or bool(codings and scope["http_version"] == "1.0")
    )


class _Passage:
    """One request on its way through the guard."""

    def __init__(self, guard: Guard, scope: Scope, receive: Receive, send: Send) -> None:
        self._guard, self._scope, self._receive, self._send = guard, scope, receive, send
        self._limits = Limits()
        self._counted = False  # among what is worked on
        self._answered = False  # the answer has begun
        self._cut = False  # the guard answered in the application's place
        self._whole = False  # the body is there
        self._received = 0
        self._waited_s = 0.0

    async def run(self, app: ASGIApp, limits: Limits) -> None:
        """Let the application answer."""
        self._limits = limits
        self._count(working=True)
        try:
            await app(self._scope, self._receive_in_time, self._send_with_headers)
        except Exception:
            if not self._cut:  # the application met the end of a request that is answered
                raise
        finally:
            self._count(working=False)

    async def refuse(self, status: HTTPStatus, detail: str, *more: Header) -> None:
        """Answer in the application's place, and close the connection."""
        request_id = self._scope.get("state", {}).get("request_id", "")
        body = problem_body(status, detail, request_id=request_id)
        self._answered = self._cut = True
        await send_problem(self._scope, self._send_to_end, body, (*more, *_HEADERS, _CLOSE))

    def _count(self, *, working: bool) -> None:
        if self._counted != working:
            self._counted = working
            self._guard.busy += 1 if working else -1

    async def _receive_in_time(self) -> Message:
        if self._whole or self._answered:
            return {"type": "http.disconnect"} if self._cut else await self._receive()
        allowed_s = self._limits.receive_s + self._received / self._limits.least_rate
        self._count(working=False)
        began = time.monotonic()
        try:
            async with asyncio.timeout(allowed_s - self._waited_s):
                message = await self._receive()
        except TimeoutError:
            await self._end_late()
            return {"type": "http.disconnect"}
        finally:
            self._waited_s += time.monotonic() - began
            self._count(working=not self._answered)
        self._received += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        return message

    async def _end_late(self) -> None:
        if not self._answered:
            await self.refuse(
                HTTPStatus.REQUEST_TIMEOUT,
                f"The body came too slowly: {self._received} bytes in {self._waited_s:.0f} s.",
            )

    async def _send_with_headers(self, message: Message) -> None:
        if self._cut:
            return
        if message["type"] == "http.response.start":
            self._answered = True
            self._count(working=False)
            given = list(message.get("headers", ()))
            names = {name.lower() for name, _ in given}
            given += [header for header in _HEADERS if header[0] not in names]
            if not self._whole and _has_body(self._scope):
                given.append(_CLOSE)  # what is left of the body is not read
            message = {**message, "headers": given}
        await self._send_to_end(message)

    async def _send_to_end(self, message: Message) -> None:
        """Send; before the end of the answer the rest of the body is read, for a while."""
        ends = message["type"] == "http.response.body" and not message.get("more_body", False)
        if not ends or self._whole or not _has_body(self._scope):
            await self._send(message)
            return
        await self._send({**message, "more_body": True})
        with suppress(TimeoutError):
            async with asyncio.timeout(_LINGER_S):
                while not self._whole:
                    rest = await self._receive()
                    self._whole = not rest.get("more_body", False)
        await self._send({"type": "http.response.body", "body": b""})


def _has_body(scope: Scope) -> bool:
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and value != b"0")
        for name, value in scope["headers"]
    )
