"""A message in the HTML that Telegram shows: bold headings and values, what to type as code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gradeline.delivery.message import Message
from gradeline.records.message_text import Block, Kind, blocks_of, pair_of

_CODE = re.compile(r"`([^`\n]+)`")
#: Telegram takes these three named entities; quotes need none outside of attributes.
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def telegram_html(message: Message) -> str:
    """Return subject and text; Telegram counts the letters that it shows, not the tags."""
    lines = [line for block in blocks_of(message.text) for line in _lines(block)]
    return "\n".join([f"<b>{message.subject.translate(_ESCAPES)}</b>", "", *lines]).rstrip()


def _lines(block: Block) -> Iterator[str]:
    yield from _shown(block)
    if block.ends_paragraph:
        yield ""


def _shown(block: Block) -> Iterator[str]:
    match block.kind:
        case Kind.HEADING:
            yield f"<b>{_marked(block.lines[0])}</b>"
        case Kind.PAIRS:
            for line in block.lines:
                label, value = pair_of(line)
                yield f"{_marked(label)}: <b>{_marked(value)}</b>"
        case Kind.ITEMS:
            yield from (f"• {_marked(line)}" for line in block.lines)
        case _:
            yield from map(_marked, block.lines)


def _marked(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", text.translate(_ESCAPES))
