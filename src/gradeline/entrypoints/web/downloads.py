"""A file as an answer: whole, the part that Range asks for, or the word that it did not change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from gradeline.entrypoints.web.entity_tags import names_tag
from gradeline.entrypoints.web.ranges import read_range

#: What no system takes in a name, or what some programs read in another way.
_ODD = re.compile(r"[^\w. ()+-]|[^\x20-\x7e]")


@dataclass(frozen=True, kw_only=True)
class Download:
    """A file that somebody may have."""

    name: str  #: under which it is saved, in any script
    size: int  #: bytes
    tag: str  #: another one for other bytes; without quotes
    stream: Callable[[int, int], Iterator[bytes]]  #: yields the bytes `[start, end)`
    media_type: str = "application/octet-stream"
    headers: Mapping[str, str] = field(default_factory=dict)  #: further ones


def answer_download(request: Request, file: Download) -> Response:
    """Answer with a file. Whatever is in it, no browser opens it on our pages.

    Raises:
        NotSatisfiable: Range asks for what lies beyond its end.
    """
    asked = request.headers
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Disposition": _disposition(file.name),
        "ETag": f'"{file.tag}"',
        "X-Content-Type-Options": "nosniff",
        **file.headers,
    }
    if names_tag(asked.get("if-none-match"), file.tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    condition = asked.get("if-range")
    is_same = condition is None or names_tag(condition, file.tag)
    part = read_range(asked.get("range") if is_same else None, file.size)
    start, end = part or (0, file.size)
    status = HTTPStatus.OK
    if part is not None:
        status = HTTPStatus.PARTIAL_CONTENT
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
    headers["Content-Length"] = str(end - start)
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=file.media_type)
    body = file.stream(start, end)
    return StreamingResponse(body, status, headers, media_type=file.media_type)


def _disposition(name: str) -> str:
    """Return under which name the file is saved; `curl -OJ` reads the plain one alone."""
    plain = _ODD.sub("_", name)
    return f"attachment; filename=\"{plain}\"; filename*=utf-8''{quote(name, safe='')}"
