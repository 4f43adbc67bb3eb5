"""`/language`: in which language the bot speaks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, TelegramObject

from gradeline.base.languages import LANGUAGES
from gradeline.entrypoints.bot.handlers.start import ask_to_consent
from gradeline.entrypoints.bot.keyboards import menu
from gradeline.entrypoints.bot.keyboards.buttons import LanguageButton
from gradeline.entrypoints.bot.talk import Talk
from gradeline.entrypoints.bot.texts import menu as texts
from gradeline.warehouse.vocabulary import clients

#: Where the choice of somebody is kept who has not consented.
_LANGUAGE = "language"


def router() -> Router:
    """Return what takes `/language` and the choice."""
    made = Router(name="language")
    made.message.register(_ask, Command("language"))
    made.callback_query.register(_choose, LanguageButton.filter())
    return made


async def speak_chosen(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
    event: TelegramObject,
    data: dict[str, Any],
) -> Any:
    """Speak the language that somebody chose before they consented: a middleware."""
    talk, state = data.get("talk"), data.get("state")
    if isinstance(talk, Talk) and talk.client is None and isinstance(state, FSMContext):
        talk.speak((await state.get_data()).get(_LANGUAGE, ""))
    return await handler(event, data)


async def _ask(_message: Message, talk: Talk, state: FSMContext) -> None:
    await state.set_state(None)
    await talk.say(texts.which_language(talk.language), menu.languages(talk.language))


async def _choose(
    query: CallbackQuery, callback_data: LanguageButton, talk: Talk, state: FSMContext
) -> None:
    await talk.note_press(query.id)
    if callback_data.code not in LANGUAGES:
        return
    talk.speak(callback_data.code)
    if talk.client is None:
        await state.update_data({_LANGUAGE: callback_data.code})
        await ask_to_consent(talk, state)
        return
    await talk.call(clients.set_language, talk.client.client_id, callback_data.code)
    chosen = texts.language_chosen(talk.language)
    await talk.say(f"{chosen}\n\n{texts.commands(talk.language)}")
