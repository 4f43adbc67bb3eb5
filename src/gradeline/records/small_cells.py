"""Small cells: figures about few learners, and those from which they could be computed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

#: A figure about fewer learners could be told from what a reader knows about one of them.
FEWEST_LEARNERS = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A figure of a table, as far as hiding it goes."""

    learners: int  #: it is about so many; 0 = nothing to hide
    lines: tuple[str, ...] = ("",)  #: the sums that it is part of, or the whole of


def hide_cells(cells: Sequence[Cell], unseen: Collection[str] = ()) -> frozenset[int]:
    """Return the numbers of the cells to hide: small ones, and what would give them away.

    A single hidden cell of a sum is the whole less the others. So in each line cells are hidden,
    the smallest first, until there are two and together they are about as many learners as may be
    shown; and that again in the other lines that these are part of.

    Args:
        cells: of one or several tables that share lines.
        unseen: lines of which a part is in no cell, so that it could be computed.
    """
    hidden = {number for number, cell in enumerate(cells) if 0 < cell.learners < FEWEST_LEARNERS}
    lines = _by_line(cells)
    waiting = {line for number in hidden for line in cells[number].lines} | {*unseen} & {*lines}
    while waiting:
        line = waiting.pop()
        added = _to_hide(lines[line], cells, hidden, is_open=line in unseen)
        hidden |= added
        waiting |= {other for number in added for other in cells[number].lines if other != line}
    return frozenset(hidden)


def _by_line(cells: Sequence[Cell]) -> dict[str, list[int]]:
    """Return the cells of each line, those about the fewest learners first."""
    lines: dict[str, list[int]] = defaultdict(list)
    for number in sorted(range(len(cells)), key=lambda number: cells[number].learners):
        if cells[number].learners:
            for line in cells[number].lines:
                lines[line].append(number)
    return lines


def _to_hide(
    line: Iterable[int], cells: Sequence[Cell], hidden: Collection[int], *, is_open: bool
) -> set[int]:
    """Return which further cells of a line have to be hidden."""
    numbers = list(line)
    already = [number for number in numbers if number in hidden]
    count = len(already) + is_open
    learners = sum(cells[number].learners for number in already)
    added: set[int] = set()
    for number in numbers:
        if not count or (count > 1 and learners >= FEWEST_LEARNERS):
            break
        if number not in hidden:
            added.add(number)
            count, learners = count + 1, learners + cells[number].learners
    return added
