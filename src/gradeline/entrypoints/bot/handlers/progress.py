"""`/progress`: rating, level, days in a row, and a picture."""

from __future__ import annotations

import asyncio

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from gradeline.entrypoints.bot.talk import Talk
from gradeline.entrypoints.bot.texts.progress import progress_text
from gradeline.warehouse.vocabulary import analytics


def router() -> Router:
    """Return what takes `/progress`."""
    made = Router(name="progress")
    made.message.register(_show, Command("progress"))
    return made


async def _show(_message: Message, talk: Talk, state: FSMContext) -> None:
    await state.set_state(None)
    assert talk.client is not None  # noqa: S101 - whoever has not consented does not come here
    progress = await talk.call(analytics.progress, talk.client.client_id, talk.at, talk.terms.zone)
    text = progress_text(talk.language, progress)
    if not progress.answers:
        await talk.say(text)
        return
    draw = talk.parts.draw_progress
    picture = await asyncio.to_thread(draw, progress, talk.language.code)
    await talk.show(picture, text)
