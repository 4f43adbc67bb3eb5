"""A message's HTML from its text: what both say is the same by construction.

Styles are inline, as mail programs need them; the sheet in the head only adds what a line cannot
say: dark colours, and narrow phones. Nothing is loaded from anywhere, and bars are cells of a
table, so a program that shows no images shows all of it.
"""

from __future__ import annotations

import re
from html import escape

from gradeline.records.message_text import BARS, Block, Kind, blocks_of, pair_of

_TOKEN = re.compile(r"(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?)])|`(?P<code>[^`\n]+)`")

_FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_SHEET = (
    "@media (max-width:480px){body{padding:0!important}.card{padding:20px 16px!important;"
    "border-radius:0!important}}"
    "@media (prefers-color-scheme:dark){body{background:#14181d!important}"
    ".card{background:#1e242b!important}.card,.card h1,.card h2{color:#e8ebef!important}"
    ".label{color:#a4aeba!important}.card a{color:#7fb2ff!important}"
    ".bar{background:#5b94f0!important}.card code{background:#2b333c!important}}"
)
_PAGE = (
    '<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width,initial-scale=1">'
    '<meta name="color-scheme" content="light dark">'
    '<meta name="supported-color-schemes" content="light dark"><title>{title}</title>'
    "<style>{sheet}</style></head>"
    '<body style="margin:0;padding:24px;background:#f5f6f8;color:#1c2430;{font};font-size:15px;'
    'line-height:1.5"><div class="card" style="max-width:640px;margin:0 auto;padding:24px 28px;'
    'background:#ffffff;border-radius:8px;overflow-wrap:break-word">'
    '<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">{title}</h1>{body}</div></body>'
    "</html>\n"
)
_TABLE = (
    '<table role="presentation" style="border-collapse:collapse;width:100%;max-width:420px;'
    'margin:0 0 20px">{}</table>'
)
_ROW = (
    '<tr><td class="label" style="padding:4px 16px 4px 0;color:#5a6472;vertical-align:top">{}</td>'
    '<td style="padding:4px 0;text-align:right;vertical-align:top;font-weight:600">{}</td></tr>'
)
_ITEMS = '<ul style="margin:0 0 16px;padding-left:20px">{}</ul>'
_ITEM = '<li style="margin:0 0 6px">{}</li>'
_TEXT = '<p style="margin:0 0 {}px">{}</p>'
_HEADING = '<h2 style="margin:0 0 4px;font-size:16px;line-height:1.3">{}</h2>'
_LINK = '<a href="{0}" style="color:#2f6fde">{0}</a>'
_CODE = '<code style="background:#eef0f3;border-radius:3px;padding:1px 4px">{}</code>'

#: The height of the highest bar, in pixels.
_BAR_PX = 40
#: `role` and label: a screen reader says one sentence and not thirty cells.
_BARS = (
    '<table role="img" aria-label="{label}" style="border-collapse:collapse;table-layout:fixed;'
    'width:100%;max-width:420px;margin:0 0 20px"><tr>{cells}</tr></table>'
)
_BAR = (
    '<td style="padding:0 1px 0 0;vertical-align:bottom;height:{whole}px">'
    '<div class="bar" style="height:{px}px;background:#2f6fde;font-size:0;line-height:0">'
    "&#8203;</div></td>"
)
_NO_BAR = '<td style="padding:0"></td>'


def html_of(title: str, text: str, language: str) -> str:
    """Return a page of HTML that says what the text says."""
    body = "".join(map(_shown, blocks_of(text)))
    return _PAGE.format(language=language, title=escape(title), body=body, font=_FONT, sheet=_SHEET)


def _shown(block: Block) -> str:
    match block.kind:
        case Kind.PAIRS:
            return _TABLE.format("".join(map(_row, block.lines)))
        case Kind.ITEMS:
            return _ITEMS.format("".join(_ITEM.format(_marked(line)) for line in block.lines))
        case Kind.HEADING:
            return _HEADING.format(_marked(block.lines[0]))
        case Kind.BARS:
            return "".join(map(_bars, block.lines))
        case Kind.TEXT:
            lines = "<br>".join(map(_marked, block.lines))
            return _TEXT.format(16 if block.ends_paragraph else 4, lines)


def _row(line: str) -> str:
    label, value = pair_of(line)
    return _ROW.format(escape(label), _marked(value))


def _bars(line: str) -> str:
    cells = "".join(
        _NO_BAR if sign == " " else _BAR.format(whole=_BAR_PX, px=_height(sign)) for sign in line
    )
    return _BARS.format(label=escape(line), cells=cells)


def _height(bar: str) -> int:
    """Return the pixels of a bar; the lowest stands for zero and is a line."""
    return max(1, BARS.index(bar) * _BAR_PX // (len(BARS) - 1))


def _marked(text: str) -> str:
    """Return the text escaped, with its addresses as links and what to type as code."""
    parts, end = [], 0
    for found in _TOKEN.finditer(text):
        parts.append(escape(text[end : found.start()]))
        shown = _LINK if found["url"] else _CODE
        parts.append(shown.format(escape(found["url"] or found["code"])))
        end = found.end()
    return "".join([*parts, escape(text[end:])])
