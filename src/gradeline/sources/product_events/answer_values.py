"""What the numbers of an answer may be, from whatever system its event comes.

A text that is no number leaves the rest of the event as it is. A number that cannot be right, such
as a score of 1.5, a negative duration or NaN, makes the record broken, as in files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_QUOTED_CHARS = 100


class ImpossibleNumber(Exception):
    """A number cannot be right; the message is `code: words`."""


@dataclass(frozen=True, kw_only=True)
class NumberRule:
    """What a column of numbers holds: at least 0, at most `most`."""

    sql_type: str  #: as DuckDB writes it
    places: int  #: digits after the point
    whole: int  #: digits before it
    most: int | None = None  #: None = no limit but the digits
    code: str = "out_of_range"
    words: str = "is below 0"  #: what is wrong with a number out of the range


#: Column of MAPPED → what its numbers may be.
NUMBERS: Mapping[str, NumberRule] = {
    "score": NumberRule(
        sql_type="DECIMAL(9, 6)", places=6, whole=3, most=1, words="is not from 0 to 1"
    ),
    "duration_s": NumberRule(sql_type="DECIMAL(12, 3)", places=3, whole=9),
    "hints": NumberRule(sql_type="INTEGER", places=0, whole=9),
}
NO_FIT = "bad_number", "is not a number that fits"


def read_number(column: str, text: str) -> Decimal | None:
    """Return the number that a text writes, rounded to the column's places; None = it is none.

    Raises:
        ImpossibleNumber: it is a number that the column cannot have.
    """
    rule = NUMBERS[column]
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    rounded = _rounded(number, rule) if number.is_finite() else None
    shown = repr(text[:_QUOTED_CHARS])
    value = number if rounded is None else rounded
    if number.is_finite() and (value < 0 or (rule.most is not None and value > rule.most)):
        raise ImpossibleNumber(f"{rule.code}: {column} {rule.words}: {shown}")
    if rounded is None:
        code, words = NO_FIT
        raise ImpossibleNumber(f"{code}: {column} {words}: {shown}")
    return rounded


def _rounded(number: Decimal, rule: NumberRule) -> Decimal | None:
    """Return the number with the rule's places; None if it has too many digits."""
    try:
        rounded = number.quantize(Decimal(1).scaleb(-rule.places))
    except InvalidOperation:
        return None
    return rounded if abs(rounded) < 10**rule.whole else None
