"""The page of a one-time sign-in link: a button, and then a token for tools."""

from __future__ import annotations

from html import escape

from gradeline.base.languages import Language, message
from gradeline.entrypoints.web.small_page import small_page

_TITLE = message("Sign in to Gradeline")
_ASKED = message("This link signs you in once.")
_BUTTON = message("Sign in")
_TOKEN = message("You are signed in. Send this token with your requests; it works for 12 hours:")
_ONCE = message("It is not shown again. Keep it to yourself.")
_WRONG = message("This link signs nobody in: it was used already, or its time is over.")


def sign_in_page(language: Language) -> str:
    """Return the page with the button; sending it asks for the same address again."""
    button = f'<form method="post"><button>{escape(language.say(_BUTTON))}</button></form>'
    return small_page(language, language.say(_TITLE), language.say(_ASKED), end=button)


def token_page(language: Language, token: str) -> str:
    """Return the page that shows a token, once."""
    shown = f"<pre>Authorization: Bearer {escape(token)}</pre><p>{escape(language.say(_ONCE))}</p>"
    return small_page(language, language.say(_TITLE), language.say(_TOKEN), end=shown)


def wrong_link_page(language: Language) -> str:
    """Return the page for a link that signs nobody in."""
    return small_page(language, language.say(_TITLE), language.say(_WRONG))
