"""Calls of the Bot API as they are stored, and back to aiogram's methods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiogram.enums import ParseMode
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup, LinkPreviewOptions

from gradeline.warehouse.bot.messages import BotMessage

Call = tuple[str, Mapping[str, Any]]
#: Methods that put a message into a chat, of which Telegram takes one a second.
PACED = frozenset({"sendMessage", "sendPhoto"})
_METHODS: Mapping[str, type[TelegramMethod[Any]]] = {
    method.__api_method__: method
    for method in (SendMessage, SendPhoto, EditMessageText, AnswerCallbackQuery)
}
_PICTURE = "progress.png"


def send_text(chat_id: int, html: str, buttons: InlineKeyboardMarkup | None = None) -> Call:
    """Return the call that sends a text."""
    return _stored(
        SendMessage(
            chat_id=chat_id,
            text=html,
            parse_mode=ParseMode.HTML,
            reply_markup=buttons,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
    )


def send_photo(chat_id: int, html: str) -> Call:
    """Return the call that sends a picture, which is stored beside it."""
    method = SendPhoto(chat_id=chat_id, photo="", caption=html, parse_mode=ParseMode.HTML)
    return _stored(method)


def edit_text(
    chat_id: int, message_id: int, html: str, buttons: InlineKeyboardMarkup | None = None
) -> Call:
    """Return the call that changes a message; without buttons its buttons go."""
    return _stored(
        EditMessageText(
            chat_id=chat_id,
            message_id=message_id,
            text=html,
            parse_mode=ParseMode.HTML,
            reply_markup=buttons,
        )
    )


def answer_button(query_id: str, text: str = "") -> Call:
    """Return the call after which a pressed button waits no more."""
    return _stored(AnswerCallbackQuery(callback_query_id=query_id, text=text or None))


def method_of(message: BotMessage) -> TelegramMethod[Any]:
    """Return aiogram's method of a stored call."""
    content = dict(message.content)
    if message.picture is not None:
        content["photo"] = BufferedInputFile(message.picture, _PICTURE)
    return _METHODS[message.method].model_validate(content)


def _stored(method: TelegramMethod[Any]) -> Call:
    return method.__api_method__, method.model_dump(
        mode="json", exclude_unset=True, exclude_none=True
    )
