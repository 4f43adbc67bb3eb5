"""Telegram's HTML as Telegram reads it: a few tags, each closed, and nothing else."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_TAGS = frozenset({"b", "strong", "i", "em", "u", "s", "a", "code", "pre"})
#: `&` that begins none of the entities that Telegram knows.
_BAD_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)")


def shown_text(html: str) -> str | None:
    """Return the text that readers see; None = Telegram would not take it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if reader.wrong or reader.open or _BAD_ENTITY.search(html):
        return None
    return "".join(reader.shown).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []
        self.open: list[str] = []
        self.wrong = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.wrong |= tag not in _TAGS or any(name != "href" for name, _ in attrs)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.wrong |= not self.open or self.open.pop() != tag

    def handle_data(self, data: str) -> None:
        self.shown.append(data)
