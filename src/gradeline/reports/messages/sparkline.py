"""A sparkline as text: one bar for each value, as high as the value."""

from __future__ import annotations

from collections.abc import Sequence

from gradeline.records.message_text import BARS


def sparkline(values: Sequence[int | None]) -> str:
    """Return a bar for each value, the highest for the greatest; a space for an unknown one."""
    greatest = max((value for value in values if value is not None), default=0)
    return "".join(" " if value is None else _bar(value, greatest) for value in values)


def _bar(value: int, greatest: int) -> str:
    if greatest <= 0 or value <= 0:
        return BARS[0]
    return BARS[max(1, round(value / greatest * (len(BARS) - 1)))]
