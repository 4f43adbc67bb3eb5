"""A message as the blocks that Slack shows: a header, then sections of Slack's own markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from gradeline.delivery.text_lines import text_lines

#: Slack takes a header of 150 characters, a section of 3,000 and 50 blocks; a character that is
#: escaped counts as all of its signs.
_HEADER, _SECTION, _BLOCKS = 150, 3_000, 50
_URL = re.compile(r"https?://[^\s<>\"|]*[^\s<>\"|.,;:!?)]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def slack_blocks(subject: str, text: str) -> Iterator[dict[str, Any]]:
    """Yield the blocks of a message. Text stays text: no mention, no link hidden behind words."""
    header = subject if len(subject) <= _HEADER else f"{subject[: _HEADER - 1]}…"
    yield {"type": "header", "text": {"type": "plain_text", "text": header, "emoji": False}}
    sections = list(_sections(text))
    for section in sections[: _BLOCKS - 1]:
        # Without `verbatim` Slack would make channels and people of words with # and @.
        shown = {"type": "mrkdwn", "text": section, "verbatim": True}
        yield {"type": "section", "text": shown}


def slack_text(text: str) -> str:
    """Return a text in which nothing is a mention or a link: what notifications show."""
    return text.translate(_ESCAPES)


def _sections(text: str) -> Iterator[str]:
    """Yield the text in as few sections as it fits into, each ending with a line."""
    section = ""
    for line in text_lines(text, _marked, lambda words: f"*{words}*"):
        for part in _short_enough(line):
            if section and len(section) + 1 + len(part) > _SECTION:
                yield section.rstrip()
                section = part
            else:
                section = f"{section}\n{part}" if section else part
    if section:
        yield section.rstrip()


def _short_enough(line: str) -> Iterator[str]:
    """Yield a line in parts that a section takes; one is cut only where it is longer than that."""
    while len(line) > _SECTION:
        cut = line.rfind(" ", 1, _SECTION)
        cut = cut if cut > 0 else _SECTION
        yield line[:cut]
        line = line[cut:]
    yield line


def _marked(text: str) -> str:
    """Return the text escaped, with its addresses as links."""
    parts, end = [], 0
    for found in _URL.finditer(text):
        parts.append(text[end : found.start()].translate(_ESCAPES))
        parts.append(f"<{found[0].translate(_ESCAPES)}>")
        end = found.end()
    return "".join([*parts, text[end:].translate(_ESCAPES)])
