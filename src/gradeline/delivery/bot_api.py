"""The Telegram Bot API by aiogram, in calls that wait for their answer, with our errors.

A module of its own: aiogram builds hundreds of types when it is imported, which takes seconds and
125 MB, so a run that sends nothing to Telegram does without.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import TypeVar

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import BufferedInputFile, LinkPreviewOptions, Message
from aiohttp import ClientConnectorError

from gradeline.base.errors import DeliveryError, DeliveryLater, DeliveryRefused, DeliveryUnknown
from gradeline.delivery.message import Document

_T = TypeVar("_T")
#: In Telegram's words for a request that names a chat which the bot cannot write to.
_ABOUT_CHAT = re.compile(r"chat|peer|user", re.IGNORECASE)
#: For a call, and what slow lines need for its bytes.
_TIMEOUT_S, _SLOWEST_BYTES_S = 60, 20_000
_START = "Write /start to the bot, or add it to the group, then give the chat's number."
_TOKEN = "Correct TELEGRAM_BOT_TOKEN: @BotFather shows it."  # noqa: S105 - a hint, not a token


class ChatMoved(Exception):
    """A group became a supergroup: the same chat, another number."""

    def __init__(self, chat: str) -> None:
        super().__init__(chat)
        self.chat = chat


class BotApi:
    """Methods of one bot."""

    def __init__(self, token: str, base_url: str) -> None:
        self._token = token
        self._server = TelegramAPIServer.from_base(base_url) if base_url else PRODUCTION

    def find_chat(self, address: str) -> str:
        """Return the number that a chat has now, by a number or by the @name of a public one."""
        try:
            return str(self._ask(lambda bot: bot.get_chat(address), sends=False).id)
        except ChatMoved as moved:
            return moved.chat

    def send_text(self, chat: str, html: str) -> str:
        """Send a text in Telegram's HTML; return the number of the message.

        Raises:
            ChatMoved: the chat has another number now.
        """
        plain = LinkPreviewOptions(is_disabled=True)

        async def send(bot: Bot) -> Message:
            return await bot.send_message(
                chat, html, parse_mode=ParseMode.HTML, link_preview_options=plain
            )

        return str(self._ask(send, sends=True).message_id)

    def send_document(self, chat: str, document: Document, caption: str) -> str:
        """Send a document with a line of plain text below it; return the number of the message.

        Raises:
            ChatMoved: the chat has another number now.
        """
        file = BufferedInputFile(document.content, document.name)
        wait = _TIMEOUT_S + len(document.content) // _SLOWEST_BYTES_S

        async def send(bot: Bot) -> Message:
            return await bot.send_document(chat, file, caption=caption, request_timeout=wait)

        return str(self._ask(send, sends=True).message_id)

    def _ask(self, method: Callable[[Bot], Awaitable[_T]], *, sends: bool) -> _T:
        """Call one method in a session of its own; map its errors.

        Ours come without their causes, for the address that these name holds the token.
        """

        async def ask() -> _T:
            session = AiohttpSession(api=self._server, timeout=_TIMEOUT_S)
            async with Bot(self._token, session=session) as bot:
                return await method(bot)

        try:
            return asyncio.run(ask())
        except TelegramMigrateToChat as moved:
            raise ChatMoved(str(moved.migrate_to_chat_id)) from None
        except AiogramError as error:
            raise _mapped(error, sends=sends) from None


def _mapped(error: AiogramError, *, sends: bool) -> DeliveryError:
    """Return our error for one of aiogram's, whose text may hold the token."""
    if isinstance(error, TelegramRetryAfter):
        return DeliveryLater("Telegram asks to wait.", retry_after_s=float(error.retry_after))
    if isinstance(error, TelegramBadRequest) and not _ABOUT_CHAT.search(error.message):
        return DeliveryRefused(
            f"Telegram does not take this message: {error.message[:200]}.",
            hint="Please report it: Gradeline keeps to Telegram's limits.",
        )
    refusal = next((made for kind, made in _REFUSALS.items() if isinstance(error, kind)), None)
    if refusal is not None:
        return DeliveryRefused(refusal[0], hint=refusal[1])
    not_sent = isinstance(error, TelegramNetworkError) and isinstance(
        error.__cause__, ClientConnectorError
    )
    if not_sent or not sends:
        return DeliveryLater("Telegram does not answer.", hint="It is tried again.")
    return DeliveryUnknown("Telegram's answer was lost.")


#: Errors that only a person can fix → what happened, and what to do.
_REFUSALS: dict[type[AiogramError], tuple[str, str]] = {
    TelegramForbiddenError: ("Telegram does not let the bot write to this chat.", _START),
    TelegramBadRequest: ("Telegram knows no such chat, or the bot is not in it.", _START),
    TelegramUnauthorizedError: ("Telegram does not know this bot's token.", _TOKEN),
    TelegramNotFound: ("Telegram does not know this bot's token.", _TOKEN),
    TelegramEntityTooLarge: (
        "Telegram takes no document as large as this one.",
        "Send it through another channel.",
    ),
}
