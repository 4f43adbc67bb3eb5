"""Texts of short conversations: what the bot can do, languages, reminders, leaving."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from gradeline.base.languages import Language, message
from gradeline.records.vocabulary import DictionaryWord

#: Commands in the order of the menu → what each does.
COMMANDS = {
    "quiz": message("Practise words"),
    "progress": message("Rating, level and streak"),
    "words": message("Words you know and words to review"),
    "remind": message("Daily reminder"),
    "language": message("Change the language"),
    "stop": message("Leave and erase my data"),
}
_CAN = message("What I can do:")
_LOOK_UP = message("Send me a word, and I will look it up in the dictionary.")
_FAILED = message("Something went wrong on our side. Please send it again.")
_NO_TEXT = message("I only understand text and buttons.")
_FOUND = message("In the dictionary:")
_NOT_FOUND = message("There is no “{text}” in the dictionary.")
_CHOOSE = message("Which language do you prefer?")
_CHOSEN = message("I will use English.")
_WHEN = message(
    "When should I remind you to practise? Choose a time or send one, such as 19:30."
    " Times are in your school's time zone: {zone}."
)
_REMINDED = message("I will remind you every day at {time} if you have not practised by then.")
_NOT_REMINDED = message("I will not remind you.")
_NO_TIME = message("That does not look like a time. Send one like 19:30.")
_SURE = message(
    "Do you want to erase everything that is stored about you: your name, your answers, your"
    " rating? This cannot be undone."
)
_ERASED = message(
    "Your name and this chat are erased; your answers follow within a day."
    " Write /start to begin again."
)
_KEPT = message("Good, everything stays as it is.")
_NOTHING_STORED = message("Nothing is stored about you.")
_TIME_LENGTH = 40


def commands(spoken: Language) -> str:
    """Say what the bot can do."""
    lines = [f"/{name} — {spoken.say(what)}" for name, what in COMMANDS.items()]
    return "\n".join([spoken.say(_CAN), *lines, "", spoken.say(_LOOK_UP)])


def failed(spoken: Language) -> str:
    """Apologise."""
    return spoken.say(_FAILED)


def no_text(spoken: Language) -> str:
    """Say that pictures, voices and stickers are not understood."""
    return spoken.say(_NO_TEXT)


def found_words(spoken: Language, words: Sequence[DictionaryWord]) -> str:
    """List entries of the dictionary."""
    return "\n".join([spoken.say(_FOUND), *(entry(one) for one in words)])


def no_word(spoken: Language, text: str) -> str:
    """Say that the dictionary has no such word."""
    cut = text if len(text) <= _TIME_LENGTH else f"{text[:_TIME_LENGTH]}…"
    return spoken.say(_NOT_FOUND, text=escape(cut))


def entry(word: DictionaryWord) -> str:
    """Write an entry of the dictionary."""
    return f"<b>{escape(word.word)}</b> — {escape(word.translation)}"


def which_language(spoken: Language) -> str:
    """Ask for the language."""
    return spoken.say(_CHOOSE)


def language_chosen(spoken: Language) -> str:
    """Say that it is this one from now on."""
    return spoken.say(_CHOSEN)


def when_to_remind(spoken: Language, zone: str) -> str:
    """Ask for the time of the reminder."""
    return spoken.say(_WHEN, zone=escape(zone))


def reminder_set(spoken: Language, at: str | None) -> str:
    """Say when the learner is reminded; None = never."""
    return spoken.say(_REMINDED, time=at) if at else spoken.say(_NOT_REMINDED)


def no_time(spoken: Language) -> str:
    """Say that a text is no time of day."""
    return spoken.say(_NO_TIME)


def sure_to_leave(spoken: Language) -> str:
    """Ask whether everything is to be erased."""
    return spoken.say(_SURE)


def erased(spoken: Language) -> str:
    """Say goodbye."""
    return spoken.say(_ERASED)


def kept(spoken: Language) -> str:
    """Say that nothing was erased."""
    return spoken.say(_KEPT)


def nothing_stored(spoken: Language) -> str:
    """Say that there is nothing to erase."""
    return spoken.say(_NOTHING_STORED)
