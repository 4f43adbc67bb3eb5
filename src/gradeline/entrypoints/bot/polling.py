"""Polling: updates are asked for, and confirmed once all they changed is stored."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence

from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import Update

from gradeline.base.errors import GradelineError
from gradeline.entrypoints.bot.app import UPDATES

_log = logging.getLogger(__name__)

#: Seconds that Telegram may hold a poll, and the client waits beyond.
_POLL_S, _BEYOND_S = 25, 15
#: Seconds after which a poll or an update that failed is tried again; they grow.
_FIRST_S, _LONGEST_S = 0.5, 30.0
#: Chats whose updates are handled at once: each has a connection.
_AT_ONCE = 4


class Poller:
    """Asks for updates and hands them to the dispatcher: those of a chat in order."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._places = asyncio.Semaphore(_AT_ONCE)
        self.offset: int | None = None  #: updates before it are handled

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until told to stop; updates under way are handled first.

        Raises:
            TelegramUnauthorizedError: Telegram does not know the token.
        """
        wait_s = _FIRST_S
        while not stop.is_set():
            try:
                await self.step(stop)
            except TelegramUnauthorizedError:
                raise
            except (TelegramAPIError, GradelineError) as error:
                wait_s = _wait_after(error, wait_s)
                _log.warning("updates cannot be had now: %s", error)
                await _sleep(wait_s, stop)
            else:
                wait_s = _FIRST_S

    async def step(self, stop: asyncio.Event) -> None:
        """Poll once, handle what comes, and confirm it with the next poll.

        Raises:
            TelegramAPIError, GradelineError: it is not confirmed, and comes again.
        """
        found = await self._poll(stop)
        if found:
            await asyncio.gather(*(self._handle_chat(each) for each in by_chat(found)))
            self.offset = max(update.update_id for update in found) + 1

    async def _poll(self, stop: asyncio.Event) -> Sequence[Update]:
        """Return the next updates; none where it is time to stop."""
        polled = asyncio.create_task(
            self._bot.get_updates(
                offset=self.offset,
                timeout=_POLL_S,
                allowed_updates=list(UPDATES),
                request_timeout=_POLL_S + _BEYOND_S,
            )
        )
        told = asyncio.create_task(stop.wait())
        await asyncio.wait({polled, told}, return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        if polled.done():
            return polled.result()
        polled.cancel()
        await asyncio.gather(polled, return_exceptions=True)
        return ()

    async def _handle_chat(self, found: Iterable[Update]) -> None:
        async with self._places:
            for update in found:
                await self._dispatcher.feed_update(self._bot, update)


def by_chat(found: Iterable[Update]) -> Sequence[Sequence[Update]]:
    """Return updates by chat, those of a chat in the order in which Telegram numbered them."""
    chats: dict[int | None, list[Update]] = defaultdict(list)
    for update in sorted(found, key=lambda one: one.update_id):
        chats[chat_of(update)].append(update)
    return list(chats.values())


def chat_of(update: Update) -> int | None:
    """Return the chat of an update; None = it has none."""
    if update.callback_query is not None:
        return update.callback_query.from_user.id  # the bot's chats are private
    event = update.message or update.my_chat_member
    return event.chat.id if event is not None else None


def _wait_after(error: Exception, before_s: float) -> float:
    if isinstance(error, TelegramRetryAfter):
        return float(error.retry_after)
    if isinstance(error, TelegramConflictError):
        _log.error("Another program polls as this bot, or it has a webhook. Stop that one.")
    return min(before_s * 2, _LONGEST_S)


async def _sleep(seconds: float, stop: asyncio.Event) -> None:
    told = asyncio.create_task(stop.wait())
    await asyncio.wait({told}, timeout=seconds)
    told.cancel()
