"""Telegram: text and documents to a chat, as a bot. Telegram cannot be asked what arrived."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from gradeline.base.errors import DeliveryError, DeliveryLater, DeliveryUnknown
from gradeline.delivery.channel import Envelope, Limits, Traits
from gradeline.delivery.message import Document, Message, Receipt
from gradeline.delivery.telegram_html import telegram_html

if TYPE_CHECKING:
    from gradeline.delivery.bot_api import BotApi

#: Telegram takes about one message a second for a chat.
_PAUSE_S = 1.0
#: Telegram shows 4,096 UTF-16 units, subject included.
_LIMITS = Limits(text_characters=3_700, document_bytes=50_000_000)
#: Telegram takes 1,024 UTF-16 units, of which the longest signs are two.
_CAPTION_CHARACTERS = 500


class TelegramChannel:
    """Writes to chats as one bot."""

    name = "telegram"
    traits = Traits()
    limits = _LIMITS

    def __init__(self, token: str, *, base_url: str = "", pause_s: float = _PAUSE_S) -> None:
        self._token = token
        self.identity = f"bot {token.partition(':')[0]}"
        self._base_url = base_url
        self._pause_s = pause_s

    @cached_property
    def _api(self) -> BotApi:
        from gradeline.delivery.bot_api import BotApi  # brings aiogram: seconds, and 125 MB

        return BotApi(self._token, self._base_url)

    def resolve(self, address: str) -> str:
        """Return the number of a chat, by its number or by the @name of a public one."""
        return self._api.find_chat(address)

    def send(self, envelope: Envelope) -> Receipt:
        """Send the text, then each document as a message of its own."""
        from gradeline.delivery.bot_api import ChatMoved  # as in `_api`

        chat, steps = envelope.address, dict(envelope.done)
        moved_to = ""
        parts: list[Document | None] = [None, *envelope.message.documents]
        waiting = [part for part in parts if _step(part) not in steps]
        for number, part in enumerate(waiting):
            if number:
                time.sleep(self._pause_s)
            try:
                sent = self._send_part(chat, envelope, part)
            except ChatMoved as moved:
                chat = moved_to = moved.chat
                sent = self._send_moved(chat, envelope, part)
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

    def _send_moved(self, chat: str, envelope: Envelope, part: Document | None) -> str:
        """Send to the number that Telegram named; a second one is no answer of a sane server."""
        from gradeline.delivery.bot_api import ChatMoved  # as in `_api`

        try:
            return self._send_part(chat, envelope, part)
        except ChatMoved:
            raise DeliveryLater(
                "Telegram moves this chat on and on.", hint="It is tried again."
            ) from None

    def _send_part(self, chat: str, envelope: Envelope, part: Document | None) -> str:
        if part is not None:
            return self._api.send_document(chat, part, _caption(part, envelope.message))
        return self._api.send_text(chat, telegram_html(envelope.message))


def _caption(document: Document, message: Message) -> str:
    """Return the course that a document is of; of one without a course, the message it is of."""
    return (" · ".join(document.folder) or message.subject)[:_CAPTION_CHARACTERS]


def _step(part: Document | None) -> str:
    return "text" if part is None else f"file:{part.name}"
