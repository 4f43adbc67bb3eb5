"""Everything else: a word is looked up, and otherwise the bot says what it can do."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from gradeline.entrypoints.bot.handlers.words import look_up
from gradeline.entrypoints.bot.keyboards import menu
from gradeline.entrypoints.bot.talk import Talk
from gradeline.entrypoints.bot.texts.menu import commands, no_text, no_word


def router() -> Router:
    """Return what takes whatever nothing else took."""
    made = Router(name="unknown")
    made.message.register(_take_word, F.text, ~F.text.startswith("/"))
    made.message.register(_explain)
    made.callback_query.register(_press)
    return made


async def _take_word(message: Message, talk: Talk) -> None:
    text = message.text or ""
    if await look_up(talk, text):
        return
    said = f"{no_word(talk.language, text)}\n\n{commands(talk.language)}"
    await talk.say(said, menu.practise(talk.language))


async def _explain(message: Message, talk: Talk) -> None:
    said = commands(talk.language)
    if message.text is None:
        said = f"{no_text(talk.language)}\n\n{said}"
    await talk.say(said, menu.practise(talk.language))


async def _press(query: CallbackQuery, talk: Talk) -> None:
    await talk.note_press(query.id)
