"""What goes between a client and a twin: a request, a response, and how fast time passes."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import unquote

JSON = "application/json"
TEXT = "text/plain; charset=utf-8"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How much faster than life the sandbox runs: waits, limits and lifetimes are divided by it."""

    speed: float = 1.0

    def scaled(self, seconds: float) -> float:
        """Return the seconds of the wall clock that `seconds` of a system's life take."""
        return seconds / self.speed

    def whole_seconds(self, seconds: float) -> int:
        """Return the same as a header gives it: whole seconds, at least one."""
        return max(1, math.ceil(self.scaled(seconds)))


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request as a twin sees it."""

    method: str
    path: str  #: below the twin's own first part, as sent: `/v2/courses/a%20b`
    query: tuple[tuple[str, str], ...] = ()  #: decoded, in the order sent
    headers: Mapping[str, str] = field(default_factory=dict)  #: names in lower case
    body: bytes = b""
    at: float = 0.0  #: when it arrived, in monotonic seconds
    fault: str | None = None  #: a fault of the twin's own that its response must have
    address: str = ""  #: scheme, host, port and twin, for a twin that writes links to itself

    @property
    def parts(self) -> tuple[str, ...]:
        """The decoded parts of the path: `("v2", "courses", "a b")`."""
        return tuple(unquote(part) for part in self.path.split("/") if part)

    def param(self, name: str, default: str = "") -> str:
        """Return the first value of a parameter."""
        return next((value for key, value in self.query if key == name), default)

    def params(self, name: str) -> tuple[str, ...]:
        """Return all values of a parameter, in the order sent."""
        return tuple(value for key, value in self.query if key == name)


@dataclass(frozen=True, kw_only=True)
class Response:
    """One response, before a fault changes it.

    Without a `Content-Length` among `headers`, an iterator goes out in chunks. Text and JSON are
    compressed where the client takes gzip; a response that names its own `Content-Encoding` goes
    out as it is.
    """

    status: int = 200
    body: bytes | Iterator[bytes] = b""
    content_type: str = JSON
    headers: tuple[tuple[str, str], ...] = ()
    wait_s: float = 0.0  #: how long the system thinks, in seconds of its own life
    #: of a system that answers once something happens: returns what it then answers; asked in the
    #: server's loop while other requests are served
    later: Callable[[], Awaitable[Response]] | None = None

    def header(self, name: str) -> str | None:
        """Return the value of a header, by its name in any case."""
        return next((v for key, v in self.headers if key.lower() == name.lower()), None)


class Twin(Protocol):
    """Responds as one system would; one call at a time, in any thread.

    `respond` is called for every request that arrives, also where a fault replaces its response.
    A body that is an iterator is read later, while other requests are served.
    """

    @property
    def name(self) -> str:
        """The first part of the path that leads here: `grader`."""

    @property
    def faults(self) -> Mapping[str, bool]:
        """Every fault it can have → whether a mix draws it (`faults.TRANSPORT` and its own)."""

    @property
    def settings(self) -> Mapping[str, str]:
        """The settings in `.env` by which Gradeline reads it."""

    def respond(self, request: Request) -> Response:
        """Return the response that the system would give."""
