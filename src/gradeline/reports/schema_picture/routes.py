"""How lines run: in the room between columns and above them, never over a card.

Lines to the same column share their way, so that many tables that refer to one make one line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gradeline.records.schema import ColumnLink
from gradeline.reports.schema_picture.layout import TITLE, Section, TableCard

_TRACK = 9
_FIRST = 15  #: from a card to the first line beside it; arrows end in this room

Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Route:
    """A line from a column to the one that it refers to."""

    points: tuple[Point, ...]
    soft: bool


@dataclass
class _Ways:
    """Which way each target has in each gutter, and above the cards."""

    section: Section
    tracks: dict[int, list[ColumnLink]] = field(default_factory=dict)
    lanes: list[tuple[str, str]] = field(default_factory=list)

    def track(self, gutter: int, link: ColumnLink) -> float:
        """Return where a line to a target runs down in a gutter."""
        taken = self.tracks.setdefault(gutter, [])
        known = [(one.to_table, one.to_column) for one in taken]
        target = (link.to_table, link.to_column)
        if target not in known:
            taken.append(link)
            known.append(target)
        return self.section.gutters[gutter] + _FIRST + _TRACK * known.index(target)

    def lane(self, link: ColumnLink) -> float:
        """Return where a line to a target runs across above the cards."""
        target = (link.to_table, link.to_column)
        if target not in self.lanes:
            self.lanes.append(target)
        return self.section.y + TITLE - 4 + _TRACK * self.lanes.index(target)


def routes_of(section: Section) -> Sequence[Route]:
    """Return the lines of a section; links to other topics have none."""
    cards = {card.table.name: card for card in section.cards}
    ways = _Ways(section)
    return [
        Route(
            points=tuple(_points(ways, cards[one.table], cards[one.to_table], one)), soft=one.soft
        )
        for one in section.links
    ]


def _points(ways: _Ways, source: TableCard, target: TableCard, link: ColumnLink) -> list[Point]:
    start, end = source.middle(link.column), target.middle(link.to_column)
    leaves_right = source.column <= target.column
    enters_right = target.column <= source.column
    # The gutter with the number of a column is to its right.
    out = source.column if leaves_right else source.column - 1
    into = target.column if enters_right else target.column - 1
    from_x = source.x + source.width if leaves_right else source.x
    to_x = target.x + target.width if enters_right else target.x
    first, last = ways.track(out, link), ways.track(into, link)
    if out == into:
        return [(from_x, start), (first, start), (first, end), (to_x, end)]
    above = ways.lane(link)
    across = [(first, start), (first, above), (last, above), (last, end)]
    return [(from_x, start), *across, (to_x, end)]
