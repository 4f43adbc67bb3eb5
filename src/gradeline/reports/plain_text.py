"""Text of people, made safe to show: literal, on its line, never too long."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

#: Marks kept on one letter: Vietnamese and polytonic Greek need two; more is a prank.
_MARKS = 3
#: Signs that turn the order of all that follows; shown as a visible replacement.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ELLIPSIS = "…"


def clip(text: str, limit: int) -> str:
    """The text as it can be printed, cut with an ellipsis to at most `limit` letters.

    Control signs become a space, signs that reverse a line become `?`-like replacements,
    marks piled on one letter are dropped after the third.
    """
    shown: list[str] = []
    for letter in _letters(text):
        if len(shown) == limit:
            shown[-1] = _ELLIPSIS
            break
        shown.append(letter)
    return "".join(shown).strip()


def _letters(text: str) -> Iterator[str]:
    """The letters of a text, each with the marks it may keep."""
    letter = ""
    for sign in text:
        if unicodedata.combining(sign):
            if letter and len(letter) <= _MARKS:
                letter += sign
            continue
        if letter:
            yield letter
        letter = _shown(sign)
    if letter:
        yield letter


def _shown(sign: str) -> str:
    if sign in _OVERRIDES:
        return "�"
    return " " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign


def breakable(text: str, run: int = 14) -> str:
    """The text with a place to break a line in every word longer than twice `run`."""
    return " ".join(_broken(word, run) for word in text.split(" "))


def _broken(word: str, run: int) -> str:
    if len(word) <= 2 * run:
        return word
    return "\u200b".join(word[start : start + run] for start in range(0, len(word), run))


#: Letters that an XLSX cell can hold.
_LONGEST_CELL = 32_767
#: What XML cannot carry, or what would start another line of the cell.
_UNSPEAKABLE = {code: " " for code in range(32) if code not in (9, 10)}
_UNSPEAKABLE |= {0xFFFE: "�", 0xFFFF: "�"} | dict.fromkeys(range(55296, 57344), "�")


def cell_text(text: str) -> str:
    """The text as a cell of a workbook holds it: as it is, but for signs that XML cannot carry."""
    return text.translate(_UNSPEAKABLE)[:_LONGEST_CELL]


#: First signs that make a spreadsheet read a CSV cell as a formula.
_FORMULA_SIGNS = frozenset("=+-@\t\r\n＝＋－＠")


def guarded(text: str) -> str:
    """The text as a CSV cell that no spreadsheet runs: `'` before what could begin a formula."""
    begins = text.lstrip(" \u00a0\ufeff\u200b")[:1]
    return f"'{text}" if begins in _FORMULA_SIGNS and begins else text
