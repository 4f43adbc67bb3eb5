"""Make a message fit a channel: what is too big stays in the store, and the text says where."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape

from gradeline.base.languages import Language, message
from gradeline.delivery.channel import Limits
from gradeline.delivery.message import Document, Message

_TOO_LARGE = message(
    "{name} ({size} MB) is too large for this channel. It is in the store as {key}."
)
_LINKED = message(
    "{name} ({size} MB) is too large for this channel. It can be downloaded for a week: {url}"
)
_CONTINUED = message("The message is longer than this channel takes: {name} has all of it.")
#: The file that has all of a text that was cut.
WHOLE_TEXT = "message.txt"
#: Addresses in notes, and how HTML shows them.
_URL, _ANCHOR = re.compile(r"https?://[^\s<>\"]+"), r'<a href="\g<0>">\g<0></a>'
#: MIME sets a line of base64 of 76 characters and two for its end.
_LINE, _LINE_SENT = 76, 78
#: For headers of the message and of each part, in bytes.
_HEADERS = 4_096


def fit(
    whole: Message,
    limits: Limits,
    language: Language,
    link_to: Callable[[Document], str] | None = None,
) -> Message:
    """Return the message as the channel takes it.

    Documents over a limit are left out, the largest first; a text over its limit is cut, and the
    whole of it goes along as `message.txt`. Text and HTML say so.

    Args:
        whole: the message.
        limits: of the channel.
        language: of the recipient.
        link_to: returns where a document that was left out is to be had; None = nowhere.
    """
    fitting = [doc for doc in whole.documents if _within(len(doc.content), limits.document_bytes)]
    room = limits.message_bytes
    while room is not None and fitting and encoded_bytes(whole, fitting) > room:
        fitting.remove(max(fitting, key=lambda doc: len(doc.content)))
    left_out = [doc for doc in whole.documents if doc not in fitting]
    notes = [_note(doc, language, link_to) for doc in left_out]
    fitted = replace(
        whole,
        documents=tuple(fitting),
        text="\n\n".join([whole.text, *notes]) if notes else whole.text,
        html=_with_paragraphs(whole.html, notes),
    )
    return _cut(fitted, limits.text_characters, language)


def _note(document: Document, language: Language, link_to: Callable[[Document], str] | None) -> str:
    size = language.number(len(document.content) / 1_000_000, 1)
    if link_to is None:
        return language.say(_TOO_LARGE, name=document.name, size=size, key=document.key)
    return language.say(_LINKED, name=document.name, size=size, url=link_to(document))


def encoded_bytes(whole: Message, documents: Sequence[Document]) -> int:
    """Return at most how many bytes a mail of the message with these documents has."""
    files = [*whole.images.values(), *(doc.content for doc in documents)]
    texts = [whole.text.encode(), whole.html.encode()]
    return sum(_base64_bytes(len(content)) + _HEADERS for content in (*texts, *files))


def _base64_bytes(size: int) -> int:
    signs = math.ceil(size / 3) * 4
    return math.ceil(signs / _LINE) * _LINE_SENT


def _within(size: int, limit: int | None) -> bool:
    return limit is None or size <= limit


def _with_paragraphs(html: str, notes: Sequence[str]) -> str:
    if not html or not notes:
        return html
    paragraphs = "".join(f"<p>{_URL.sub(_ANCHOR, escape(note))}</p>" for note in notes)
    body, end, rest = html.rpartition("</body>")
    return f"{body}{paragraphs}{end}{rest}" if end else html + paragraphs


def _cut(fitted: Message, limit: int | None, language: Language) -> Message:
    if limit is None or len(fitted.text) <= limit:
        return fitted
    note = language.say(_CONTINUED, name=WHOLE_TEXT)
    start = fitted.text[: limit - len(note) - 4].rstrip()
    attached = Document(
        name=WHOLE_TEXT,
        media_type="text/plain",
        content=fitted.text.encode(),
        key=WHOLE_TEXT,
    )
    return replace(fitted, text=f"{start} …\n\n{note}", documents=(*fitted.documents, attached))
