"""The twin of the Telegram Bot API: chats that take text and documents from one bot."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import parse_qs

from gradeline.sandbox.exchange import Pace, Request, Response
from gradeline.sandbox.faults.draw import TRANSPORT
from gradeline.sandbox.multipart import parts_of
from gradeline.sandbox.school.school import School
from gradeline.sandbox.telegram.markup import shown_text

TOKEN = "5000000001:sandbox-telegram-token"  # noqa: S105 - of a simulated system
CHAT = "-1002200000001"
#: A group that has become the supergroup `CHAT`.
OLD_CHAT = "-4400001"
_RETRY_AFTER_S = 7
_CAPTION, _TEXT = 1_024, 4_096


@dataclass(frozen=True, kw_only=True)
class TelegramMessage:
    """A message in a chat."""

    message_id: int
    chat_id: str
    text: str = ""  #: as it is shown; of a file, its caption
    html: str = ""  #: as it was sent, if with `parse_mode`
    file_name: str = ""
    content: bytes = b""


class TelegramTwin:
    """Serves `/bot<token>/<method>`.

    Its own faults: `retry-after` (429), `blocked` (403) and `lost` (an error after the message was
    posted). A mix draws none: they end a delivery.
    """

    name = "telegram"
    faults: Mapping[str, bool] = {
        **dict.fromkeys(TRANSPORT, False),
        "retry-after": False,
        "blocked": False,
        "lost": False,
        "timed-out": False,
    }
    settings: Mapping[str, str] = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_CHAT_ID": CHAT}

    def __init__(self, school: School | None = None, pace: Pace | None = None) -> None:  # noqa: ARG002 - as all twins
        self._pace = pace or Pace()
        self._numbers = count(1)
        self.chats = {CHAT}  #: those that the bot is in
        self.moved = {OLD_CHAT: CHAT}  #: groups that became supergroups: old number → new one
        self.messages: list[TelegramMessage] = []
        #: faults of the next messages, the next first: for who cannot wait for the dice
        self.next_faults: list[str] = []

    def respond(self, request: Request) -> Response:
        """Answer one method of the bot."""
        bot, method = (*request.parts, "", "")[:2]
        if bot != f"bot{TOKEN}":
            return _error(401, "Unauthorized")
        answer = self._methods.get(method)
        if answer is None:
            return _error(404, "Not Found")
        fault = request.fault
        if method.startswith("send") and self.next_faults:
            fault = self.next_faults.pop(0)
        if fault == "retry-after":
            wait = self._pace.whole_seconds(_RETRY_AFTER_S)
            text = f"Too Many Requests: retry after {wait}"
            return _error(429, text, retry_after=wait)
        if fault == "blocked":
            return _error(403, "Forbidden: bot was blocked by the user")
        response = answer(self, _values(request))
        if fault == "timed-out":
            return _error(408, "Request Timeout")
        return _error(500, "Internal Server Error") if fault == "lost" else response

    def _me(self, _values: Mapping[str, Any]) -> Response:
        return _ok({"id": 5000000001, "is_bot": True, "first_name": "Gradeline"})

    def _chat(self, values: Mapping[str, Any]) -> Response:
        if values.get("chat_id") in self.moved:
            return self._moved(values["chat_id"])
        if values.get("chat_id") not in self.chats:
            return _error(400, "Bad Request: chat not found")
        return _ok(
            {
                "id": int(values["chat_id"]),
                "type": "supergroup",
                "title": "Reports",
                "accent_color_id": 0,
                "max_reaction_count": 1,
                "accepted_gift_types": _NO_GIFTS,
            }
        )

    def _text(self, values: Mapping[str, Any]) -> Response:
        sent = text = str(values.get("text", ""))
        if values.get("parse_mode") == "HTML":
            shown = shown_text(sent)
            if shown is None:
                return _error(400, "Bad Request: can't parse entities")
            text = shown
        if not text or len(text.encode("utf-16-le")) // 2 > _TEXT:
            return _error(400, "Bad Request: message is too long" if text else "Bad Request: empty")
        return self._keep(values, text=text, html=sent if text != sent else "")

    def _document(self, values: Mapping[str, Any]) -> Response:
        attached = str(values.get("document", "")).removeprefix("attach://")
        name, content = values.get(f"file {attached}", ("", b""))
        if not content:
            return _error(400, "Bad Request: file must be non-empty")
        caption = str(values.get("caption", ""))
        if len(caption.encode("utf-16-le")) // 2 > _CAPTION:
            return _error(400, "Bad Request: message caption is too long")
        return self._keep(values, text=caption, file_name=name, content=content)

    def _moved(self, chat: str) -> Response:
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        return _error(400, text, migrate_to_chat_id=int(self.moved[chat]))

    def _keep(self, values: Mapping[str, Any], **shown: Any) -> Response:
        chat = values.get("chat_id")
        if chat in self.moved:
            return self._moved(str(chat))
        if chat not in self.chats:
            return _error(400, "Bad Request: chat not found")
        message = TelegramMessage(message_id=next(self._numbers), chat_id=chat, **shown)
        self.messages.append(message)
        return _ok(
            {
                "message_id": message.message_id,
                "date": 1_700_000_000,
                "chat": {"id": int(chat), "type": "supergroup", "title": "Reports"},
            }
        )

    _methods: Mapping[str, Answer] = {
        "getMe": _me,
        "getChat": _chat,
        "sendMessage": _text,
        "sendDocument": _document,
    }


#: A method of the twin.
Answer = Callable[[TelegramTwin, Mapping[str, Any]], Response]
_NO_GIFTS = dict.fromkeys(
    (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    ),
    False,
)


def _values(request: Request) -> Mapping[str, Any]:
    """Return the values of a form; of files as `file <name of the part>` → (file name, bytes)."""
    kind = request.headers.get("content-type", "")
    if not kind.startswith("multipart/form-data"):
        return {name: each[0] for name, each in parse_qs(request.body.decode()).items()}
    return {
        part.name if part.file_name is None else f"file {part.name}": (
            part.content.decode() if part.file_name is None else (part.file_name, part.content)
        )
        for part in parts_of(kind, request.body)
    }


def _ok(result: object) -> Response:
    return Response(body=json.dumps({"ok": True, "result": result}).encode())


def _error(status: int, description: str, **parameters: int) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Response(status=status, body=json.dumps(body).encode())
