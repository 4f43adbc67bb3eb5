"""What Excel shows for a number in a cell, from the format of the cell.

A format never changes a number here: where it rounds, or adds a unit, the number itself counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import takewhile


class Kind(Enum):
    """What a number with a format of days or times is."""

    TIME = auto()  #: a day, a time of day, or both
    ELAPSED = auto()  #: how long something took


@dataclass(frozen=True, kw_only=True)
class NumberFormat:
    """A format of numbers whose text is the number's own digits."""

    places: tuple[str, ...]  #: `0`, `#` and literals before the point, in order
    fewest: int = 0  #: digits behind the point, at least
    most: int = 0
    sections: int = 1  #: 2: negative numbers are shown in another way; 3: zero too

    def show(self, number: float, plain: str) -> str:
        """Return the number as it is shown, or `plain` where that would be another number."""
        other = (number < 0 and self.sections > 1) or (number == 0 and self.sections > 2)
        shown = f"{abs(number):.{self.most}f}"
        if other or float(shown) != abs(number):
            return plain
        whole, _, behind = shown.partition(".")
        behind = behind[: self.fewest] + behind[self.fewest :].rstrip("0")
        sign = "-" if number < 0 else ""
        return f"{sign}{self._fill(whole.lstrip('0'))}{'.' if behind else ''}{behind}"

    def _fill(self, digits: str) -> str:
        """Put digits into the places from the right; what has no place goes before the first."""
        left, shown = list(digits), []
        first = next((at for at, place in enumerate(self.places) if place in _DIGIT), 0)
        for at in range(len(self.places) - 1, -1, -1):
            place = self.places[at]
            if place not in _DIGIT:
                shown.append(place[1:])
            elif left:
                shown.append(left.pop())
            elif place == "0":
                shown.append("0")
            if at == first:
                shown.extend(reversed(left))
                left = []
        return "".join(reversed(shown))


_DIGIT = ("0", "#")
Format = Kind | NumberFormat | None
_BUILTIN: dict[int, Format] = {
    1: NumberFormat(places=("0",)),
    2: NumberFormat(places=("0",), fewest=2, most=2),
    **dict.fromkeys((*range(14, 23), 45, 47), Kind.TIME),
    46: Kind.ELAPSED,
}
#: A format's pieces: quoted, escaped, padded and bracketed ones, and single signs.
_PIECE = re.compile(r'"([^"]*)"|\\(.)|[_*](.)|\[([^\]]*)\]|(.)', re.DOTALL)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|color *\d+", re.IGNORECASE)
#: What stands before an amount of money or for its sign, and says nothing of an id.
_NO_ID = re.compile(r"[\s+()-]*\W?[\s+()-]*|[A-Z]{3}\s*", re.IGNORECASE)


def parse_format(number: int, code: str | None) -> Format:
    """Return the format of this number, by its code if it has one; None shows plain numbers."""
    if code is None:
        return _BUILTIN.get(number)
    sections = _sections(code)
    pieces = sections[0]
    brackets = [inside for kind, inside in pieces if kind == "["]
    if any(map(_ELAPSED.fullmatch, brackets)):
        return Kind.ELAPSED
    signs = "".join(text for kind, text in pieces if kind == "sign")
    if "general" in signs.lower():
        return None
    if re.search("[ymdhs]", signs, re.IGNORECASE):
        return Kind.TIME
    plain = all(each.startswith("$-") or _COLOUR.fullmatch(each) for each in brackets)
    return _number_format(pieces, len(sections)) if plain else None


def _sections(code: str) -> list[list[tuple[str, str]]]:
    """Return the pieces of each section: (`sign`, `[` or `text`, characters)."""
    sections: list[list[tuple[str, str]]] = [[]]
    for quoted, escaped, padded, bracket, sign in _PIECE.findall(code):
        if sign == ";":
            sections.append([])
        elif sign:
            sections[-1].append(("sign", sign))
        elif bracket:
            sections[-1].append(("[", bracket))
        elif not padded:
            sections[-1].append(("text", quoted or escaped))
    return sections


def _number_format(pieces: Sequence[tuple[str, str]], sections: int) -> NumberFormat | None:
    places: list[str] = []
    behind: list[str] | None = None
    for kind, text in pieces:
        if kind == "sign" and text == "." and behind is None:
            behind = []
        elif kind == "sign" and text in _DIGIT:
            (places if behind is None else behind).append(text)
        elif (kind == "sign" and text in ",.%?/@eE") or (kind != "[" and behind is not None):
            return None
        elif kind != "[":
            places.append("'" + text)
    if not any(place in _DIGIT for place in places) or not _is_id(places, behind):
        return None
    digits = behind or []
    return NumberFormat(
        places=tuple(places),
        fewest=len(list(takewhile("0".__eq__, digits))),
        most=len(digits),
        sections=sections,
    )


def _is_id(places: Sequence[str], behind: Sequence[str] | None) -> bool:
    """Whether the literals make an id of the number (`ID-000`, `000-00`), not an amount of a unit.

    A format without literals is fine as well.
    """
    literal = [place[1:] for place in places if place not in _DIGIT]
    if not literal:
        return True
    digits = [at for at, place in enumerate(places) if place in _DIGIT]
    before = "".join(place[1:] for place in places[: digits[0]])
    within = "".join(place[1:] for place in places[digits[0] : digits[-1]] if place[0] == "'")
    if behind or ("#" in places and within and not within.strip(" '\u00a0\u202f")):
        return False
    return bool(within) or not _NO_ID.fullmatch(before)
