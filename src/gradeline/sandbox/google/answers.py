"""Answers as Google's APIs give them."""

from __future__ import annotations

import json
from typing import Any

from gradeline.sandbox.exchange import Response

_STATUS = {403: "PERMISSION_DENIED", 404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED"}


def ok(values: Any) -> Response:
    """Return an answer in JSON."""
    return Response(body=json.dumps(values).encode())


def error(
    status: int, text: str, reason: str, *, headers: tuple[tuple[str, str], ...] = ()
) -> Response:
    """Return an error in the form of Google's APIs."""
    body = {
        "error": {
            "code": status,
            "message": text,
            "status": _STATUS.get(status, "FAILED_PRECONDITION"),
            "errors": [{"domain": "global", "reason": reason, "message": text}],
        }
    }
    return Response(status=status, body=json.dumps(body).encode(), headers=headers)
