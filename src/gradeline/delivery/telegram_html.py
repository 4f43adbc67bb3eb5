"""A message in the HTML that Telegram shows: bold headings and values, what to type as code."""

from __future__ import annotations

import re

from gradeline.delivery.message import Message
from gradeline.delivery.text_lines import text_lines

_CODE = re.compile(r"`([^`\n]+)`")
#: Telegram takes these three named entities; quotes need none outside of attributes.
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def telegram_html(message: Message) -> str:
    """Return subject and text; Telegram counts the letters that it shows, not the tags."""
    lines = text_lines(message.text, _marked, lambda words: f"<b>{words}</b>")
    return "\n".join([f"<b>{message.subject.translate(_ESCAPES)}</b>", "", *lines]).rstrip()


def _marked(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", text.translate(_ESCAPES))
