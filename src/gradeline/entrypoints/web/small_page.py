"""A page with a title, some text and perhaps a button. No script, nothing loaded."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from html import escape

from gradeline.base.languages import Language

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


def small_page(language: Language, title: str, *paragraphs: str, end: str = "") -> str:
    """Return the page as HTML.

    Args:
        language: of the texts.
        title: text.
        paragraphs: texts.
        end: HTML below them, such as a form.
    """
    body = "".join(f"<p>{escape(each)}</p>" for each in paragraphs)
    return _PAGE.format(language=language.code, title=escape(title), style=_STYLE, body=body + end)
