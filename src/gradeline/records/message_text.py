"""The text of a message as blocks, for channels that lay it out.

Paragraphs stay paragraphs; lines that begin with `- ` are a list, two or more lines of the form
`label: value` pairs, and a line right above such pairs their heading. A line of `BARS` is a row of
bars.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

#: A bar for each eighth of the greatest value, the lowest first.
BARS = "▁▂▃▄▅▆▇█"

_PAIR = re.compile(r"^(?P<label>[^:]{1,60}): (?P<value>\S.*)$")
_BAR = re.compile(rf"^[{BARS} ]*[{BARS}][{BARS} ]*$")
_ITEM = "- "
_NO_BREAK = "\u00a0"


class Kind(StrEnum):
    """How the lines of a block are shown."""

    HEADING = "heading"  #: one line
    PAIRS = "pairs"
    ITEMS = "items"
    BARS = "bars"  #: one line
    TEXT = "text"


@dataclass(frozen=True, kw_only=True)
class Block:
    """Lines that are shown in one way."""

    kind: Kind
    lines: tuple[str, ...]  #: of items without their hyphen
    ends_paragraph: bool = True  #: whether an empty line follows


def blocks_of(text: str) -> Iterator[Block]:
    """Yield the blocks of a text, in their order."""
    for paragraph in text.split("\n\n"):
        yield from _blocks(paragraph.splitlines())


def pair_of(line: str) -> tuple[str, str]:
    """Return label and value of one line of a block of pairs."""
    label, _, value = line.partition(": ")
    return label, value


def as_heading(text: str) -> str:
    """Return a text, such as a title from people, that no block takes for a pair or an item."""
    kept = text.replace(": ", f":{_NO_BREAK}")
    return f"-{_NO_BREAK}{kept[len(_ITEM) :]}" if kept.startswith(_ITEM) else kept


def _blocks(lines: list[str]) -> Iterator[Block]:
    groups = [(kind, tuple(same)) for kind, same in groupby(lines, _kind_of)]
    followers = [*(kind for kind, _ in groups), None][1:]
    for (kind, same), follower in zip(groups, followers, strict=True):
        shown, kept = kind, same
        if kind is Kind.ITEMS:
            kept = tuple(line.removeprefix(_ITEM) for line in same)
        elif kind is Kind.TEXT and len(same) == 1 and follower is Kind.PAIRS:
            shown = Kind.HEADING
        elif kind is Kind.PAIRS and len(same) == 1 and len(groups) == 1:
            shown = Kind.TEXT
        yield Block(kind=shown, lines=kept, ends_paragraph=follower is None)


def _kind_of(line: str) -> Kind:
    if line.startswith(_ITEM):
        return Kind.ITEMS
    if _BAR.match(line):
        return Kind.BARS
    return Kind.PAIRS if _PAIR.match(line) else Kind.TEXT
