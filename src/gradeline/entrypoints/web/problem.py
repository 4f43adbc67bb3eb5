"""The one form of an error as an answer: problem details, RFC 9457."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.types import Scope, Send

from gradeline.base.masking import SECRETS

MEDIA_TYPE = "application/problem+json"

Header = tuple[bytes, bytes]


def problem_body(
    status: HTTPStatus, detail: str, *, hint: str = "", request_id: str = "", **more: Any
) -> Mapping[str, Any]:
    """Return a problem as it is answered; members without a value are left out.

    Args:
        status: of the answer.
        detail: what happened, to what; a sentence.
        hint: what to do; a sentence.
        request_id: under which the log tells more.
        more: further members.
    """
    body = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": SECRETS.mask(detail),
        "hint": SECRETS.mask(hint),
        "request_id": request_id,
        **more,
    }
    return {name: value for name, value in body.items() if value != ""}


def problem_bytes(
    body: Mapping[str, Any], more: Iterable[Header] = ()
) -> tuple[bytes, list[Header]]:
    """Return a problem's bytes, and the headers that go with them and with `more`."""
    content = json.dumps(body, ensure_ascii=False).encode()
    headers = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", str(len(content)).encode()),
        *more,
    ]
    return content, headers


async def send_problem(
    scope: Scope, send: Send, body: Mapping[str, Any], more: Iterable[Header] = ()
) -> None:
    """Answer with a problem, below any framework."""
    content, headers = problem_bytes(body, more)
    await send({"type": "http.response.start", "status": body["status"], "headers": headers})
    shown = b"" if scope["method"] == "HEAD" else content
    await send({"type": "http.response.body", "body": shown})
