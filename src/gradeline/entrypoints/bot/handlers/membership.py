"""Whoever blocks the bot: it leaves them alone until they write again."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus
from aiogram.types import ChatMemberUpdated

from gradeline.entrypoints.bot.talk import Talk
from gradeline.warehouse.bot import chats

_BLOCKED = "the learner blocked the bot"


def router() -> Router:
    """Return what takes the news that the bot was blocked; others need no answer."""
    made = Router(name="membership")
    made.my_chat_member.register(_block, F.new_chat_member.status == ChatMemberStatus.KICKED.value)
    return made


async def _block(_event: ChatMemberUpdated, talk: Talk) -> None:
    await talk.call(chats.block, talk.chat_id, talk.at, _BLOCKED)
