"""Telegram: text and documents to a chat, as a bot. Telegram cannot be asked what arrived."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
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
from aiogram.types import BufferedInputFile
from aiohttp import ClientConnectorError

from gradeline.base.errors import DeliveryError, DeliveryLater, DeliveryRefused, DeliveryUnknown
from gradeline.delivery.channel import Envelope, Limits, Traits
from gradeline.delivery.message import Document, Receipt

_T = TypeVar("_T")
_TIMEOUT_S = 60
#: Telegram takes about one message a second for a chat.
_PAUSE_S = 1.0
_LIMITS = Limits(text_characters=4_000, document_bytes=50_000_000)
_START = "Write /start to the bot, or add it to the group, then give the chat's number."
_TOKEN = "Correct TELEGRAM_BOT_TOKEN: @BotFather shows it."  # noqa: S105 - a hint, not a token


class TelegramChannel:
    """Writes to chats as one bot."""

    name = "telegram"
    traits = Traits()
    limits = _LIMITS

    def __init__(self, token: str, *, base_url: str = "", pause_s: float = _PAUSE_S) -> None:
        self._token = token
        self._server = TelegramAPIServer.from_base(base_url) if base_url else PRODUCTION
        self._pause_s = pause_s

    def resolve(self, address: str) -> str:
        """Return the number of a chat, by its number or by the @name of a public one."""
        chat = self._ask(lambda bot: bot.get_chat(address), sends=False)
        return str(chat.id)

    def send(self, envelope: Envelope) -> Receipt:
        """Send the text, then each document as a message of its own."""
        chat, steps = envelope.address, dict(envelope.done)
        moved_to = ""
        parts: list[Document | None] = [None, *envelope.message.documents]
        waiting = [part for part in parts if _step(part) not in steps]
        for number, part in enumerate(waiting):
            if number:
                time.sleep(self._pause_s)
            try:
                sent = self._send_part(chat, envelope, part)
            except _Moved as moved:  # a group became a supergroup: the same chat, another number
                chat = moved_to = moved.chat
                sent = self._send_part(chat, envelope, part)
            envelope.record_step(_step(part), sent)
            steps[_step(part)] = sent
        return Receipt(provider_id=f"{chat}/{steps[_step(None)]}", moved_to=moved_to)

    def find(self, envelope: Envelope) -> Receipt | None:  # noqa: ARG002 - part of the protocol
        """Say that Telegram cannot be asked."""
        raise DeliveryUnknown("Telegram does not say what a bot has sent.")

    def check(self, address: str) -> Sequence[DeliveryError]:
        """Try the token, and whether the bot sees the chat."""
        try:
            self.resolve(address)
        except DeliveryError as error:
            return (error,)
        return ()

    def _send_part(self, chat: str, envelope: Envelope, part: Document | None) -> str:
        message = envelope.message
        if part is None:
            text = f"{message.subject}\n\n{message.text}"
            posted = self._ask(lambda bot: bot.send_message(chat, text), sends=True)
        else:
            file = BufferedInputFile(part.content, part.name)
            posted = self._ask(lambda bot: bot.send_document(chat, file), sends=True)
        return str(posted.message_id)

    def _ask(self, method: Callable[[Bot], Awaitable[_T]], *, sends: bool) -> _T:
        """Call one method in a session of its own; map its errors."""

        async def ask() -> _T:
            session = AiohttpSession(api=self._server, timeout=_TIMEOUT_S)
            async with Bot(self._token, session=session) as bot:
                return await method(bot)

        try:
            return asyncio.run(ask())
        except TelegramMigrateToChat as moved:
            raise _Moved(str(moved.migrate_to_chat_id)) from None
        except AiogramError as error:
            raise _mapped(error, sends=sends) from None


class _Moved(Exception):
    """A group became a supergroup."""

    def __init__(self, chat: str) -> None:
        super().__init__(chat)
        self.chat = chat


def _step(part: Document | None) -> str:
    return "text" if part is None else f"file:{part.name}"


def _mapped(error: AiogramError, *, sends: bool) -> DeliveryError:
    """Return our error for one of aiogram's, whose text may hold the token."""
    if isinstance(error, TelegramRetryAfter):
        return DeliveryLater("Telegram asks to wait.", retry_after_s=float(error.retry_after))
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
