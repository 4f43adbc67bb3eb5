"""Requests to a system, its responses, and the policy of timeouts, retries and rate limit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from gradeline.base.errors import WrongAnswer
from gradeline.base.masking import shorten

#: As much of an error's text as a message quotes.
QUOTED_CHARS = 200
_PAGE_BEGINS = (b"<!doctype html", b"<html")
_LOOKED_AT_BYTES = 1024


@dataclass(frozen=True, kw_only=True)
class Host:
    """A system, and the settings that name it."""

    name: str  #: at the beginning of a sentence: `The grader`
    url: str = field(repr=False)  #: prefix of every path; may have a path, never a query
    address_setting: str  #: the setting to fix where the address is wrong
    key_settings: str  #: the settings to fix where the system refuses us
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)  #: sent with every request
    secrets: tuple[str, ...] = field(default=(), repr=False)  #: values that no message may show

    def __str__(self) -> str:
        """Return the name and the machine, e.g. `The grader (b2b.itresume.ru)`."""
        return f"{self.name} ({urlsplit(self.url).netloc.rpartition('@')[2]})"


@dataclass(frozen=True, kw_only=True)
class RequestPolicy:
    """How requests are sent to a system. All times are in seconds and are divided by `speed`."""

    requests: int | None = None  #: at most this many begin …
    #: … in so many seconds, over all processes of this home; no limit where `requests` is None
    per_s: float = 1.0
    parallel: int = 1  #: requests of this process that are under way at once
    tries: int = 6  #: how often one request is sent at most
    deadline_s: float = 900.0  #: for one request with all its tries and waits
    silence_s: float = 60.0  #: without a byte for so long an attempt is given up
    min_bytes_per_s: float = 100.0  #: a response that comes slower is given up
    first_wait_s: float = 1.0  #: before the second try; doubles with each further one, with jitter
    max_wait_s: float = 60.0  #: between two tries, whatever `Retry-After` says
    speed: float = 1.0  #: SANDBOX_SPEED

    def scaled(self, seconds: float) -> float:
        """Return the seconds divided by `speed`."""
        return seconds / self.speed


@dataclass(frozen=True, kw_only=True)
class Response:
    """A response that came whole: its length, gzip and the source's own check are verified."""

    status: int
    headers: Mapping[str, str]  #: names in lower case
    content: bytes = b""  #: decoded; of a download only where it is not a success
    path: Path | None = None  #: the file of a download, decoded
    size: int = 0  #: bytes of the decoded body

    @property
    def text(self) -> str:
        """Return the content as UTF-8; what is not is replaced."""
        return self.content.decode("utf-8", errors="replace")

    def json(self) -> Any:
        """Return the content as JSON.

        Raises:
            WrongAnswer: it is not JSON.
        """
        try:
            return msgspec.json.decode(self.content)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise WrongAnswer(f"The response is not JSON ({error}).") from error


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request, idempotent: it is sent again until a response is whole."""

    path: str = ""  #: appended to the host's URL, beginning with `/`
    method: str = "GET"
    params: Sequence[tuple[str, str]] = ()  #: sent in this order; their values are never shown
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    json: object = None
    form: Mapping[str, str] | None = field(default=None, repr=False)
    statuses: frozenset[int] = frozenset({200})  #: statuses that are returned; others raise
    max_bytes: int = 32 << 20  #: a longer body, decoded, is refused
    html_statuses: frozenset[int] = frozenset()  #: of those, the ones that may come as HTML
    #: raises WrongAnswer for a response the source cannot use: the request is sent again, and
    #: the last error is raised
    check: Callable[[Response], None] | None = None


def refuse_page(response: Response, start: bytes) -> None:
    """Check that a response is not a web page and not an empty success.

    Raises:
        WrongAnswer: it is one of these.
    """
    begins = start[:_LOOKED_AT_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    page = response.headers.get("content-type", "").lower().startswith("text/html")
    if page or begins.startswith(_PAGE_BEGINS):
        raise WrongAnswer("Expected JSON but received a web page.")
    if response.status == 200 and response.size == 0:
        raise WrongAnswer("Expected JSON but received an empty response.")


def excerpt(content: bytes) -> str:
    """Return the beginning of an error's text in one line, for a message; empty for HTML."""
    text = shorten(content.decode("utf-8", errors="replace"), QUOTED_CHARS)
    return "" if text.lower().startswith(("<!doctype", "<html")) else text
