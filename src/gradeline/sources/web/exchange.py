"""What is asked of a system over HTTP, how patiently, and what came back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

import msgspec

from gradeline.base.errors import WrongAnswer

#: As much of an error's text as a message quotes.
_QUOTED_CHARS = 200
_PAGE_BEGINS = (b"<!doctype html", b"<html")
_LOOKED_AT_BYTES = 1024


@dataclass(frozen=True, kw_only=True)
class Host:
    """A system as people know it, and the settings that lead to it."""

    name: str  #: at the beginning of a sentence: `The grader`
    url: str = field(repr=False)  #: what every path is put behind; may hold a path, never a query
    address_setting: str  #: what to mend where this is the wrong address
    key_settings: str  #: what to mend where the system refuses us
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)  #: with every request
    secrets: tuple[str, ...] = field(default=(), repr=False)  #: values that no message may show

    def __str__(self) -> str:
        """The name and the machine, e.g. `The grader (b2b.itresume.ru)`."""
        return f"{self.name} ({urlsplit(self.url).netloc.rpartition('@')[2]})"

    def clean(self, text: str) -> str:
        """The text without any secret, in whatever spelling a URL gives it."""
        for secret in filter(None, self.secrets):
            for spelling in (secret, quote(secret, safe=""), quote_plus(secret)):
                text = text.replace(spelling, "***")
        return text


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How a system is asked; times in seconds of life, all divided by `speed`."""

    requests: int | None = None  #: at most this many begin …
    per_s: float = 1.0  #: … in any so many seconds, over all processes of this home; null: no limit
    parallel: int = 1  #: requests of this process that are under way at once
    tries: int = 6  #: times that one question is asked at most
    deadline_s: float = 900.0  #: for one question with all its tries and waits
    silence_s: float = 60.0  #: nothing comes for so long: the try is given up
    least_bytes_per_s: float = 100.0  #: an answer that comes slower, once it comes, is given up
    first_wait_s: float = 1.0  #: before the second try; doubled for each further one, with jitter
    longest_wait_s: float = 60.0  #: between two tries, whatever the system asks for
    speed: float = 1.0  #: SANDBOX_SPEED

    def real(self, seconds: float) -> float:
        """The seconds on the clock on the wall."""
        return seconds / self.speed


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer that came whole: length, gzip and the source's own check are behind it."""

    status: int
    headers: Mapping[str, str]  #: names in lower case
    content: bytes = b""  #: decoded; of a download only what is no success
    path: Path | None = None  #: where a download lies, decoded
    size: int = 0  #: bytes of the decoded body

    @property
    def text(self) -> str:
        """The content as UTF-8, whatever cannot be read replaced."""
        return self.content.decode("utf-8", errors="replace")

    def json(self) -> Any:
        """The content as JSON.

        Raises:
            WrongAnswer: it is none.
        """
        try:
            return msgspec.json.decode(self.content)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise WrongAnswer(f"The response is not JSON ({error}).") from error


@dataclass(frozen=True, kw_only=True)
class Call:
    """One question. Asking it twice must do no harm, for it is asked until an answer is whole."""

    path: str = ""  #: behind the host's URL, beginning with `/`
    method: str = "GET"
    params: Sequence[tuple[str, str]] = ()  #: sent in this order; their values are never shown
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    json: object = None
    form: Mapping[str, str] | None = field(default=None, repr=False)
    answers: frozenset[int] = frozenset({200})  #: statuses the source wants to see itself
    most_bytes: int = 32 << 20  #: a longer body, decoded, is refused
    pages: frozenset[int] = frozenset()  #: of those, the ones that may come as a web page
    #: raises WrongAnswer for what the source cannot use: asked again, then passed on
    check: Callable[[Answer], None] | None = None


def refuse_page(answer: Answer, start: bytes) -> None:
    """Refuse what no system documents: a web page, or a success with nothing in it.

    Raises:
        WrongAnswer: the answer is one of these.
    """
    begins = start[:_LOOKED_AT_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    page = answer.headers.get("content-type", "").lower().startswith("text/html")
    if page or begins.startswith(_PAGE_BEGINS):
        raise WrongAnswer("Expected JSON but received a web page.")
    if answer.status == 200 and answer.size == 0:
        raise WrongAnswer("Expected JSON but received an empty response.")


def excerpt(content: bytes) -> str:
    """The beginning of an error's text in one line, for a message; nothing of a web page."""
    text = " ".join(content[:4096].decode("utf-8", errors="replace").split())
    if not text or text.lower().startswith(("<!doctype", "<html")):
        return ""
    return text if len(text) <= _QUOTED_CHARS else f"{text[:_QUOTED_CHARS]}…"
