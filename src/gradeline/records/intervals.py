"""Rates and means of sums that are read back, with the intervals that metrics give them."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from math import sqrt

from gradeline.records.measures import Measure, Z

_DECIMALS = 9


def rate(hits: int, n: int, as_of: datetime | None = None) -> Measure:
    """Return hits ÷ n with its Wilson interval; without observations there is no number."""
    if not n:
        return Measure(value=None, n=0, as_of=as_of)
    middle, size = hits + Z * Z / 2, n + Z * Z
    spread = sqrt(hits * (n - hits) / n + Z * Z / 4) * Z
    return Measure(
        value=_rounded(hits / n),
        n=n,
        low=_rounded((middle - spread) / size),
        high=_rounded((middle + spread) / size),
        as_of=as_of,
    )


def mean_grade(total: int, squares: int, n: int, as_of: datetime | None = None) -> Measure:
    """Return the mean of scores in percent, with its interval ± z·s/√n from n = 2, cut to 0–100.

    Args:
        total: the scores in millionths, added up.
        squares: their squares, added up.
        n: how many there are; those that are not in the sums are 0.
        as_of: time of the latest data.
    """
    if not n:
        return Measure(value=None, n=0, as_of=as_of)
    unit = 10_000
    value = _rounded(total / n / unit)
    if n < 2:
        return Measure(value=value, n=n, as_of=as_of)
    half = sqrt(n * squares - total * total) / (n * sqrt(n - 1)) * Z
    return Measure(
        value=value,
        n=n,
        low=_rounded(max((total / n - half) / unit, 0.0)),
        high=_rounded(min((total / n + half) / unit, 100.0)),
        as_of=as_of,
    )


def _rounded(value: float) -> float:
    """Round half-even to 9 decimals: the double, not its shortest text, decides what is half."""
    return float(round(Fraction(value), _DECIMALS)) + 0.0
