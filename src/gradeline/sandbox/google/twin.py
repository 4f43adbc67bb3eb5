"""The twin of Google: a service account's tokens, one shared drive, one spreadsheet."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from gradeline.sandbox.exchange import Pace, Request, Response
from gradeline.sandbox.faults.draw import TRANSPORT
from gradeline.sandbox.google.answers import error, ok
from gradeline.sandbox.google.drive import ROOT, Drive
from gradeline.sandbox.google.sheets import SHEET, Sheets
from gradeline.sandbox.school.school import School

EMAIL = "reports@sandbox-school.iam.gserviceaccount.com"
TOKEN = "ya29.sandbox-google-token"  # noqa: S105 - of a simulated system
_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
#: Google takes tokens whose time differs by so much.
_CLOCK_S = 300
_RETRY_AFTER_S = 7


class GoogleTwin:
    """Serves `/token`, `/v4/spreadsheets/…`, `/drive/v3/files…` and `/upload/drive/v3/files…`.

    Its own faults: `quota` (429 with Retry-After), `not-shared` (403), `revoked` (the token
    endpoint's invalid_grant) and `lost` (an error after the work was done). A mix draws none.
    """

    name = "google"
    faults: Mapping[str, bool] = {
        **dict.fromkeys(TRANSPORT, False),
        "quota": False,
        "not-shared": False,
        "revoked": False,
        "lost": False,
        "timed-out": False,
    }

    def __init__(
        self,
        school: School | None = None,  # noqa: ARG002 - as all twins
        pace: Pace | None = None,
        *,
        account: dict[str, Any] | None = None,
    ) -> None:
        """Serve this account, or one with a key of its own."""
        self._pace = pace or Pace()
        self._account = account
        self.drive, self.sheets = Drive(), Sheets()
        self.is_enabled = True  #: whether the APIs are enabled in the account's project
        self.clock_ahead_s = 0.0  #: how far its clock is ahead of ours
        #: faults of the next requests that write, the next first: for who cannot wait for the dice
        self.next_faults: list[str] = []

    @property
    def settings(self) -> Mapping[str, str]:
        """The settings by which Gradeline reaches it, with the account's key."""
        return {
            "GOOGLE_SERVICE_ACCOUNT_KEY": json.dumps(self.account),
            "GOOGLE_SHEETS_ID": SHEET,
            "GOOGLE_DRIVE_FOLDER_ID": ROOT,
        }

    @cached_property
    def account(self) -> dict[str, Any]:
        """The key of the service account."""
        if self._account is not None:
            return self._account
        key = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
        pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return {
            "type": "service_account",
            "project_id": "sandbox-school",
            "private_key_id": "sandbox",
            "private_key": pem.decode(),
            "client_email": EMAIL,
            "client_id": "1",
            "token_uri": "https://oauth2.googleapis.com/token",
        }

    def respond(self, request: Request) -> Response:
        """Answer a request for a token, or one with it."""
        if request.path == "/token":
            return self._token(request)
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return error(401, "Request had invalid authentication credentials.", "authError")
        if not self.is_enabled:
            text = "Google Sheets API has not been used in project 1 before or it is disabled."
            return error(403, text, "accessNotConfigured")
        writes = request.method != "GET"
        fault = self.next_faults.pop(0) if writes and self.next_faults else request.fault
        if fault == "quota":
            wait = str(self._pace.whole_seconds(_RETRY_AFTER_S))
            text = "Quota exceeded for quota metric 'Write requests'."
            headers = (("Retry-After", wait),)
            return error(429, text, "rateLimitExceeded", headers=headers)
        if fault == "not-shared":
            return error(403, "The caller does not have permission", "forbidden")
        response = self._answer(request)
        lost = {"lost": (503, "Backend error"), "timed-out": (408, "Request Timeout")}
        return error(*lost[fault], "backendError") if fault in lost else response

    def _answer(self, request: Request) -> Response:
        match request.parts:
            case ("v4", "spreadsheets", *rest):
                return self.sheets.respond(request, tuple(rest))
            case ("drive", "v3", "files", *rest):
                return self.drive.respond(request, tuple(rest))
            case ("upload", "drive", "v3", "files", *rest):
                return self.drive.upload(request, tuple(rest))
        return error(404, "Not found", "notFound")

    def _token(self, request: Request) -> Response:
        form = parse_qs(request.body.decode())
        if request.fault == "revoked" or form.get("grant_type") != [_GRANT]:
            body = {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
            return Response(status=400, body=json.dumps(body).encode())
        try:
            _, claims, _ = form["assertion"][0].split(".")
            issued = json.loads(base64.urlsafe_b64decode(claims + "=="))["iat"]
        except (ValueError, KeyError, TypeError):
            body = {"error": "invalid_request", "error_description": "Bad Request"}
            return Response(status=400, body=json.dumps(body).encode())
        if abs(time.time() + self.clock_ahead_s - issued) > _CLOCK_S:
            text = "Invalid JWT: Token must be a short-lived token. Check your iat and exp values."
            body = {"error": "invalid_grant", "error_description": text}
            return Response(status=400, body=json.dumps(body).encode())
        return ok({"access_token": TOKEN, "expires_in": 3599, "token_type": "Bearer"})
