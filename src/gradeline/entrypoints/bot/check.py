"""Whether the bot can work, as Telegram says."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from aiogram.exceptions import AiogramError, TelegramUnauthorizedError

from gradeline.base.errors import DeliveryError, DeliveryRefused
from gradeline.entrypoints.bot.process import WRONG_TOKEN, Api, open_bot


@dataclass(frozen=True, kw_only=True)
class BotState:
    """What Telegram knows of a bot."""

    name: str  #: its @name, without the sign
    webhook_url: str  #: where updates are posted; empty = they are asked for
    waiting: int  #: updates that wait
    last_error: str  #: why the last post failed; empty = it did not


def ask_telegram(api: Api) -> BotState:
    """Ask Telegram for a bot; changes nothing.

    Raises:
        DeliveryRefused: Telegram does not know the token.
        DeliveryError: Telegram does not answer.
    """

    async def ask() -> BotState:
        async with open_bot(api) as bot:
            me, webhook = await bot.get_me(), await bot.get_webhook_info()
        return BotState(
            name=me.username or me.first_name,
            webhook_url=webhook.url,
            waiting=webhook.pending_update_count,
            last_error=webhook.last_error_message or "",
        )

    try:
        return asyncio.run(ask())
    except TelegramUnauthorizedError:
        raise DeliveryRefused(
            "Telegram does not know this bot's token.", hint=WRONG_TOKEN
        ) from None
    except AiogramError as error:
        raise DeliveryError(
            f"Telegram does not answer: {type(error).__name__}.",
            hint="Check the connection to the internet.",
        ) from None
