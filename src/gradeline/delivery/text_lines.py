"""The lines of a message's text in a service's own markup: headings, values and items."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gradeline.records.message_text import Block, Kind, blocks_of, pair_of

#: Returns text in the markup of a service.
Markup = Callable[[str], str]


def text_lines(text: str, plain: Markup, bold: Markup) -> Iterator[str]:
    """Yield the lines of a text, an empty one after each paragraph.

    Args:
        text: of a message.
        plain: escapes a piece of it.
        bold: makes what was escaped bold: headings, and values behind their labels.
    """
    for block in blocks_of(text):
        yield from _lines(block, plain, bold)
        if block.ends_paragraph:
            yield ""


def _lines(block: Block, plain: Markup, bold: Markup) -> Iterator[str]:
    match block.kind:
        case Kind.HEADING:
            yield bold(plain(block.lines[0]))
        case Kind.PAIRS:
            for line in block.lines:
                label, value = pair_of(line)
                yield f"{plain(label)}: {bold(plain(value))}"
        case Kind.ITEMS:
            yield from (f"• {plain(line)}" for line in block.lines)
        case _:
            yield from map(plain, block.lines)
