"""The bot as a process: one way in, one way out, and what it says by itself."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.exceptions import AiogramError, TelegramUnauthorizedError
from aiogram.types import BotCommand
from starlette.types import ASGIApp

from gradeline.base.errors import DeliveryError, GradelineError, WrongSetting
from gradeline.base.languages import LANGUAGES, language
from gradeline.entrypoints.bot.app import UPDATES
from gradeline.entrypoints.bot.app import bot as dispatcher_of
from gradeline.entrypoints.bot.parts import BotParts
from gradeline.entrypoints.bot.polling import Poller
from gradeline.entrypoints.bot.reminders import put_due
from gradeline.entrypoints.bot.sending import Sender
from gradeline.entrypoints.bot.texts.menu import COMMANDS
from gradeline.entrypoints.bot.webhook import PATH, webhook_app
from gradeline.entrypoints.web.server import http_server
from gradeline.warehouse.bot.updates import prune

_log = logging.getLogger(__name__)

#: Seconds between two looks for what is due.
_DUE_S = 20.0
#: Updates that Telegram may post at once.
_POSTS = 8
#: What to do about a token that Telegram does not know.
WRONG_TOKEN = "Correct TELEGRAM_BOT_TOKEN: @BotFather shows it."  # noqa: S105 - a hint, not a token


@dataclass(frozen=True, kw_only=True)
class Api:
    """How Telegram is reached."""

    token: str
    base_url: str = ""  #: of a simulated one; empty = Telegram itself
    speed: float = 1.0  #: how much faster than life a simulated one runs


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """Where Telegram posts updates."""

    url: str  #: as Telegram reaches us, without the path
    secret: str
    listener: socket.socket
    guard: Callable[[ASGIApp], ASGIApp]  #: what stands before the application


def open_bot(api: Api) -> Bot:
    """Return aiogram's client of one bot; close its session."""
    server = TelegramAPIServer.from_base(api.base_url) if api.base_url else PRODUCTION
    return Bot(api.token, session=AiohttpSession(api=server))


async def run_bot(
    parts: BotParts, api: Api, webhook: Webhook | None, say: Callable[[str], None]
) -> None:
    """Run the bot until the process is told to stop (SIGTERM, Ctrl-C); work under way ends first.

    Args:
        parts: what it works with.
        api: how Telegram is reached.
        webhook: where Telegram posts updates; None = the bot polls.
        say: prints a message.

    Raises:
        WrongSetting: Telegram does not know the token.
        DeliveryError: Telegram does not answer at the start.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with open_bot(api) as bot:
        try:
            await _introduce(bot, webhook, say)
            await _work(parts, bot, api, webhook, stop)
        except TelegramUnauthorizedError:
            raise WrongSetting(
                "Telegram does not know this bot's token.", hint=WRONG_TOKEN
            ) from None


async def _introduce(bot: Bot, webhook: Webhook | None, say: Callable[[str], None]) -> None:
    """Tell Telegram of commands and of the way in."""
    try:
        me = await bot.get_me()
        for code in LANGUAGES:
            spoken = language(code)
            commands = [
                BotCommand(command=name, description=spoken.say(what))
                for name, what in COMMANDS.items()
            ]
            default = None if code == LANGUAGES[0] else code
            await bot.set_my_commands(commands, language_code=default)
        if webhook is None:
            await bot.delete_webhook(drop_pending_updates=False)
        else:
            await bot.set_webhook(
                webhook.url.rstrip("/") + PATH,
                secret_token=webhook.secret,
                allowed_updates=list(UPDATES),
                max_connections=_POSTS,
            )
    except TelegramUnauthorizedError:
        raise
    except AiogramError as error:
        raise DeliveryError(
            f"Telegram does not answer: {type(error).__name__}.",
            hint="Check the connection to the internet, then start the bot again.",
        ) from None
    way = "asks Telegram for updates" if webhook is None else "waits for posts of Telegram"
    say(f"The bot is @{me.username}. It {way}.")


async def _work(
    parts: BotParts, bot: Bot, api: Api, webhook: Webhook | None, stop: asyncio.Event
) -> None:
    sender = Sender(parts, bot, api.speed)
    dispatcher = dispatcher_of(parts, sender.wake)
    ways: list[Coroutine[Any, Any, None]] = [
        sender.run(stop),
        _put_what_is_due(parts, sender, stop, _DUE_S / api.speed),
    ]
    if webhook is None:
        ways.append(Poller(bot, dispatcher).run(stop))
    else:
        ways.append(_serve(bot, dispatcher, webhook))
    tasks = {asyncio.create_task(way) for way in ways}
    # The first that ends, as it was told or with an error, ends the others.
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    await asyncio.wait(tasks)
    for task in [*done, *tasks - done]:
        task.result()


async def _serve(bot: Bot, dispatcher: Dispatcher, webhook: Webhook) -> None:
    """Serve the webhook until uvicorn, which hears the signals, is told to stop."""
    app = webhook.guard(webhook_app(bot, dispatcher, webhook.secret))
    await http_server(app).serve(sockets=[webhook.listener])


async def _put_what_is_due(
    parts: BotParts, sender: Sender, stop: asyncio.Event, every_s: float
) -> None:
    """Store what the bot says by itself whenever it is due, until told to stop."""

    def put() -> int:
        at = parts.clock()
        with parts.by_loader.connect() as connection:
            prune(connection, at)
            return put_due(connection, parts.terms, at)

    while not stop.is_set():
        try:
            if await asyncio.to_thread(put):
                sender.wake()
                continue  # there may be more
        except GradelineError as error:
            _log.warning("what is due cannot be put now: %s", error)
        told = asyncio.create_task(stop.wait())
        await asyncio.wait({told}, timeout=every_s)
        told.cancel()


async def remove_traces(api: Api) -> None:
    """Delete the webhook and the commands of the bot at Telegram.

    Raises:
        DeliveryError: Telegram does not answer, or does not know the token.
    """
    async with open_bot(api) as bot:
        try:
            await bot.delete_webhook(drop_pending_updates=False)
            for code in (None, *LANGUAGES[1:]):
                await bot.delete_my_commands(language_code=code)
        except AiogramError as error:
            raise DeliveryError(
                f"Telegram did not take it: {type(error).__name__}.", hint=WRONG_TOKEN
            ) from None
