"""The twin of a webhook receiver: checks the signature, keeps each key once."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Mapping
from typing import Any

from gradeline.sandbox.exchange import TEXT, Pace, Request, Response
from gradeline.sandbox.faults.draw import TRANSPORT
from gradeline.sandbox.school.school import School

SECRET = "sandbox-signing-secret-of-32-bytes-5f0c"  # noqa: S105 - of a simulated system
PATH = "/hook"
_RETRY_AFTER_S = 7
_SIGNATURE = re.compile(r"^t=(?P<at>\d+),v1=(?P<digest>[0-9a-f]{64})$")


class WebhookTwin:
    """Serves `POST /hook`.

    Its own faults: `busy` (429 with Retry-After), `gone` (410) `lost` and `timed-out` (a 500 or
    408 after the message was kept). A mix draws none: they end a delivery.
    """

    name = "webhook"
    faults: Mapping[str, bool] = {
        **dict.fromkeys(TRANSPORT, False),
        "busy": False,
        "gone": False,
        "lost": False,
        "timed-out": False,
    }
    settings: Mapping[str, str] = {"SIGNING_SECRET": SECRET}

    def __init__(self, school: School | None = None, pace: Pace | None = None) -> None:  # noqa: ARG002 - as all twins
        self._pace = pace or Pace()
        self._key = hmac.digest(SECRET.encode(), b"webhook", "sha256")
        self.kept: dict[str, dict[str, Any]] = {}  #: key → the message, in the order of arrival
        #: faults of the next posts, the next first: for who cannot wait for the dice
        self.next_faults: list[str] = []

    def respond(self, request: Request) -> Response:
        """Keep a message with a right signature, once for its key."""
        if request.method != "POST" or request.path != PATH:
            return _answer(404)
        fault = self.next_faults.pop(0) if self.next_faults else request.fault
        if fault == "busy":
            wait = str(self._pace.whole_seconds(_RETRY_AFTER_S))
            return Response(status=429, content_type=TEXT, headers=(("Retry-After", wait),))
        if fault == "gone":
            return _answer(410)
        if not self._is_signed(request):
            return _answer(401)
        self.kept.setdefault(request.headers["idempotency-key"], json.loads(request.body))
        return _answer({"lost": 500, "timed-out": 408}.get(fault or "", 204))

    def _is_signed(self, request: Request) -> bool:
        found = _SIGNATURE.match(request.headers.get("gradeline-signature", ""))
        if found is None:
            return False
        expected = hmac.digest(self._key, f"{found['at']}.".encode() + request.body, "sha256")
        return hmac.compare_digest(expected.hex(), found["digest"])


def _answer(status: int) -> Response:
    return Response(status=status, content_type=TEXT)
