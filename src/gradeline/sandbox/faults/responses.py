"""Faults of a response as a whole: another status, no body, a page of a proxy, damaged gzip."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from random import Random

from gradeline.sandbox.exchange import HTML, TEXT, Pace, Request, Response

#: The delay of `Retry-After`, in seconds of the system's life.
_RETRY_AFTER_S = 2.0
_ABSURD_S = 10**9
_GARBAGE = b"\x00\xffnot a member of anything\r\n"

_PAGE = (
    "<!DOCTYPE html>\n<html><head><title>{0}</title></head><body><h1>{0}</h1>{1}</body></html>\n"
)
_FORM = '<form method="post" action="/login"><input name="login"><input type="password"></form>'


@dataclass(frozen=True, kw_only=True)
class SpoilContext:
    """What a fault of a response needs: the request, the pace of time, and random numbers."""

    request: Request
    pace: Pace
    dice: Random
    place: float  #: where in the response it strikes, 0 to 1


#: A fault: makes another response of one.
Spoil = Callable[[Response, SpoilContext], Response]


def whole(response: Response) -> bytes:
    """Return the body in one piece."""
    return response.body if isinstance(response.body, bytes) else b"".join(response.body)


def gzipped(body: bytes) -> bytes:
    """Return the body as gzip; the same bytes each time."""
    return gzip.compress(body, compresslevel=1, mtime=0)


def page(status: int, title: str, inner: str = "") -> Response:
    """Return a page of HTML, as proxies and sign-in pages are."""
    return Response(status=status, content_type=HTML, body=_PAGE.format(title, inner).encode())


def refusal(status: int, title: str) -> Spoil:
    """Return a fault that replaces the response by a proxy's page of that status."""
    return lambda _response, _context: page(status, f"{status} {title}")


def login_page(_response: Response, _context: SpoilContext) -> Response:
    """Return a sign-in page with status 200."""
    return page(200, "Sign in", _FORM)


def empty(response: Response, _context: SpoilContext) -> Response:
    """Return status 200 without a body."""
    return Response(status=200, content_type=response.content_type)


def body_cut(response: Response, context: SpoilContext) -> Response:
    """Cut the body; its length is that of the part."""
    body = whole(response)
    headers = tuple(pair for pair in response.headers if pair[0].lower() != "content-length")
    return replace(response, body=_cut(body, context) if body else body, headers=headers)


def too_many(retry_after: Callable[[SpoilContext], str | None]) -> Spoil:
    """Return a fault with status 429, with a `Retry-After` if the function returns one."""

    def spoil(_response: Response, context: SpoilContext) -> Response:
        delay = retry_after(context)
        headers = () if delay is None else (("Retry-After", delay),)
        return Response(status=429, content_type=TEXT, body=b"Too Many Requests\n", headers=headers)

    return spoil


def in_seconds(context: SpoilContext) -> str:
    """Return a delay in seconds, at the sandbox's speed."""
    return str(context.pace.whole_seconds(_RETRY_AFTER_S))


def as_date(context: SpoilContext) -> str:
    """Return the same delay as an HTTP date."""
    delay = timedelta(seconds=context.pace.whole_seconds(_RETRY_AFTER_S))
    return format_datetime(datetime.now(tz=UTC) + delay, usegmt=True)


def absurd(_context: SpoilContext) -> str:
    """Return a delay of thirty years."""
    return str(_ABSURD_S)


def negative(_context: SpoilContext) -> str:
    """Return a negative delay."""
    return "-1"


def missing(_context: SpoilContext) -> None:
    """Return no delay."""


def _gzipped(damage: Callable[[bytes, SpoilContext], bytes]) -> Spoil:
    """Return a fault inside gzip; without effect where the client does not take gzip."""

    def spoil(response: Response, context: SpoilContext) -> Response:
        if response.header("Content-Encoding"):
            return replace(response, body=damage(whole(response), context))
        if "gzip" not in context.request.headers.get("accept-encoding", ""):
            return response
        headers = tuple(pair for pair in response.headers if pair[0].lower() != "content-length")
        return replace(
            response,
            body=damage(gzipped(whole(response)), context),
            headers=(*headers, ("Content-Encoding", "gzip")),
        )

    return spoil


def _cut(body: bytes, context: SpoilContext) -> bytes:
    return body[: min(len(body) - 1, int(len(body) * context.place))]


def _wrong_sum(body: bytes, _context: SpoilContext) -> bytes:
    trailer = bytearray(body[-8:])
    trailer[0] ^= 0xFF  # gzip ends with CRC-32, then the length, four bytes each
    return body[:-8] + bytes(trailer)


def _garbage(body: bytes, _context: SpoilContext) -> bytes:
    return body + _GARBAGE


gzip_cut: Spoil = _gzipped(_cut)
gzip_wrong_sum: Spoil = _gzipped(_wrong_sum)
gzip_garbage: Spoil = _gzipped(_garbage)
