"""The elements of a JSON array as bytes, so that a broken one spoils no other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

#: Strings as a whole, for what is in them means nothing here, and the signs that hold values.
_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{},]', re.DOTALL)
_OPENS = (b"[", b"{")
_CLOSES = (b"]", b"}")


def elements_of(content: bytes) -> Sequence[bytes]:
    """Return each element of the array as it was received, in order.

    An element need not be JSON itself: half a character in one of a thousand records breaks that
    record. The array must begin and end, and nothing may follow it.

    Raises:
        ValueError: the content is not a whole array.
    """
    try:
        return [bytes(raw) for raw in msgspec.json.decode(content, type=list[msgspec.Raw])]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return list(_split(content))


def _split(content: bytes) -> Iterator[bytes]:
    text = content.removeprefix(b"\xef\xbb\xbf").strip()
    if not text.startswith(b"["):
        raise ValueError("no array")
    depth, start = 0, 1
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in _OPENS:
            depth += 1
        elif sign in _CLOSES:
            depth -= 1
        ends = depth == 0
        if ends or (sign == b"," and depth == 1):
            element = text[start : token.start()].strip()
            start = token.end()
            if element or not ends:
                yield element
        if ends:
            break
    if depth or start != len(text):
        raise ValueError("the array does not end, or something follows it")
