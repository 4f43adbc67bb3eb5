"""A talk: what handlers know of the chat whose update they handle, and how they answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from aiogram.dispatcher.middlewares.user_context import EventContext
from aiogram.types import InlineKeyboardMarkup

from gradeline.base.languages import LANGUAGES, Language, language
from gradeline.entrypoints.bot.calls import answer_button, edit_text, send_photo, send_text
from gradeline.entrypoints.bot.parts import BotParts
from gradeline.entrypoints.bot.texts.menu import failed
from gradeline.records.vocabulary import Client
from gradeline.warehouse import Connection
from gradeline.warehouse.bot.messages import NewBotMessage, put
from gradeline.warehouse.vocabulary import clients

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Talk:
    """The chat of the update that is being handled, in its transaction."""

    def __init__(
        self, parts: BotParts, connection: Connection, chat_id: int, client: Client | None
    ) -> None:
        self.parts = parts
        self.terms = parts.terms
        self.chat_id = chat_id
        self.client = client  #: None = nobody who has consented, or who was added for it
        self.at: datetime = parts.clock()
        self.language: Language = language(parts.terms.language)
        self._connection = connection
        #: as Telegram shows them
        self.name: str | None = None
        self.username: str | None = None

    @classmethod
    async def begin(cls, parts: BotParts, connection: Connection, context: EventContext) -> Talk:
        """Begin with a chat whose learner may be known."""
        chat_id = context.chat_id or 0
        known = await asyncio.to_thread(clients.find_client, connection, chat_id)
        talk = cls(parts, connection, chat_id, known)
        user = context.user
        if user is not None:
            talk.name, talk.username = user.full_name, user.username
        spoken = (user.language_code or "") if user else ""
        talk.speak(known.language if known else spoken.partition("-")[0])
        return talk

    def speak(self, code: str) -> None:
        """Speak a language from now on, if there is it."""
        if code in LANGUAGES:
            self.language = language(code)

    async def call(
        self,
        work: Callable[Concatenate[Connection, _P], _T],
        *args: _P.args,
        **more: _P.kwargs,
    ) -> _T:
        """Do something in the transaction of this update, in a thread, for it takes time."""
        return await asyncio.to_thread(work, self._connection, *args, **more)

    async def say(self, html: str, buttons: InlineKeyboardMarkup | None = None) -> None:
        """Answer with a text in Telegram's HTML."""
        await self._put(*send_text(self.chat_id, html, buttons))

    async def show(self, picture: bytes, html: str) -> None:
        """Answer with a picture (PNG) and a text below it."""
        method, content = send_photo(self.chat_id, html)
        await self._put(method, content, picture)

    async def change(
        self, message_id: int, html: str, buttons: InlineKeyboardMarkup | None = None
    ) -> None:
        """Change a message of the bot that stands in the chat."""
        await self._put(*edit_text(self.chat_id, message_id, html, buttons))

    async def note_press(self, query_id: str, text: str = "") -> None:
        """Let a button that was pressed stop waiting; a text appears over the chat."""
        await self._put(*answer_button(query_id, text))

    async def apologise(self) -> None:
        """Tell the learner that an update could not be handled."""
        await self.say(failed(self.language))

    async def _put(
        self, method: str, content: Mapping[str, Any], picture: bytes | None = None
    ) -> None:
        message = NewBotMessage(
            chat_id=self.chat_id, method=method, content=content, picture=picture
        )
        await self.call(put, message, self.at)
