"""Buttons below a question."""

from __future__ import annotations

from collections.abc import Collection

from aiogram.types import InlineKeyboardMarkup

from gradeline.base.languages import Language, message
from gradeline.entrypoints.bot.keyboards.buttons import (
    EndButton,
    HintButton,
    OptionButton,
    button,
    rows,
)
from gradeline.records.vocabulary import AskedQuestion, QuestionKind

_HINT = message("💡 Hint")
_END = message("Finish")
#: Hints that a question has: of a choice some wrong options go; of a word letters are shown.
_HINTS = {QuestionKind.CHOICE: 1, QuestionKind.TYPED: 2}
#: Two options stand beside each other where both are short.
_SHORT = 14


def has_hint(question: AskedQuestion) -> bool:
    """Whether there is a hint left."""
    return question.hints < _HINTS[question.kind]


def options_shown(question: AskedQuestion) -> Collection[int]:
    """Return the places of the options that are shown: after a hint half of the wrong ones go."""
    every = range(len(question.options))
    if not question.hints or question.kind is QuestionKind.TYPED:
        return every
    right = question.options.index(question.expected[0])
    wrong = [place for place in every if place != right]
    return sorted([right, *wrong[: len(wrong) // 2]])


def below_question(spoken: Language, question: AskedQuestion) -> InlineKeyboardMarkup:
    """Return the options, a hint if there is one left, and the way out."""
    number, position = question.activity_id, question.position
    options = [
        button(
            question.options[place],
            OptionButton(quiz=number, position=position, option=place),
        )
        for place in options_shown(question)
    ]
    width = 2 if all(len(one.text) <= _SHORT for one in options) else 1
    hint = HintButton(quiz=number, position=position)
    last = [button(spoken.say(_HINT), hint)] if has_hint(question) else []
    last.append(button(spoken.say(_END), EndButton(quiz=number)))
    grid = [options[start : start + width] for start in range(0, len(options), width)]
    return rows(*grid, last)
