"""Faults of an answer as a whole: another status, no body, a page of a proxy, damaged gzip."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from random import Random

from gradeline.sandbox.exchange import HTML, TEXT, Answer, Pace, Request

#: What a system that wants to be left alone asks for, in seconds of its life.
_RETRY_AFTER_S = 2.0
_ABSURD_S = 10**9
_GARBAGE = b"\x00\xffnot a member of anything\r\n"

_PAGE = (
    "<!DOCTYPE html>\n<html><head><title>{0}</title></head><body><h1>{0}</h1>{1}</body></html>\n"
)
_FORM = '<form method="post" action="/login"><input name="login"><input type="password"></form>'


@dataclass(frozen=True, kw_only=True)
class Spoiling:
    """What a fault of an answer is given: the request, how fast time goes, and the dice."""

    request: Request
    pace: Pace
    dice: Random
    place: float  #: where in the answer it strikes, 0 to 1


Spoil = Callable[[Answer, Spoiling], Answer]


def whole(answer: Answer) -> bytes:
    """The body in one piece."""
    return answer.body if isinstance(answer.body, bytes) else b"".join(answer.body)


def squeezed(body: bytes) -> bytes:
    """The body as gzip; the same bytes each time."""
    return gzip.compress(body, compresslevel=1, mtime=0)


def page(status: int, title: str, inner: str = "") -> Answer:
    """A page of HTML, as proxies and sign-in walls give it."""
    return Answer(status=status, content_type=HTML, body=_PAGE.format(title, inner).encode())


def refusal(status: int, title: str) -> Spoil:
    """A fault that puts a proxy's page of that status in place of the answer."""
    return lambda _answer, _spoiling: page(status, f"{status} {title}")


def login_page(_answer: Answer, _spoiling: Spoiling) -> Answer:
    """A sign-in page with status 200."""
    return page(200, "Sign in", _FORM)


def empty(answer: Answer, _spoiling: Spoiling) -> Answer:
    """Status 200 and no body at all."""
    return Answer(status=200, content_type=answer.content_type)


def body_cut(answer: Answer, spoiling: Spoiling) -> Answer:
    """The body ends early, and its length is told as if that were all of it."""
    body = whole(answer)
    kept = tuple(pair for pair in answer.headers if pair[0].lower() != "content-length")
    return replace(answer, body=_cut(body, spoiling) if body else body, headers=kept)


def too_many(retry_after: Callable[[Spoiling], str | None]) -> Spoil:
    """A fault that says 429, with a `Retry-After` where the function gives one."""

    def spoil(_answer: Answer, spoiling: Spoiling) -> Answer:
        said = retry_after(spoiling)
        headers = () if said is None else (("Retry-After", said),)
        return Answer(status=429, content_type=TEXT, body=b"Too Many Requests\n", headers=headers)

    return spoil


def in_seconds(spoiling: Spoiling) -> str:
    """A delay in seconds, at the sandbox's speed."""
    return str(spoiling.pace.whole(_RETRY_AFTER_S))


def as_date(spoiling: Spoiling) -> str:
    """The same delay as an HTTP date."""
    delay = timedelta(seconds=spoiling.pace.whole(_RETRY_AFTER_S))
    return format_datetime(datetime.now(tz=UTC) + delay, usegmt=True)


def absurd(_spoiling: Spoiling) -> str:
    """Thirty years."""
    return str(_ABSURD_S)


def negative(_spoiling: Spoiling) -> str:
    """A delay that is over before it begins."""
    return "-1"


def missing(_spoiling: Spoiling) -> None:
    """No word about when to come back."""


def _gzipped(damage: Callable[[bytes, Spoiling], bytes]) -> Spoil:
    """A fault inside gzip: the length is right, the content is not; nothing where none is taken."""

    def spoil(answer: Answer, spoiling: Spoiling) -> Answer:
        if answer.header("Content-Encoding"):
            return replace(answer, body=damage(whole(answer), spoiling))
        if "gzip" not in spoiling.request.headers.get("accept-encoding", ""):
            return answer
        headers = tuple(pair for pair in answer.headers if pair[0].lower() != "content-length")
        return replace(
            answer,
            body=damage(squeezed(whole(answer)), spoiling),
            headers=(*headers, ("Content-Encoding", "gzip")),
        )

    return spoil


def _cut(body: bytes, spoiling: Spoiling) -> bytes:
    return body[: min(len(body) - 1, int(len(body) * spoiling.place))]


def _wrong_sum(body: bytes, _spoiling: Spoiling) -> bytes:
    trailer = bytearray(body[-8:])
    trailer[0] ^= 0xFF  # gzip ends with CRC-32, then the length, four bytes each
    return body[:-8] + bytes(trailer)


def _garbage(body: bytes, _spoiling: Spoiling) -> bytes:
    return body + _GARBAGE


gzip_cut: Spoil = _gzipped(_cut)
gzip_wrong_sum: Spoil = _gzipped(_wrong_sum)
gzip_garbage: Spoil = _gzipped(_garbage)


def inflates(body: bytes) -> bool:
    """Whether the bytes are one whole gzip member and nothing else."""
    reader = zlib.decompressobj(wbits=31)
    try:
        reader.decompress(body)
    except zlib.error:
        return False
    return reader.eof and not reader.unused_data
