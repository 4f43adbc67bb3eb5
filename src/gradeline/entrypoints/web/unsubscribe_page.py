"""The page that ends messages: a button, and then that it is done. No script, nothing loaded."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from gradeline.base.languages import Language, message
from gradeline.entrypoints.web.small_page import small_page
from gradeline.records.recipients import What

_TITLE = message("Messages from Gradeline")
_ASKED = message("This address gets: {what}.")
_BUTTON = message("Unsubscribe")
_DONE = message("Done. This address gets no more of these: {what}.")
_BACK = message("Whoever runs Gradeline at your school can turn them on again.")
_GONE = message("This address gets nothing like that any more.")
_WRONG = message("This link is not complete. Copy the whole of it from the message.")
_NAMES: Mapping[What, str] = {
    What.COURSE_REPORT: message("course reports"),
    What.GROUP_REPORT: message("group reports"),
    What.DAILY_FIGURES: message("daily figures"),
    What.RUN_RESULT: message("results of runs"),
    What.ALERT: message("alerts"),
}


def button_page(language: Language, what: What) -> str:
    """Return the page with the button; sending it asks for the same address again."""
    button = f'<form method="post"><button>{escape(language.say(_BUTTON))}</button></form>'
    return _page(language, language.say(_ASKED, what=language.say(_NAMES[what])), end=button)


def done_page(language: Language, what: What) -> str:
    """Return the page that says that it is done."""
    done = language.say(_DONE, what=language.say(_NAMES[what]))
    return _page(language, done, language.say(_BACK))


def gone_page(language: Language) -> str:
    """Return the page for a recipient who was removed."""
    return _page(language, language.say(_GONE))


def wrong_page(language: Language) -> str:
    """Return the page for a link that is not valid."""
    return _page(language, language.say(_WRONG))


def _page(language: Language, *paragraphs: str, end: str = "") -> str:
    return small_page(language, language.say(_TITLE), *paragraphs, end=end)
