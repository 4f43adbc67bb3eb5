"""The twin of Slack: errors with status 200, uploads in three steps, messages with metadata."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any
from urllib.parse import parse_qs

from gradeline.sandbox.exchange import JSON, TEXT, Pace, Request, Response
from gradeline.sandbox.faults.draw import TRANSPORT
from gradeline.sandbox.school.school import School

TOKEN = "xoxb-sandbox-5f0c"  # noqa: S105 - of a simulated system
CHANNEL = "reports"
_SECRET = f"Bearer {TOKEN}"

#: Method → the scope that it needs.
_SCOPES = {
    "conversations.list": "channels:read",
    "conversations.info": "channels:read",
    "conversations.history": "channels:history",
    "chat.postMessage": "chat:write",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "files.info": "files:read",
}
#: Seconds that Slack asks to wait.
_RETRY_AFTER_S = 7
_FILES = "upload"


@dataclass(kw_only=True)
class SlackMessage:
    """A message in a channel."""

    ts: str
    text: str
    blocks: list[dict[str, Any]]
    metadata: dict[str, Any]


@dataclass(kw_only=True)
class SlackFile:
    """A file that was sent; it is in a channel once its upload is completed."""

    file_id: str
    name: str
    length: int
    content: bytes = b""
    channel: str = ""


@dataclass(kw_only=True)
class SlackRoom:
    """A channel of the workspace."""

    channel_id: str
    name: str
    is_member: bool = True
    messages: list[SlackMessage] = field(default_factory=list)


class SlackTwin:
    """Serves `/api/<method>` and the addresses for uploads.

    Its own faults: `ratelimited` (429 with Retry-After), `refused` (the bot is not in the channel)
    and `lost` (an error after the message was posted). A mix draws none: they end a delivery.
    """

    name = "slack"
    faults: Mapping[str, bool] = {
        **dict.fromkeys(TRANSPORT, False),
        "ratelimited": False,
        "refused": False,
        "lost": False,
        "timed-out": False,
    }
    settings: Mapping[str, str] = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_CHANNEL": f"#{CHANNEL}"}

    def __init__(self, school: School | None = None, pace: Pace | None = None) -> None:  # noqa: ARG002 - as all twins
        self._pace = pace or Pace()
        self._numbers = count(1)
        self.files: dict[str, SlackFile] = {}
        self.channels = {
            "C0REPORTS1": SlackRoom(channel_id="C0REPORTS1", name=CHANNEL),
            "C0CLOSED01": SlackRoom(channel_id="C0CLOSED01", name="closed", is_member=False),
        }
        self.asked: list[str] = []  #: methods, in the order in which they were asked for
        #: what the app may do; the methods that need a scope which is not here are refused
        self.scopes = set(_SCOPES.values())
        #: faults of the next posts, the next first: for who cannot wait for the dice
        self.next_faults: list[str] = []

    def respond(self, request: Request) -> Response:
        """Answer one method, or take the bytes of a file."""
        first, *rest = request.parts or ("",)
        if first == _FILES and rest:
            return self._take_file(rest[0], request)
        method = rest[0] if first == "api" and rest else ""
        self.asked.append(method)
        answer = self._methods.get(method)
        if answer is None or request.headers.get("authorization") != _SECRET:
            unknown = "method_deprecated" if method == "files.upload" else "unknown_method"
            return _error(unknown if answer is None else "invalid_auth")
        return self._answer(method, answer, request)

    def _answer(self, method: str, answer: Answer, request: Request) -> Response:
        """Answer a method that there is, with its fault if it has one."""
        fault = request.fault
        if method in ("chat.postMessage", "files.completeUploadExternal") and self.next_faults:
            fault = self.next_faults.pop(0)
        if fault == "ratelimited":
            wait = str(self._pace.whole_seconds(_RETRY_AFTER_S))
            body = json.dumps({"ok": False, "error": "ratelimited"}).encode()
            return Response(status=429, body=body, headers=(("Retry-After", wait),))
        if fault == "refused":
            return _error("not_in_channel")
        needed = _SCOPES.get(request.parts[-1], "")
        if needed and needed not in self.scopes:
            return _error("missing_scope", needed=needed)
        response = answer(self, _values(request), request)
        status = {"lost": 500, "timed-out": 408}.get(fault or "")
        return Response(status=status, content_type=TEXT, body=b"") if status else response

    def _auth(self, _values: Mapping[str, Any], _request: Request) -> Response:
        made = _ok(team="Sandbox school", user="gradeline", bot_id="B0GRADELINE")
        return replace(made, headers=(("x-oauth-scopes", ",".join(sorted(self.scopes))),))

    def _list(self, _values: Mapping[str, Any], _request: Request) -> Response:
        channels = [{"id": one.channel_id, "name": one.name} for one in self.channels.values()]
        return _ok(channels=channels, response_metadata={"next_cursor": ""})

    def _info(self, values: Mapping[str, Any], _request: Request) -> Response:
        channel = self.channels.get(str(values.get("channel")))
        if channel is None:
            return _error("channel_not_found")
        shown = {"id": channel.channel_id, "name": channel.name, "is_member": channel.is_member}
        return _ok(channel=shown)

    def _history(self, values: Mapping[str, Any], _request: Request) -> Response:
        channel = self.channels.get(str(values.get("channel")))
        if channel is None:
            return _error("channel_not_found")
        shown = [
            {"ts": one.ts, "text": one.text, "metadata": one.metadata}
            for one in reversed(channel.messages)
        ]
        return _ok(messages=shown)

    def _post(self, values: Mapping[str, Any], _request: Request) -> Response:
        channel = self.channels.get(str(values.get("channel")))
        if channel is None:
            return _error("channel_not_found")
        if not channel.is_member:
            return _error("not_in_channel")
        message = SlackMessage(
            ts=f"17000000{next(self._numbers):02}.000100",
            text=str(values.get("text", "")),
            blocks=values.get("blocks") or [],
            metadata=values.get("metadata") or {},
        )
        channel.messages.append(message)
        return _ok(channel=channel.channel_id, ts=message.ts, message={"text": message.text})

    def _upload_address(self, values: Mapping[str, Any], request: Request) -> Response:
        length = int(values.get("length", 0))
        if not values.get("filename") or length <= 0:
            return _error("invalid_arguments")
        number = f"F{next(self._numbers):08}"
        self.files[number] = SlackFile(file_id=number, name=str(values["filename"]), length=length)
        return _ok(upload_url=f"{request.address}/{_FILES}/{number}", file_id=number)

    def _take_file(self, number: str, request: Request) -> Response:
        file = self.files.get(number)
        if file is None or len(request.body) != file.length:
            return Response(status=400, content_type=TEXT, body=b"wrong length or address")
        file.content = request.body
        return Response(content_type=TEXT, body=f"OK - {file.length}".encode())

    def _complete(self, values: Mapping[str, Any], _request: Request) -> Response:
        channel = self.channels.get(str(values.get("channel_id")))
        listed = values.get("files", "[]")
        wanted = json.loads(listed) if isinstance(listed, str) else listed
        known = [self.files.get(each["id"]) for each in wanted]
        if channel is None or not all(each is not None and each.content for each in known):
            return _error("invalid_arguments")
        for file in known:
            if file is not None:
                file.channel = channel.channel_id
        return _ok(files=[{"id": each["id"], "title": each.get("title", "")} for each in wanted])

    def _file_info(self, values: Mapping[str, Any], _request: Request) -> Response:
        file = self.files.get(str(values.get("file")))
        if file is None:
            return _error("file_not_found")
        shares: dict[str, Any] = {"public": {file.channel: [{}]}} if file.channel else {}
        return _ok(file={"id": file.file_id, "name": file.name, "shares": shares})

    _methods: Mapping[str, Answer] = {
        "auth.test": _auth,
        "conversations.list": _list,
        "conversations.info": _info,
        "conversations.history": _history,
        "chat.postMessage": _post,
        "files.getUploadURLExternal": _upload_address,
        "files.completeUploadExternal": _complete,
        "files.info": _file_info,
    }


#: A method of the twin.
Answer = Callable[[SlackTwin, Mapping[str, Any], Request], Response]


def _values(request: Request) -> Mapping[str, Any]:
    """Return the values of a method, sent as JSON or as a form."""
    if request.headers.get("content-type", "").startswith(JSON):
        values: Mapping[str, Any] = json.loads(request.body or b"{}")
        return values
    return {name: each[0] for name, each in parse_qs(request.body.decode()).items()}


def _ok(**values: Any) -> Response:
    return Response(body=json.dumps({"ok": True, **values}).encode())


def _error(code: str, **more: str) -> Response:
    return Response(body=json.dumps({"ok": False, "error": code, **more}).encode())
