"""The page that ends messages: a button, and then that it is done. No script, nothing loaded."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from html import escape

from gradeline.base.languages import Language, message
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

_STYLE = (
    "body{margin:0;padding:24px;background:#f5f6f8;color:#1c2430;font:16px/1.5 -apple-system,"
    "'Segoe UI',Roboto,Helvetica,Arial,sans-serif}main{max-width:560px;margin:0 auto;padding:24px;"
    "background:#fff;border-radius:8px}h1{font-size:20px;margin:0 0 16px}button{font:inherit;"
    "padding:10px 20px;border:0;border-radius:6px;background:#2f6fde;color:#fff;cursor:pointer}"
    "@media (prefers-color-scheme:dark){body{background:#14181d;color:#e8ebef}"
    "main{background:#1e242b}}"
)
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_PAGE = (
    '<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width,initial-scale=1">'
    '<meta name="robots" content="noindex"><title>{title}</title><style>{style}</style></head>'
    "<body><main><h1>{title}</h1>{body}</main></body></html>\n"
)

#: Of the page: it loads nothing, and its form leads nowhere else.
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}';"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
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
    body = "".join(f"<p>{escape(each)}</p>" for each in paragraphs)
    title = escape(language.say(_TITLE))
    return _PAGE.format(language=language.code, title=title, style=_STYLE, body=body + end)
