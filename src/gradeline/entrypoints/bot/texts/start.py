"""Texts of meeting the bot: consent, groups."""

from __future__ import annotations

from html import escape

from gradeline.base.languages import Language, message

_WELCOME = message("Hello! I help you learn Spanish and Russian words, a few minutes a day.")
_CONSENT = message(
    "To choose the right words for you, your school stores your name in Telegram, this chat and"
    " your answers. Only the teachers of your groups and the school's administrators see your"
    " progress. /stop erases it all."
)
_AGREE = message("Do you agree?")
_BACK = message("Good to see you again!")
_THANKS = message("Thank you!")
_SEND_CODE = message(
    "If your school gave you a group code, send it now. You can also start without one."
)
_MINOR_CODE = message(
    "As you are younger than {age}, your tutor has to confirm first. Ask your tutor for the group"
    " code and send it to me."
)
_MINOR_WAITS = message(
    "Your tutor has to confirm that you may practise here. I will write to you as soon as that is"
    " done."
)
_REFUSED = message("Nothing is stored. If you change your mind, write /start.")
_JOINED = message("You are now in the group <b>{group}</b>.")
_WRONG_CODE = message("No group has this code, or it has expired. Please ask your tutor.")
_TOO_MANY = message("Too many wrong codes. Try again in an hour.")
_CONFIRMED = message("Your tutor has confirmed: you can begin.")


def welcome(spoken: Language) -> str:
    """Greet somebody new, and ask to consent."""
    return "\n\n".join(spoken.say(one) for one in (_WELCOME, _CONSENT, _AGREE))


def welcome_back(spoken: Language) -> str:
    """Greet a learner."""
    return spoken.say(_BACK)


def thanks(spoken: Language) -> str:
    """Thank for the consent, and ask for a group code."""
    return f"{spoken.say(_THANKS)} {spoken.say(_SEND_CODE)}"


def minor_needs_group(spoken: Language, age: int) -> str:
    """Ask a minor for the code of the group whose tutor confirms."""
    return spoken.say(_MINOR_CODE, age=str(age))


def minor_waits(spoken: Language) -> str:
    """Tell a minor that the tutor has to confirm."""
    return spoken.say(_MINOR_WAITS)


def refused(spoken: Language) -> str:
    """Take no for an answer."""
    return spoken.say(_REFUSED)


def joined(spoken: Language, group: str) -> str:
    """Say which group the learner is in now."""
    return spoken.say(_JOINED, group=escape(group))


def wrong_code(spoken: Language) -> str:
    """Say that a code is of no group."""
    return spoken.say(_WRONG_CODE)


def too_many_codes(spoken: Language) -> str:
    """Say that no more codes are looked at for a while."""
    return spoken.say(_TOO_MANY)


def confirmed(spoken: Language) -> str:
    """Tell a minor that the tutor confirmed."""
    return spoken.say(_CONFIRMED)
