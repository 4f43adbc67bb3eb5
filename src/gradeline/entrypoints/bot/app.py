"""The bot: one dispatcher, its middlewares and its conversations in order."""

from __future__ import annotations

from collections.abc import Callable

from aiogram import Dispatcher, Router

from gradeline.entrypoints.bot.fsm_storage import PostgresIsolation, PostgresStorage
from gradeline.entrypoints.bot.handlers import (
    closed,
    language,
    membership,
    progress,
    quiz,
    remind,
    start,
    stop,
    unknown,
    words,
)
from gradeline.entrypoints.bot.inbox import Inbox
from gradeline.entrypoints.bot.parts import BotParts

#: Conversations; the first one that takes an update handles it.
_ROUTERS: tuple[Callable[[], Router], ...] = (
    membership.router,
    start.router,
    language.router,
    stop.router,
    closed.router,  # takes everything from those who have not consented
    progress.router,
    words.router,
    remind.router,
    quiz.router,
    unknown.router,  # takes the rest
)
#: The kinds of updates that the bot asks Telegram for.
UPDATES = ("message", "callback_query", "my_chat_member")


def bot(parts: BotParts, stored: Callable[[], None] = lambda: None) -> Dispatcher:
    """Return what handles updates.

    Args:
        parts: what the bot works with.
        stored: called after each update, when there may be something to send.
    """
    # The storage works in the transaction that the inbox opens, so the inbox comes before it.
    dispatcher = Dispatcher(
        storage=PostgresStorage(), events_isolation=PostgresIsolation(), disable_fsm=True
    )
    dispatcher.update.outer_middleware(Inbox(parts, stored))
    dispatcher.update.outer_middleware(dispatcher.fsm)
    dispatcher.update.outer_middleware(language.speak_chosen)
    dispatcher.include_routers(*(router() for router in _ROUTERS))
    return dispatcher
