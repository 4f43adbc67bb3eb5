"""The inbox: each update counts once, in one transaction with its state and its answers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

from aiogram import BaseMiddleware
from aiogram.dispatcher.middlewares.user_context import EVENT_CONTEXT_KEY, EventContext
from aiogram.enums import ChatType
from aiogram.types import TelegramObject, Update

from gradeline.base.errors import GradelineError, TransactionConflict
from gradeline.entrypoints.bot.fsm_storage import connection_in_use
from gradeline.entrypoints.bot.parts import BotParts
from gradeline.entrypoints.bot.talk import Talk
from gradeline.warehouse import Connection, Role
from gradeline.warehouse.bot import chats, updates
from gradeline.warehouse.vocabulary import clients

_log = logging.getLogger(__name__)

_Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
#: How often an update is tried that met another transaction.
_TRIES = 5


class Inbox(BaseMiddleware):
    """Handles an update in a transaction of its own: all of it is stored, or nothing.

    What is to be sent is stored too, and sent after the commit. An update that was handled before
    changes nothing. One whose handler fails is noted with its error, so that it does not come
    again and again, and the learner is told.

    Raises:
        GradelineError: the database cannot be used; nothing is stored, and the update is to come
            again.
    """

    def __init__(self, parts: BotParts, stored: Callable[[], None]) -> None:
        self._parts = parts
        self._stored = stored  #: called where there may be something to send

    async def __call__(self, handler: _Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Handle an update whose chat is private; others are of no concern to the bot."""
        update = cast("Update", event)
        context = cast("EventContext", data[EVENT_CONTEXT_KEY])
        if context.chat is None or context.chat.type != ChatType.PRIVATE:
            return None
        result = None
        try:
            result = await self._handle(handler, update, data)
        except GradelineError:
            raise
        except Exception as error:  # noqa: BLE001 - a mistake of ours must not stop all chats
            _log.exception("update %s could not be handled", update.update_id)
            await self._note_failure(update, data, type(error).__name__)
        self._stored()
        return result

    async def _handle(self, handler: _Handler, update: Update, data: dict[str, Any]) -> Any:
        for left in reversed(range(_TRIES)):
            try:
                async with self._open(update, data) as talk:
                    if talk is None:
                        return None
                    return await handler(update, {**data, "talk": talk})
            except TransactionConflict:
                if not left:
                    raise
        return None

    async def _note_failure(self, update: Update, data: dict[str, Any], error: str) -> None:
        async with self._open(update, data, error) as talk:
            if talk is not None:
                await talk.apologise()

    @asynccontextmanager
    async def _open(
        self, update: Update, data: dict[str, Any], error: str | None = None
    ) -> AsyncIterator[Talk | None]:
        """Open the transaction of an update; None = it was handled before."""
        context = cast("EventContext", data[EVENT_CONTEXT_KEY])
        chat_id = cast("int", context.chat_id)
        opened = self._parts.database.connect(Role.APP)
        async with _in_thread(opened) as connection:
            await asyncio.to_thread(clients.show_only_chat, connection, chat_id)
            if not await asyncio.to_thread(updates.note, connection, update.update_id, error):
                yield None
                return
            await asyncio.to_thread(chats.lock, connection, chat_id)
            with connection_in_use(connection):
                yield await Talk.begin(self._parts, connection, context)


@asynccontextmanager
async def _in_thread(connection: Connection) -> AsyncIterator[Connection]:
    """Use a connection's `with` block, whose end waits for the database, in threads."""
    await asyncio.to_thread(connection.__enter__)
    try:
        yield connection
    except BaseException as error:
        await asyncio.to_thread(connection.__exit__, type(error), error, error.__traceback__)
        raise
    await asyncio.to_thread(connection.__exit__, None, None, None)
