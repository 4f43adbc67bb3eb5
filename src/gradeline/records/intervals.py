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
        value=rounded(hits / n),
        n=n,
        low=rounded((middle - spread) / size),
        high=rounded((middle + spread) / size),
        as_of=as_of,
    )


def mean_grade(total: int, squares: int, n: int, as_of: datetime | None = None) -> Measure:
    """Return the mean of scores in percent, cut to 0–100; see `mean`.

    Args:
        total: the scores in millionths, added up.
        squares: their squares, added up.
        n: how many there are; those that are not in the sums are 0.
        as_of: time of the latest data.
    """
    return mean((total, squares), n, unit=10_000, top=100, as_of=as_of)


def mean(
    sums: tuple[int, int], n: int, *, unit: float, top: float | None, as_of: datetime | None
) -> Measure:
    """Return a mean with its interval ± z·s/√n from n = 2, cut to 0 … `top`.

    Args:
        sums: whole numbers added up, and their squares.
        n: how many there are.
        unit: how many of the whole numbers make one of the value.
        top: the largest possible value; None = no limit.
        as_of: time of the latest data.
    """
    if not n:
        return Measure(value=None, n=0, as_of=as_of)
    total, squares = sums
    value = rounded(total / n / unit)
    if n < 2:
        return Measure(value=value, n=n, as_of=as_of)
    half = sqrt(n * squares - total * total) / (n * sqrt(n - 1)) * Z
    high = (total / n + half) / unit
    return Measure(
        value=value,
        n=n,
        low=rounded(max((total / n - half) / unit, 0.0)),
        high=rounded(high if top is None else min(high, top)),
        as_of=as_of,
    )


def rounded(value: float) -> float:
    """Round half-even to 9 decimals: the double, not its shortest text, decides what is half."""
    return float(round(Fraction(value), _DECIMALS)) + 0.0
