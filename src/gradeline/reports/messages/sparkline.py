"""A sparkline as text: one block for each value, as high as the value."""

from __future__ import annotations

from collections.abc import Sequence

BLOCKS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[int | None]) -> str:
    """Return a block for each value, the highest for the greatest; a space for an unknown one."""
    greatest = max((value for value in values if value is not None), default=0)
    return "".join(" " if value is None else _block(value, greatest) for value in values)


def _block(value: int, greatest: int) -> str:
    if greatest <= 0 or value <= 0:
        return BLOCKS[0]
    return BLOCKS[max(1, round(value / greatest * (len(BLOCKS) - 1)))]
