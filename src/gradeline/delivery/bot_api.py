"""Three methods of the Telegram Bot API over HTTP, with our errors.

By HTTP, as Telegram documents them, for a run has to fit a small machine: aiogram builds hundreds
of types when it is imported, which takes five seconds and 136 MB (docs/decisions/0042).
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from typing import Any

import httpx2

from gradeline.base.errors import DeliveryError, DeliveryLater, DeliveryRefused, DeliveryUnknown
from gradeline.delivery.message import Document

_PRODUCTION = "https://api.telegram.org"
#: In Telegram's words for a request that names a chat which the bot cannot write to.
_ABOUT_CHAT = re.compile(r"chat|peer|user", re.IGNORECASE)
#: For a call, and what slow lines need for its bytes.
_TIMEOUT_S, _SLOWEST_BYTES_S = 60.0, 20_000
_START = "Write /start to the bot, or add it to the group, then give the chat's number."
_TOKEN = "Correct TELEGRAM_BOT_TOKEN: @BotFather shows it."  # noqa: S105 - a hint, not a token

_Files = Mapping[str, tuple[str, bytes, str]]


class ChatMoved(Exception):
    """A group became a supergroup: the same chat, another number."""

    def __init__(self, chat: str) -> None:
        super().__init__(chat)
        self.chat = chat


class BotApi:
    """Methods of one bot."""

    def __init__(self, token: str, base_url: str) -> None:
        self._url = f"{(base_url or _PRODUCTION).rstrip('/')}/bot{token}"

    def find_chat(self, address: str) -> str:
        """Return the number that a chat has now, by a number or by the @name of a public one."""
        try:
            return str(self._call("getChat", {"chat_id": address}, sends=False)["id"])
        except ChatMoved as moved:
            return moved.chat

    def send_text(self, chat: str, html: str) -> str:
        """Send a text in Telegram's HTML; return the number of the message.

        Raises:
            ChatMoved: the chat has another number now.
        """
        values = {
            "chat_id": chat,
            "text": html,
            "parse_mode": "HTML",
            "link_preview_options": json.dumps({"is_disabled": True}),
        }
        return str(self._call("sendMessage", values)["message_id"])

    def send_document(self, chat: str, document: Document, caption: str) -> str:
        """Send a document with a line of plain text below it; return the number of the message.

        Raises:
            ChatMoved: the chat has another number now.
        """
        files = {"document": (document.name, document.content, document.media_type)}
        values = {"chat_id": chat, "caption": caption}
        return str(self._call("sendDocument", values, files)["message_id"])

    def _call(
        self,
        method: str,
        values: Mapping[str, str],
        files: _Files | None = None,
        *,
        sends: bool = True,
    ) -> Mapping[str, Any]:
        """Return the result of a method.

        Errors are ours without their causes, for the address that these name holds the token.
        """
        size = sum(len(content) for _, content, _ in (files or {}).values())

        async def post() -> httpx2.Response:
            async with (
                asyncio.timeout(_TIMEOUT_S + size / _SLOWEST_BYTES_S),
                httpx2.AsyncClient(timeout=_TIMEOUT_S) as client,
            ):
                return await client.post(f"{self._url}/{method}", data=values, files=files)

        try:
            response = asyncio.run(post())
        except (httpx2.ConnectError, httpx2.ConnectTimeout):
            raise _no_answer() from None
        except (httpx2.HTTPError, TimeoutError):
            raise _lost(sends=sends) from None
        answer = _answer(response)
        if response.is_success and isinstance(answer.get("result"), dict):
            return dict(answer["result"])
        raise _error(response.status_code, answer, sends=sends)


def _answer(response: httpx2.Response) -> Mapping[str, Any]:
    """Return what Telegram says; nothing where something else than Telegram answers."""
    try:
        answer = response.json()
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _error(status: int, answer: Mapping[str, Any], *, sends: bool) -> DeliveryError | ChatMoved:
    """Return the error for an answer that is no result."""
    said, parameters = str(answer.get("description", "")), answer.get("parameters") or {}
    if "migrate_to_chat_id" in parameters:
        return ChatMoved(str(parameters["migrate_to_chat_id"]))
    if status == 429 or "retry_after" in parameters:
        wait = parameters.get("retry_after")
        return DeliveryLater("Telegram asks to wait.", retry_after_s=wait and float(wait))
    if status == 400 and not _ABOUT_CHAT.search(said):
        return DeliveryRefused(
            f"Telegram does not take this message: {said[:200]}.",
            hint="Please report it: Gradeline keeps to Telegram's limits.",
        )
    refusal = _REFUSALS.get(status)
    return DeliveryRefused(refusal[0], hint=refusal[1]) if refusal else _lost(sends=sends)


def _no_answer() -> DeliveryLater:
    return DeliveryLater("Telegram does not answer.", hint="It is tried again.")


def _lost(*, sends: bool) -> DeliveryError:
    return DeliveryUnknown("Telegram's answer was lost.") if sends else _no_answer()


#: Statuses that only a person can change → what happened, and what to do.
_REFUSALS: Mapping[int, tuple[str, str]] = {
    400: ("Telegram knows no such chat, or the bot is not in it.", _START),
    401: ("Telegram does not know this bot's token.", _TOKEN),
    403: ("Telegram does not let the bot write to this chat.", _START),
    404: ("Telegram does not know this bot's token.", _TOKEN),
    413: (
        "Telegram takes no document as large as this one.",
        "Send it through another channel.",
    ),
}
