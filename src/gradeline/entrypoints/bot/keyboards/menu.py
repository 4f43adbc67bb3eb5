"""Buttons of short questions: consent, language, reminder, leaving, practising."""

from __future__ import annotations

from aiogram.types import InlineKeyboardMarkup

from gradeline.base.languages import LANGUAGES, Language, language, message
from gradeline.entrypoints.bot.keyboards.buttons import (
    ConsentButton,
    LanguageButton,
    QuizButton,
    RemindButton,
    StopButton,
    button,
    rows,
)

_ADULT = message("I am {age} or older and I agree")
_MINOR = message("I am younger than {age}")
_NO = message("I do not agree")
_PRACTISE = message("Practise")
_NEVER = message("No reminder")
_LEAVE = message("Yes, erase everything")
_STAY = message("No, keep it")
#: Times that fit most days, on the school's wall clock.
_TIMES = ("0800", "1200", "1500", "1800", "2000", "2200")
_IN_A_ROW = 3


def consent(spoken: Language, age: int) -> InlineKeyboardMarkup:
    """Ask to consent."""
    return rows(
        [button(spoken.say(_ADULT, age=str(age)), ConsentButton(answer="adult"))],
        [button(spoken.say(_MINOR, age=str(age)), ConsentButton(answer="minor"))],
        [button(spoken.say(_NO), ConsentButton(answer="no"))],
        languages(spoken).inline_keyboard[0],
    )


def languages(spoken: Language) -> InlineKeyboardMarkup:
    """Choose another language, each by its own name."""
    others = [language(code) for code in LANGUAGES if code != spoken.code]
    return rows([button(own_name(one), LanguageButton(code=one.code)) for one in others])


def own_name(spoken: Language) -> str:
    """Return the name of a language in it, as it stands alone."""
    name = spoken.locale.get_display_name(spoken.code) or spoken.code
    return name[:1].upper() + name[1:]


def practise(spoken: Language) -> InlineKeyboardMarkup:
    """Begin a quiz."""
    return rows([button(spoken.say(_PRACTISE), QuizButton())])


def reminder(spoken: Language) -> InlineKeyboardMarkup:
    """Choose when to be reminded."""
    times = [button(f"{at[:2]}:{at[2:]}", RemindButton(at=at)) for at in _TIMES]
    return rows(
        times[:_IN_A_ROW],
        times[_IN_A_ROW:],
        [button(spoken.say(_NEVER), RemindButton(at="off"))],
    )


def leaving(spoken: Language) -> InlineKeyboardMarkup:
    """Confirm that everything is to be erased."""
    return rows(
        [button(spoken.say(_LEAVE), StopButton(sure=True))],
        [button(spoken.say(_STAY), StopButton(sure=False))],
    )
