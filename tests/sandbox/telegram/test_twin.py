"""The simulated Telegram, by the client that the bot uses."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError, TelegramForbiddenError
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from gradeline.sandbox.exchange import Pace
from gradeline.sandbox.server.running import running
from gradeline.sandbox.telegram.chats import Profile
from gradeline.sandbox.telegram.people import Person
from gradeline.sandbox.telegram.twin import TOKEN, TelegramTwin


@pytest.fixture(scope="module")
def twin() -> TelegramTwin:
    """The twin."""
    return TelegramTwin(pace=Pace(speed=100))


@pytest.fixture(scope="module")
def api(twin: TelegramTwin) -> Iterator[TelegramAPIServer]:
    """Where it is served."""
    with running([twin], pace=Pace(speed=100)) as sandbox:
        yield TelegramAPIServer.from_base(f"{sandbox.url}/telegram")


@pytest.fixture
def ask(api: TelegramAPIServer):
    """Runs calls of one bot; returns what the last gives."""

    def asked(work):
        async def run():
            """Work in a session of its own."""
            async with Bot(TOKEN, session=AiohttpSession(api=api)) as bot:
                return await work(bot)

        return asyncio.run(run())

    return asked


@pytest.fixture
def person(twin: TelegramTwin, request: pytest.FixtureRequest) -> Person:
    """Somebody at their phone."""
    number = abs(hash(request.node.name)) % 10**9
    return Person(twin, Profile(user_id=number, name="Ana", language="es"))


def test_updates_wait_until_an_offset_confirms_them(ask, twin, person):
    """The same ones come again before that, and none after it."""
    first, second = person.say("one"), person.say("two")
    polled = ask(lambda bot: bot.get_updates())
    assert [one.update_id for one in polled][-2:] == [first, second]
    assert [one.update_id for one in ask(lambda bot: bot.get_updates(offset=second))] == [second]
    assert ask(lambda bot: bot.get_updates(offset=second + 1)) == []


def test_a_poll_waits_for_an_update(ask, person):
    """It is answered when something happens, not before."""

    async def poll(bot: Bot):
        """Poll as the test says."""
        polling = asyncio.create_task(bot.get_updates(timeout=1000))
        await asyncio.sleep(0.05)
        assert not polling.done()
        number = person.say("at last")
        return number, [one.update_id for one in await polling]

    number, polled = ask(poll)
    assert number in polled


def test_two_who_poll_meet(ask):
    """The one that polled before is told so."""

    async def poll(bot: Bot):
        """Poll as the test says."""
        first = asyncio.create_task(bot.get_updates(offset=10**9, timeout=1000))
        await asyncio.sleep(0.05)
        await bot.get_updates(offset=10**9)
        with pytest.raises(TelegramConflictError):
            await first
        return True

    assert ask(poll)


def test_nobody_polls_beside_a_webhook(ask):
    """A conflict, until the webhook is deleted."""

    async def poll(bot: Bot):
        """Poll as the test says."""
        await bot.set_webhook("http://127.0.0.1:9/none", secret_token="secret")
        assert (await bot.get_webhook_info()).url == "http://127.0.0.1:9/none"
        with pytest.raises(TelegramConflictError):
            await bot.get_updates()
        await bot.delete_webhook()
        return await bot.get_updates(offset=10**9)

    assert ask(poll) == []


def test_buttons_are_shown_and_pressed(ask, person):
    """A press arrives with the data of the button and the message below which it stands."""
    buttons = [[InlineKeyboardButton(text="Sí", callback_data="yes")]]
    keyboard = InlineKeyboardMarkup(inline_keyboard=buttons)
    chat = person.profile.user_id
    sent = ask(lambda bot: bot.send_message(chat, "¿?", reply_markup=keyboard))
    person.press_text("Sí")
    query = ask(lambda bot: bot.get_updates())[-1].callback_query
    assert query is not None
    assert (query.data, query.message.message_id) == ("yes", sent.message_id)


def test_what_telegram_would_refuse_is_refused(ask, person):
    """Long data of a button, an edit that changes nothing, and whoever blocked the bot."""
    chat = person.profile.user_id
    long = InlineKeyboardButton(text="x", callback_data="é" * 33)
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[long]])
    with pytest.raises(TelegramBadRequest, match="BUTTON_DATA_INVALID"):
        ask(lambda bot: bot.send_message(chat, "x", reply_markup=keyboard))
    sent = ask(lambda bot: bot.send_message(chat, "x"))
    with pytest.raises(TelegramBadRequest, match="not modified"):
        ask(lambda bot: bot.edit_message_text("x", chat_id=chat, message_id=sent.message_id))
    person.block()
    with pytest.raises(TelegramForbiddenError):
        ask(lambda bot: bot.send_message(chat, "x"))
