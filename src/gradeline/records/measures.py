"""A measure: the number, how much stands behind it, how sure it is, and how fresh."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

#: The 97.5 % quantile of the normal distribution, which gives two-sided 95 % intervals.
Z = 1.959964


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One number as it travels everywhere: screen, CSV, XLSX, PDF, API and messages."""

    value: float | None  #: the number, null where nothing stands behind it
    n: int  #: how many observations stand behind it
    low: float | None = None  #: lower end of its 95 % interval
    high: float | None = None  #: upper end of its 95 % interval
    as_of: datetime | None = None  #: the newest fact it saw, in UTC
