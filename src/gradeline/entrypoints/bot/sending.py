"""The bot's one way to Telegram: what is stored is sent, at Telegram's pace, answers first.

A `retry_after` is obeyed for everything, and kept, so that a bot which starts again obeys it too.
A chat that refuses the bot is left alone until its learner writes.
"""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiohttp import ClientConnectorError

from gradeline.base.errors import GradelineError
from gradeline.entrypoints.bot.calls import PACED, method_of
from gradeline.entrypoints.bot.pace import Pace
from gradeline.entrypoints.bot.parts import BotParts
from gradeline.warehouse.bot import chats, messages
from gradeline.warehouse.bot.messages import BotMessage, Kind

_log = logging.getLogger(__name__)

#: Messages under way at once: at 30 a second, answers of Telegram may take a third of a second.
_AT_ONCE = 10
#: Seconds between two looks where nothing says that there is something to send.
_LOOK_S = 0.5
#: Tries of an answer whose arrival is not known, and the seconds before each further one.
_TRIES, _WAIT_S = 5, 2.0
_DATABASE_AWAY_S = 2.0
#: In Telegram's words for a call that was made before.
_DONE = "message is not modified"
#: In its words for a call that comes too late: not worth a line.
_LATE = ("query is too old", "message to edit not found")
#: In its words for a chat that is no more.
_GONE = ("chat not found", "user is deactivated")


class Sender:
    """Sends what is stored, until it is stopped; one of them works for a database."""

    def __init__(self, parts: BotParts, bot: Bot, speed: float = 1.0) -> None:
        self._parts = parts
        self._bot = bot
        self._pace = Pace(time.monotonic, speed)
        self._news = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
        self._paused_until: datetime | None = None

    def wake(self) -> None:
        """Look at once: something may have been stored."""
        self._news.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until told to stop; what is under way then ends first.

        Raises:
            TelegramUnauthorizedError: Telegram does not know the token.
        """
        await self.recover()
        while not stop.is_set():
            self._news.clear()
            if not await self._send_next():
                waits = {asyncio.create_task(self._news.wait()), *self._under_way}
                await asyncio.wait(waits, timeout=_LOOK_S, return_when=asyncio.FIRST_COMPLETED)
            self._reap()
        await asyncio.gather(*self._under_way)

    async def send_once(self) -> None:
        """Send what may go out now, and wait for its end."""
        await self._send_next()
        await asyncio.gather(*self._under_way)
        self._reap()

    async def recover(self) -> None:
        """Settle what another bot was sending when it died, and wait as long as it was to."""
        again = await self._call(messages.recover, self._parts.clock())
        self._paused_until = await self._call(messages.paused_until)
        if again:
            _log.warning("%d answers were being sent when the bot stopped: again", again)

    def _reap(self) -> None:
        """Raise what ended a task."""
        for task in [one for one in self._under_way if one.done()]:
            self._under_way.discard(task)
            task.result()

    async def _send_next(self) -> bool:
        """Begin to send what may go out now; False = there is nothing."""
        now = self._parts.clock()
        most = min(_AT_ONCE - len(self._under_way), self._pace.room())
        if most <= 0 or (self._paused_until is not None and now < self._paused_until):
            return False
        try:
            taken = await self._call(messages.claim, now, self._pace.resting(), most)
        except GradelineError as error:
            _log.warning("messages cannot be read now: %s", error)
            await asyncio.sleep(_DATABASE_AWAY_S)
            return False
        for message in taken:
            self._pace.spend(message.chat_id, writes=message.method in PACED)
            self._under_way.add(asyncio.create_task(self._send(message)))
        return bool(taken)

    async def _send(self, message: BotMessage) -> None:
        """Send a message and note what became of it."""
        try:
            await self._bot(method_of(message))
        except TelegramUnauthorizedError:
            await self._later(message, 0.0)
            raise
        except AiogramError as error:
            await self._note_failure(message, error)
            return
        await self._note(messages.end_sent, message.message_id, self._parts.clock())

    async def _note_failure(self, message: BotMessage, error: AiogramError) -> None:
        now = self._parts.clock()
        if isinstance(error, TelegramRetryAfter):
            await self._wait_as_told(message, float(error.retry_after))
        elif isinstance(error, TelegramForbiddenError):
            await self._refuse(message, str(error.message))
            await self._note(chats.block, message.chat_id, now, error.message)
        elif isinstance(error, TelegramBadRequest) and _DONE in error.message:
            await self._note(messages.end_sent, message.message_id, now)
        elif isinstance(error, TelegramBadRequest | TelegramNotFound):
            await self._refuse(message, error.message)
            if any(words in error.message for words in _GONE):
                await self._note(chats.block, message.chat_id, now, error.message)
            elif not any(words in error.message for words in _LATE):
                _log.error("Telegram refused %s: %s", message.method, error.message)
        elif _was_not_sent(error) or (message.kind == Kind.ANSWER.value and message.tries < _TRIES):
            await self._later(message, _WAIT_S * message.tries)
        else:
            reason = "Telegram's answer was lost"
            await self._note_end(message, "unknown", reason)

    async def _wait_as_told(self, message: BotMessage, seconds: float) -> None:
        until = self._parts.clock() + timedelta(seconds=seconds)
        _log.warning("Telegram asks to wait %g s", seconds)
        self._paused_until = max(until, self._paused_until or until)
        await self._note(messages.pause, until)
        await self._note(messages.postpone, message.message_id, until)

    async def _later(self, message: BotMessage, seconds: float) -> None:
        due_at = self._parts.clock() + timedelta(seconds=seconds)
        await self._note(messages.postpone, message.message_id, due_at)

    async def _refuse(self, message: BotMessage, reason: str) -> None:
        await self._note_end(message, "refused", reason)

    async def _note_end(self, message: BotMessage, status: str, reason: str) -> None:
        now, number = self._parts.clock(), message.message_id
        await self._note(messages.end_unsent, number, now, status=status, reason=reason[:200])

    async def _note(self, work: Any, *args: Any, **more: Any) -> None:
        """Write what became of a message, however long the database is away."""
        while True:
            try:
                await self._call(work, *args, **more)
            except GradelineError as error:
                _log.warning("the end of a message cannot be noted now: %s", error)
                await asyncio.sleep(_DATABASE_AWAY_S)
            else:
                return

    async def _call(self, work: Any, *args: Any, **more: Any) -> Any:
        def do() -> Any:
            with self._parts.by_loader.connect() as connection:
                return work(connection, *args, **more)

        return await asyncio.to_thread(do)


def _was_not_sent(error: AiogramError) -> bool:
    """Whether Telegram was not even reached."""
    return isinstance(error, TelegramNetworkError) and isinstance(
        error.__cause__, ClientConnectorError
    )
