"""Whoever has not consented: nothing but `/start`, the language and leaving is open to them."""

from __future__ import annotations

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, TelegramObject

from gradeline.entrypoints.bot.handlers.start import ask_to_consent, wait_for_tutor
from gradeline.entrypoints.bot.talk import Talk


def router() -> Router:
    """Return what takes everything from those who have not consented."""
    made = Router(name="closed")
    made.message.register(_text, _has_not_consented)
    made.callback_query.register(_press, _has_not_consented)
    return made


async def _has_not_consented(_event: TelegramObject, talk: Talk) -> bool:
    return talk.client is None or talk.client.consent_at is None


async def _text(_message: Message, talk: Talk, state: FSMContext) -> None:
    if talk.client is None:
        await ask_to_consent(talk, state)
    else:
        await wait_for_tutor(talk, state)


async def _press(query: CallbackQuery, talk: Talk, state: FSMContext) -> None:
    await talk.note_press(query.id)
    if talk.client is None:
        await ask_to_consent(talk, state)
    else:
        await wait_for_tutor(talk, state)
