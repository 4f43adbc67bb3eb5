"""Text from people, made safe to show: literal, on one line, never too long."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from gradeline.records.ids import BLANK

#: Marks kept on one letter: Vietnamese and polytonic Greek need two.
_MARKS = 3
#: Characters that reverse what follows; shown as a replacement character.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ELLIPSIS = "…"


def clip(text: str, limit: int) -> str:
    """Return the text as it can be printed, cut with an ellipsis to at most `limit` letters.

    Control characters become spaces, characters that reverse a line become a replacement, and marks
    on one letter are dropped after the third.
    """
    shown: list[str] = []
    for letter in _letters(text):
        if len(shown) == limit:
            shown[-1] = _ELLIPSIS
            break
        shown.append(letter)
    return "".join(shown).strip()


def _letters(text: str) -> Iterator[str]:
    """The letters of a text, each with at most three marks."""
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


def add_breaks(text: str, run: int = 14) -> str:
    """Allow a line break within every word longer than twice `run`."""
    return " ".join(_broken(word, run) for word in text.split(" "))


def _broken(word: str, run: int) -> str:
    if len(word) <= 2 * run:
        return word
    return "\u200b".join(word[start : start + run] for start in range(0, len(word), run))


#: Letters that an XLSX cell can hold.
_LONGEST_CELL = 32_767
#: Characters that XML cannot carry, or that would start another line of the cell.
_NOT_IN_XML = {code: " " for code in range(32) if code not in (9, 10)}
_NOT_IN_XML |= {0xFFFE: "�", 0xFFFF: "�"} | dict.fromkeys(range(55296, 57344), "�")


def cell_text(text: str) -> str:
    """Return the text as a cell holds it, without characters that XML cannot carry."""
    return text.translate(_NOT_IN_XML)[:_LONGEST_CELL]


#: Where a cell begins: at the start of the text, and after what separates cells or lines in one of
#: the dialects a spreadsheet may read the file in. Then blanks, and what begins a formula.
_FORMULA = re.compile(rf"(^|[;\t\r\n])((?:{BLANK})?[=+\-@＝＋－＠])")
_LAYOUT = re.compile("[ \u00a0\ufeff\u200b]*[\t\r\n]")


def guard_formula(text: str) -> str:
    """Return the text as a CSV cell that cannot run: `'` goes before each possible formula.

    Whatever the separator with which a spreadsheet reads the file (comma, semicolon or TAB), no
    cell of it begins with a formula.
    """
    guarded = _FORMULA.sub(r"\1'\2", text)
    return f"'{guarded}" if _LAYOUT.match(guarded) else guarded
