"""Authentication at LearnWorlds: client, secret, and tokens that live 8,000 s."""

from __future__ import annotations

import json
from hmac import compare_digest
from urllib.parse import parse_qs

from gradeline.sandbox.exchange import Pace, Request, Response
from gradeline.sandbox.school.school import digest

CLIENT_ID = "sandbox-client-id"
CLIENT_SECRET = "sandbox-learnworlds-secret-b81e"  # noqa: S105 - opens a twin on loopback only
#: The token that a person copies from the school's own page; it outlives every run.
ACCESS_TOKEN = "sandbox-learnworlds-token-27d4"  # noqa: S105 - opens a twin on loopback only

_LIFE_S = 8000.0
#: A token expires early only after so many requests, so that a client that renews it goes on.
_REQUESTS_BEFORE_EXPIRY = 5


def refused(status: int, context: str, message: str, code: str | int | None = None) -> Response:
    """Return an error about the client, in LearnWorlds' form."""
    error = {"code": str(status) if code is None else code, "context": context, "message": message}
    return Response(status=status, body=json.dumps({"errors": [error], "success": False}).encode())


class Tokens:
    """Issues tokens and checks them."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._until: dict[str, float] = {}
        self._served: dict[str, int] = {}

    def issue(self, request: Request) -> Response:
        """Return a token for the right client and secret, in any of the three encodings."""
        if not _is_client(request):
            return missing_client()
        credentials = _credentials(request)
        right = credentials.get("client_id") == CLIENT_ID and compare_digest(
            str(credentials.get("client_secret", "")).encode(), CLIENT_SECRET.encode()
        )
        if not right or credentials.get("grant_type") != "client_credentials":
            return refused(400, "invalid_client", "Client authentication failed.")
        token = digest("token", len(self._until))
        self._until[token] = request.at + self._pace.scaled(_LIFE_S)
        data = {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": self._pace.whole_seconds(_LIFE_S),
        }
        return Response(body=json.dumps({"tokenData": data, "success": True}).encode())

    def find_error(self, request: Request) -> Response | None:
        """Return the error of a request without a valid token; None = it has one."""
        if not _is_client(request):
            return missing_client()
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if compare_digest(token.encode(), ACCESS_TOKEN.encode()):
            return None
        served = self._served.get(token, 0)
        if request.fault == "expired" and served >= _REQUESTS_BEFORE_EXPIRY:
            self._until.update({token: request.at})
        if request.at >= self._until.get(token, float("-inf")):
            return refused(401, "invalid_token", "Invalid object ID", code=401)
        self._served[token] = served + 1
        return None


def missing_client() -> Response:
    """Return the error of a request without the right Lw-Client."""
    return refused(400, "client_id", "Missing client_id or client cannot be found.")


def _is_client(request: Request) -> bool:
    return request.headers.get("lw-client") == CLIENT_ID


def _credentials(request: Request) -> dict[str, object]:
    """Return the credentials: JSON, JSON in a form's field `data`, or a plain form."""
    text = request.body.decode(errors="replace")
    if not request.headers.get("content-type", "").startswith("application/json"):
        form = {name: values[0] for name, values in parse_qs(text).items()}
        if "data" not in form:
            return dict(form)
        text = form["data"]
    try:
        credentials = json.loads(text)
    except ValueError:
        return {}
    return credentials if isinstance(credentials, dict) else {}
