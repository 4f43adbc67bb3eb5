"""The twin of Yandex ID: says whose an OAuth token is, of whatever application."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from gradeline.sandbox.exchange import HTML, Pace, Request, Response
from gradeline.sandbox.faults.draw import TRANSPORT
from gradeline.sandbox.school.school import School, digest

CLIENT_ID = "sandbox0yandex0application0id0000"
#: Of another application, whose tokens Yandex knows as well.
FOREIGN_CLIENT_ID = "sandbox0another0application0id00"
#: Tokens of the start → login.
TOKENS = {"y0_sandbox-token-of-vasya": "vasya", "y0_sandbox-token-of-masha": "masha"}
_SCHEME = "OAuth "


class YandexTwin:
    """Serves `GET /info`.

    Its own faults: `foreign` (the token of another application, with status 200), `minimal` (of a
    token without rights at Yandex ID), `nameless` (a profile without login), `busy` (429), `page`
    (a page of HTML). A mix draws none.
    """

    name = "yandex"
    faults: Mapping[str, bool] = {
        **dict.fromkeys(TRANSPORT, False),
        **dict.fromkeys(("foreign", "minimal", "nameless", "busy", "page"), False),
    }
    settings: Mapping[str, str] = {"YANDEX_CLIENT_ID": CLIENT_ID}

    def __init__(self, school: School | None = None, pace: Pace | None = None) -> None:  # noqa: ARG002 - as all twins
        self.tokens = dict(TOKENS)  #: valid tokens → login; who deletes one revokes it
        #: faults of the next requests, the next first: for who cannot wait for the dice
        self.next_faults: list[str] = []

    def respond(self, request: Request) -> Response:
        """Say whose the token of a request is."""
        if request.method != "GET" or request.path != "/info":
            return Response(status=404, content_type=HTML, body=b"<h1>404</h1>")
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
