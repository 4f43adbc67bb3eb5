"""Passback parameters: a Python dict written as text, read without running anything of it.

The grader sends what `repr` makes of a dict. `ast.literal_eval` crashes the process on deep
input, so this reads the few forms that can occur, bounded in length and depth.
"""

from __future__ import annotations

import re

#: Longest text that is looked into, in characters; real ones have about 500.
LENGTH_MAX = 16_384
#: Containers within containers; real ones have one.
DEPTH_MAX = 8

_SPACE = re.compile(r"\s*")
_STRING = re.compile(r"'([^'\\]*(?:\\.[^'\\]*)*)'|\"([^\"\\]*(?:\\.[^\"\\]*)*)\"", re.DOTALL)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])")
_WORD = re.compile(r"[A-Za-z_]\w*")
_WORDS = {
    **{"None": None, "True": True, "False": False},
    # As JSON writes them: some clients send that.
    **{"null": None, "true": True, "false": False},
}
_ESCAPE = re.compile(
    r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL
)
_ESCAPED = {
    **{"\\": "\\", "'": "'", '"': '"', "/": "/", "\n": ""},
    **{"n": "\n", "r": "\r", "t": "\t", "a": "\a", "b": "\b", "f": "\f", "v": "\v"},
}
_ENDS = {"{": "}", "[": "]", "(": ")"}


def parse_passback(text: str) -> dict[str, object]:
    """Return the dict that the text writes; of keys that come twice the last counts.

    Raises:
        ValueError: it writes no dict, or is too long or too deep; the message says where.
    """
    if len(text) > LENGTH_MAX:
        raise ValueError(f"longer than {LENGTH_MAX} characters")
    reader = _Reader(text)
    value = reader.value(0)
    if reader.next():
        raise reader.wrong()
    if not isinstance(value, dict):
        raise ValueError("no dict")  # noqa: TRY004 - the text is wrong, not an argument's type
    return value


class _Reader:
    """Reads values from a text, one after another."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def next(self) -> str:
        """Return the next character that is not a space; empty at the end."""
        space = _SPACE.match(self._text, self._at)
        self._at = space.end() if space else self._at
        return self._text[self._at : self._at + 1]

    def wrong(self) -> ValueError:
        """Return an error about the current position."""
        return ValueError(f"not readable at character {self._at + 1}")

    def value(self, depth: int) -> object:
        """Return the value that begins here."""
        sign = self.next()
        if sign in _ENDS:
            if depth >= DEPTH_MAX:
                raise ValueError(f"deeper than {DEPTH_MAX}")
            self._at += 1
            return self._dict(depth) if sign == "{" else self._list(_ENDS[sign], depth)
        if string := _STRING.match(self._text, self._at):
            self._at = string.end()
            return _plain(string[1] if string[1] is not None else string[2])
        if number := _NUMBER.match(self._text, self._at):
            self._at = number.end()
            return _number(number[0])
        word = _WORD.match(self._text, self._at)
        if word is None or word[0] not in _WORDS:
            raise self.wrong()
        self._at = word.end()
        return _WORDS[word[0]]

    def _dict(self, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        while self.next() != "}":
            key = self.value(depth + 1)
            if not isinstance(key, str) or self.next() != ":":
                raise self.wrong()
            self._at += 1
            found[key] = self.value(depth + 1)
            self._part("}")
        self._at += 1
        return found

    def _list(self, end: str, depth: int) -> list[object]:
        found: list[object] = []
        while self.next() != end:
            found.append(self.value(depth + 1))
            self._part(end)
        self._at += 1
        return found

    def _part(self, end: str) -> None:
        """Pass the comma after a part; the last part needs none."""
        if self.next() == ",":
            self._at += 1
        elif self.next() != end:
            raise self.wrong()


def _number(text: str) -> int | float:
    digits = text.lstrip("+-")
    return int(text) if digits.isdecimal() and len(digits) <= 40 else float(text)


def _plain(text: str) -> str:
    if "\\" in text:
        text = _ESCAPE.sub(_sign, text)
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("half a character")
    return text


def _sign(escape: re.Match[str]) -> str:
    octal, *hexes, letter = escape.groups()
    if octal is not None:
        return chr(int(octal, 8))
    if letter is None:
        code = int(next(each for each in hexes if each is not None), 16)
        if code > 0x10FFFF:
            raise ValueError("no such character")
        return chr(code)
    # Python keeps the backslash of an escape that it does not know.
    return _ESCAPED.get(letter, escape[0])
