"""`/remind`: when to be reminded every day."""

from __future__ import annotations

import re
from datetime import time

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from gradeline.entrypoints.bot.keyboards import menu
from gradeline.entrypoints.bot.keyboards.buttons import RemindButton
from gradeline.entrypoints.bot.states.remind import Remind
from gradeline.entrypoints.bot.talk import Talk
from gradeline.entrypoints.bot.texts import menu as texts
from gradeline.warehouse.vocabulary import clients

_TIME = re.compile(r"(?P<hour>[01]?\d|2[0-3])[:. ]?(?P<minute>[0-5]\d)", re.ASCII)
_OFF = "off"


def router() -> Router:
    """Return what takes `/remind`, and a time by a button or as a text."""
    made = Router(name="remind")
    made.message.register(_ask, Command("remind"))
    made.callback_query.register(_press, RemindButton.filter())
    made.message.register(_take_time, StateFilter(Remind.choosing), F.text, ~F.text.startswith("/"))
    return made


def read_time(text: str) -> time | None:
    """Return the time of day that a text names, such as 19:30; None = it names none."""
    found = _TIME.fullmatch(text.strip())
    return time(int(found["hour"]), int(found["minute"])) if found else None


async def _ask(_message: Message, talk: Talk, state: FSMContext) -> None:
    await state.set_state(Remind.choosing)
    asked = texts.when_to_remind(talk.language, talk.terms.zone)
    await talk.say(asked, menu.reminder(talk.language))


async def _press(
    query: CallbackQuery, callback_data: RemindButton, talk: Talk, state: FSMContext
) -> None:
    await talk.note_press(query.id)
    await state.set_state(None)
    await _set(talk, None if callback_data.at == _OFF else read_time(callback_data.at))


async def _take_time(message: Message, talk: Talk, state: FSMContext) -> None:
    at = read_time(message.text or "")
    if at is None:
        await talk.say(texts.no_time(talk.language), menu.reminder(talk.language))
        return
    await state.set_state(None)
    await _set(talk, at)


async def _set(talk: Talk, at: time | None) -> None:
    assert talk.client is not None  # noqa: S101 - whoever has not consented does not come here
    await talk.call(clients.set_reminder, talk.client.client_id, at)
    await talk.say(texts.reminder_set(talk.language, f"{at:%H:%M}" if at else None))
