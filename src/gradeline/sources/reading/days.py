"""Days as people write them into files of their own."""

from __future__ import annotations

import re
from datetime import date

_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def parse_day(text: str, column: str) -> date:
    """Return a day written as 2024-01-31, with a time behind it or not, or day first: 31/01/2024.

    Raises:
        ValueError: it is neither; the message begins with the code `bad_date`.
    """
    day_first = _DAY_FIRST.fullmatch(text)
    try:
        if day_first is not None:
            day, month, year = map(int, day_first.groups())
            return date(year, month, day)
        return date.fromisoformat(text[:10])
    except ValueError:
        raise ValueError(
            f"bad_date: {column} is {text[:40]!r}, not like 2024-01-31 or 31/01/2024"
        ) from None
