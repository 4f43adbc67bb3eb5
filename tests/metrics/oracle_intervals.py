"""Intervals as textbooks write them, for the second computation."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from statistics import stdev
from typing import Any

Z = 1.959964


def rate(hits: int, n: int) -> tuple[Any, ...]:
    """Value, n, low, high with the Wilson interval as textbooks write it."""
    if n == 0:
        return None, 0, None, None
    p = hits / n
    centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return p, n, max(0, centre - half), min(1, centre + half)


def mean(values: list[Any], top: float | None) -> tuple[Any, ...]:
    """Value, n, low, high: ± z·s/√n with the sample s, cut to the scale."""
    numbers = [Fraction(each) for each in values]
    if not numbers:
        return None, 0, None, None
    value = float(sum(numbers) / len(numbers))
    if len(numbers) == 1:
        return value, 1, None, None
    half = Z * float(stdev(numbers)) / sqrt(len(numbers))
    high = value + half if top is None else min(top, value + half)
    return value, len(numbers), max(0, value - half), high
