"""`/stop`: leave, and have everything erased."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from gradeline.entrypoints.bot.keyboards import menu
from gradeline.entrypoints.bot.keyboards.buttons import StopButton
from gradeline.entrypoints.bot.talk import Talk
from gradeline.entrypoints.bot.texts import menu as texts
from gradeline.warehouse.bot import chats
from gradeline.warehouse.vocabulary import clients


def router() -> Router:
    """Return what takes `/stop` and its confirmation."""
    made = Router(name="stop")
    made.message.register(_ask, Command("stop"))
    made.callback_query.register(_confirm, StopButton.filter())
    return made


async def _ask(_message: Message, talk: Talk, state: FSMContext) -> None:
    await state.set_state(None)
    if talk.client is None:
        await talk.call(chats.forget, talk.chat_id)
        await talk.say(texts.nothing_stored(talk.language))
        return
    await talk.say(texts.sure_to_leave(talk.language), menu.leaving(talk.language))


async def _confirm(query: CallbackQuery, callback_data: StopButton, talk: Talk) -> None:
    leaves = callback_data.sure and talk.client is not None
    if leaves:
        await talk.call(clients.stop_client, talk.at)
        # Before what follows, which is to be sent yet.
        await talk.call(chats.forget, talk.chat_id)
    await talk.note_press(query.id)
    answer = texts.erased(talk.language) if leaves else texts.kept(talk.language)
    if query.message is not None:
        await talk.change(query.message.message_id, answer)
    else:
        await talk.say(answer)
