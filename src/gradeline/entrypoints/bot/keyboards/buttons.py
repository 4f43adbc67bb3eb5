"""What the bot gets when a button is pressed; Telegram keeps at most 64 bytes of it."""

from __future__ import annotations

from typing import Literal

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup


class ConsentButton(CallbackData, prefix="consent"):
    """The learner consents, is too young to, or does not."""

    answer: Literal["adult", "minor", "no"]


class LanguageButton(CallbackData, prefix="language"):
    """The learner chooses a language."""

    code: str


class OptionButton(CallbackData, prefix="option"):
    """The learner chooses an answer."""

    quiz: int
    position: int
    option: int  #: its place among the options, 0 = the first


class HintButton(CallbackData, prefix="hint"):
    """The learner wants a hint."""

    quiz: int
    position: int


class EndButton(CallbackData, prefix="end"):
    """The learner ends a quiz before its end."""

    quiz: int


class QuizButton(CallbackData, prefix="quiz"):
    """The learner wants to practise."""


class RemindButton(CallbackData, prefix="remind"):
    """The learner chooses when to be reminded."""

    at: str  #: `HHMM` on the school's wall clock; `off` = never


class StopButton(CallbackData, prefix="stop"):
    """The learner leaves, or not."""

    sure: bool


def button(text: str, data: CallbackData) -> InlineKeyboardButton:
    """Return a button."""
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def rows(*buttons: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Return rows of buttons, without empty ones."""
    return InlineKeyboardMarkup(inline_keyboard=[row for row in buttons if row])
