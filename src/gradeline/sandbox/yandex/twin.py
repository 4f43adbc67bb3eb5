"""The twin of Yandex ID: says whose an OAuth token is, of whatever application."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlencode

from gradeline.sandbox.exchange import HTML, Pace, Request, Response
from gradeline.sandbox.faults.draw import TRANSPORT
from gradeline.sandbox.school.school import School, digest

CLIENT_ID = "sandbox0yandex0application0id0000"
#: Of another application, whose tokens Yandex knows as well.
FOREIGN_CLIENT_ID = "sandbox0another0application0id00"
#: Tokens of the start → login.
TOKENS = {"y0_sandbox-token-of-vasya": "vasya", "y0_sandbox-token-of-masha": "masha"}
CLIENT_SECRET = "sandbox-secret-of-the-application"  # noqa: S105 - of the twin
_SCHEME = "OAuth "
_BASIC = f"Basic {base64.b64encode(f'{CLIENT_ID}:{CLIENT_SECRET}'.encode()).decode()}"


class YandexTwin:
    """Serves `GET /info`, and the code flow: `GET /authorize` and `POST /token`.

    Whoever is led to `/authorize` agrees at once as the first of the logins, or as `login_hint`
    says.

    Its own faults: `foreign` (the token of another application, with status 200), `minimal` (of a
    token without rights at Yandex ID), `nameless` (a profile without login), `busy` (429), `page`
    (a page of HTML). A mix draws none.
    """

    name = "yandex"
    faults: Mapping[str, bool] = {
        **dict.fromkeys(TRANSPORT, False),
        **dict.fromkeys(("foreign", "minimal", "nameless", "busy", "page"), False),
    }
    settings: Mapping[str, str] = {
        "YANDEX_CLIENT_ID": CLIENT_ID,
        "YANDEX_CLIENT_SECRET": CLIENT_SECRET,
    }

    def __init__(self, school: School | None = None, pace: Pace | None = None) -> None:  # noqa: ARG002 - as all twins
        self.tokens = dict(TOKENS)  #: valid tokens → login; who deletes one revokes it
        self._codes: dict[str, _Code] = {}
        #: faults of the next requests, the next first: for who cannot wait for the dice
        self.next_faults: list[str] = []

    def respond(self, request: Request) -> Response:
        """Say whose the token of a request is, or take part in the code flow."""
        parts = {
            ("GET", "/authorize"): self._authorize,
            ("POST", "/token"): self._give_token,
            ("GET", "/info"): self._info,
        }
        found = parts.get((request.method, request.path))
        if found is None:
            return Response(status=404, content_type=HTML, body=b"<h1>404</h1>")
        return found(request)

    def _info(self, request: Request) -> Response:
        fault = self.next_faults.pop(0) if self.next_faults else request.fault
        scheme_and_token = request.headers.get("authorization", "")
        login = self.tokens.get(scheme_and_token.removeprefix(_SCHEME))
        if login is None or not scheme_and_token.startswith(_SCHEME):
            return Response(status=401, content_type=HTML, body=b"")
        if fault == "busy":
            return Response(status=429, content_type=HTML, body=b"")
        if fault == "page":
            return Response(content_type=HTML, body=b"<html>captcha</html>")
        return Response(body=json.dumps(_profile(login, fault), ensure_ascii=False).encode())

    def _authorize(self, request: Request) -> Response:
        login = request.param("login_hint") or next(iter(self.tokens.values()))
        code = digest("yandex code", login, request.param("state"))[:16]
        self._codes[code] = _Code(
            login=login,
            challenge=request.param("code_challenge"),
        )
        query = urlencode({"code": code, "state": request.param("state")})
        location = f"{request.param('redirect_uri')}?{query}"
        return Response(status=302, content_type=HTML, headers=(("Location", location),))

    def _give_token(self, request: Request) -> Response:
        """Exchange a code, once, for whoever has our application's secret and the verifier."""
        form = dict(parse_qsl(request.body.decode()))
        code = self._codes.pop(form.get("code", ""), None)
        if request.headers.get("authorization") != _BASIC:
            return _refusal(401, "invalid_client")
        hashed = sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
        if code is None or code.challenge != challenge:
            return _refusal(400, "invalid_grant")
        token = next(token for token, login in self.tokens.items() if login == code.login)
        answer = {"token_type": "bearer", "access_token": token, "expires_in": 31_536_000}
        return Response(body=json.dumps(answer).encode())


@dataclass(frozen=True, kw_only=True)
class _Code:
    """What a code was given for."""

    login: str
    challenge: str


def _refusal(status: int, error: str) -> Response:
    body = {"error": error, "error_description": "…"}
    return Response(status=status, body=json.dumps(body).encode())


def _profile(login: str, fault: str | None) -> dict[str, Any]:
    client_id = FOREIGN_CLIENT_ID if fault == "foreign" else CLIENT_ID
    number = str(int(digest("yandex", login)[:8], 16))
    minimal = {
        "login": login,
        "id": number,
        "client_id": client_id,
        "psuid": f"1.AAceCw.{digest('psuid', client_id, login)[:32]}",
    }
    if fault == "nameless":
        return {name: value for name, value in minimal.items() if name != "login"}
    if fault == "minimal":
        return minimal
    return {
        **minimal,
        "display_name": login.title(),
        "real_name": "",
        "first_name": "",
        "last_name": "",
        "sex": None,
        "default_email": "",
        "emails": [],
        "birthday": None,
        "default_avatar_id": "0/0-0",
        "is_avatar_empty": True,
    }
