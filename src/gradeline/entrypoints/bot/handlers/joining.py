"""Group codes: what becomes of one that a learner sends."""

from __future__ import annotations

from gradeline.access.group_codes import code_key
from gradeline.entrypoints.bot.talk import Talk
from gradeline.entrypoints.bot.texts import start as texts
from gradeline.warehouse.bot import chats
from gradeline.warehouse.vocabulary import clients

#: Wrong codes that a chat may send in an hour: a code is long, and nobody guesses it in five.
_WRONG_CODES = 5


async def join(talk: Talk, text: str) -> str:
    """Let the learner join the group of a code; return what to tell them."""
    if await talk.call(chats.wrong_codes, talk.chat_id, talk.at) >= _WRONG_CODES:
        return texts.too_many_codes(talk.language)
    group = await talk.call(clients.join_group, code_key(text), talk.at)
    if group is None:
        await talk.call(chats.note_wrong_code, talk.chat_id, talk.at)
        return texts.wrong_code(talk.language)
    return texts.joined(talk.language, group.name)
