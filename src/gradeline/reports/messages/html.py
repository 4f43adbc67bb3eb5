"""A message's HTML from its text: what both say is the same by construction.

Paragraphs stay paragraphs, lines that begin with `- ` become a list, two or more lines of the form
`label: value` a table, a line right above such a table its heading, and a line of blocks a larger
sparkline. Styles are inline, as mail programs
need them; nothing is loaded from anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

from gradeline.reports.messages.sparkline import BLOCKS

_PAIR = re.compile(r"^(?P<label>[^:]{1,60}): (?P<value>\S.*)$")
_BAR = re.compile(rf"^[{BLOCKS} ]+$")
_URL = re.compile(r"https?://[^\s<>\"]+")

_FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_PAGE = (
    '<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{title}</title></head>'
    '<body style="margin:0;padding:24px;background:#f5f6f8;color:#1c2430;{font};font-size:15px;'
    'line-height:1.5"><div style="max-width:640px;margin:0 auto;padding:24px 28px;'
    'background:#ffffff;border-radius:8px">'
    '<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">{title}</h1>{body}</div></body>'
    "</html>\n"
)
_TABLE = '<table role="presentation" style="border-collapse:collapse;margin:0 0 16px">{}</table>'
_ROW = (
    '<tr><td style="padding:4px 24px 4px 0;color:#5a6472">{}</td>'
    '<td style="padding:4px 0;text-align:right;font-weight:600">{}</td></tr>'
)
_LIST = '<ul style="margin:0 0 16px;padding-left:20px">{}</ul>'
_PARAGRAPH = '<p style="margin:0 0 16px">{}</p>'
_HEADING = '<h2 style="margin:0 0 4px;font-size:16px">{}</h2>'
_SPARKLINE = (
    '<p style="margin:0 0 16px;font-size:24px;letter-spacing:1px;color:#2f6fde;'
    'overflow-wrap:anywhere">{}</p>'
)


def html_of(title: str, text: str, language: str) -> str:
    """Return a page of HTML that says what the text says."""
    blocks = [block.splitlines() for block in text.split("\n\n")]
    body = "".join(part for block in blocks for part in _parts(block))
    return _PAGE.format(language=language, title=escape(title), body=body, font=_FONT)


def _parts(lines: list[str]) -> Iterator[str]:
    groups = [(kind, list(group)) for kind, group in groupby(lines, _kind)]
    followers = [*(kind for kind, _ in groups[1:]), ""]
    for (kind, same), follower in zip(groups, followers, strict=True):
        if kind == "pair" and len(same) > 1:
            yield _TABLE.format("".join(_row(line) for line in same))
        elif kind == "item":
            yield _LIST.format("".join(f"<li>{_linked(line[2:])}</li>" for line in same))
        elif kind == "text" and follower == "pair" and len(same) == 1:
            yield _HEADING.format(_linked(same[0]))
        elif kind == "bar":
            yield _SPARKLINE.format(escape("".join(same)))
        else:
            yield _PARAGRAPH.format("<br>".join(map(_linked, same)))


def _kind(line: str) -> str:
    if line.startswith("- "):
        return "item"
    if line.strip() and _BAR.match(line):
        return "bar"
    return "pair" if _PAIR.match(line) else "text"


def _row(line: str) -> str:
    label, _, value = line.partition(": ")
    return _ROW.format(escape(label), _linked(value))


def _linked(text: str) -> str:
    """Return the text escaped, with its addresses as links."""
    parts, end = [], 0
    for found in _URL.finditer(text):
        parts.append(escape(text[end : found.start()]))
        address = escape(found[0])
        parts.append(f'<a href="{address}" style="color:#2f6fde">{address}</a>')
        end = found.end()
    return "".join([*parts, escape(text[end:])])
