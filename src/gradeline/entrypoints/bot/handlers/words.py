"""`/words`: words that the learner knows and words to review; with a text, the dictionary."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from gradeline.entrypoints.bot.keyboards import menu
from gradeline.entrypoints.bot.talk import Talk
from gradeline.entrypoints.bot.texts.menu import found_words, no_word
from gradeline.entrypoints.bot.texts.progress import words_text
from gradeline.warehouse.vocabulary import analytics
from gradeline.warehouse.vocabulary.words import due_words, find_words

#: Words that are listed at most.
_MOST = 10


def router() -> Router:
    """Return what takes `/words`."""
    made = Router(name="words")
    made.message.register(_list, Command("words"))
    return made


async def look_up(talk: Talk, text: str) -> bool:
    """Answer with what the dictionary has; False = it has nothing of the kind."""
    found = await talk.call(find_words, text, _MOST)
    if found:
        await talk.say(found_words(talk.language, found))
    return bool(found)


async def _list(_message: Message, command: CommandObject, talk: Talk, state: FSMContext) -> None:
    await state.set_state(None)
    if command.args:
        if not await look_up(talk, command.args):
            await talk.say(no_word(talk.language, command.args))
        return
    assert talk.client is not None  # noqa: S101 - whoever has not consented does not come here
    number = talk.client.client_id
    progress = await talk.call(analytics.progress, number, talk.at, talk.terms.zone)
    due = await talk.call(due_words, number, talk.at, _MOST)
    await talk.say(words_text(talk.language, progress, due), menu.practise(talk.language))
