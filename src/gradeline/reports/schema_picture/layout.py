"""Where tables stand: cards in columns, the columns of a topic in a section, sections on shelves.

All lengths are pixels of the SVG. A table stands to the right of those that it refers to.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gradeline.records.schema import ColumnLink, SchemaTable, TableColumn
from gradeline.reports.schema_picture.topics import TOPICS, topic_of

HEADER = 28
ROW = 20
PADDING = 10  #: between the edge of a card and its text
MARK = 24  #: the width of `PK` and `FK`
CARD_GAP = 26
TITLE = 40  #: above the cards of a section
MARGIN = 24
_TRACK = 9  #: between two lines beside each other
_GUTTER = 26  #: between columns, without lines
_SHELF = 2800  #: sections beside each other are no wider together
_RATIO = 1.5  #: how much wider than high a section is meant to be

#: Long types of PostgreSQL, as people write them.
_SHORT = (
    ("timestamp with time zone", "timestamptz"),
    ("timestamp without time zone", "timestamp"),
    ("time without time zone", "time"),
    ("character varying", "varchar"),
    ("double precision", "float8"),
)
#: Widths in Inter as parts of the size of the type, rounded up.
_WIDE, _NARROW, _USUAL = 0.92, 0.36, 0.64


@dataclass(frozen=True, kw_only=True)
class TableCard:
    """A table at its place."""

    table: SchemaTable
    column: int  #: the column of its section that it stands in, from 0
    x: float
    y: float
    width: float

    @property
    def height(self) -> float:
        """How high it is."""
        return HEADER + ROW * len(self.table.columns) + PADDING / 2

    def middle(self, column: str) -> float:
        """Return where the line of a column is, from top to bottom."""
        names = [each.name for each in self.table.columns]
        return self.y + HEADER + ROW * (names.index(column) + 0.5)


@dataclass(frozen=True, kw_only=True)
class Section:
    """A topic at its place: its cards, and the room between them for lines."""

    topic: str
    cards: tuple[TableCard, ...]
    links: tuple[ColumnLink, ...]  #: among these tables
    gutters: tuple[float, ...]  #: the left end of the room to the right of each column
    x: float
    y: float
    width: float
    height: float

    def moved(self, x: float, y: float) -> Section:
        """Return it at another place."""
        right, down = x - self.x, y - self.y
        cards = tuple(replace(card, x=card.x + right, y=card.y + down) for card in self.cards)
        gutters = tuple(each + right for each in self.gutters)
        return replace(self, cards=cards, gutters=gutters, x=x, y=y)


def short_type(column: TableColumn) -> str:
    """Return the type of a column as people write it."""
    text = column.type
    for long, short in _SHORT:
        text = text.replace(long, short)
    return text


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is in our type, rather too wide than too narrow."""
    return size * sum(
        _WIDE if letter in "mwMW@%" else _NARROW if letter in "iljtfrI.,:;()[]'| " else _USUAL
        for letter in text
    )


def lay_out(tables: Sequence[SchemaTable], links: Sequence[ColumnLink]) -> list[Section]:
    """Return the sections of the picture, in the order of topics, none over another."""
    sections = []
    x = y = shelf = 0.0
    for topic in TOPICS:
        own = [table for table in tables if topic_of(table.name) == topic]
        if not own:
            continue
        section = _section(topic, own, links)
        if x and x + section.width > _SHELF:
            x, y, shelf = 0.0, y + shelf + MARGIN, 0.0
        sections.append(section.moved(x + MARGIN, y + MARGIN))
        x += section.width + MARGIN
        shelf = max(shelf, section.height)
    return sections


def _section(topic: str, tables: Sequence[SchemaTable], links: Sequence[ColumnLink]) -> Section:
    """Return a topic at the place 0, 0."""
    names = {table.name for table in tables}
    own = tuple(one for one in links if one.table in names and one.to_table in names)
    columns = _columns(tables, own)
    lanes = TITLE + _TRACK * len({(one.to_table, one.to_column) for one in own})
    cards: list[TableCard] = []
    gutters = []
    left = float(MARGIN)
    for number, column in enumerate(columns):
        width = max(_card_width(table, links) for table in column)
        # Half a row lower each second time: lines of neighbours never run in one another.
        top = lanes + (ROW / 2 if number % 2 else 0)
        for table in column:
            cards.append(TableCard(table=table, column=number, x=left, y=top, width=width))
            top += cards[-1].height + CARD_GAP
        gutters.append(left + width)
        left += width + _GUTTER + _TRACK * _tracks(number, columns, own)
    return Section(
        topic=topic,
        cards=tuple(cards),
        links=own,
        gutters=tuple(gutters),
        x=0,
        y=0,
        width=left,
        height=max(card.y + card.height for card in cards) + MARGIN,
    )


def _columns(tables: Sequence[SchemaTable], links: Sequence[ColumnLink]) -> list[list[SchemaTable]]:
    """Distribute tables over columns: by what they refer to, others where there is room."""
    levels = _levels([table.name for table in tables], links)
    linked = {one.table for one in links} | {one.to_table for one in links}
    area = sum(_height(table) * (_card_width(table, links) + _GUTTER) for table in tables)
    wanted = max(1, round(math.sqrt(area * _RATIO) / 300))
    many = max(wanted, 1 + max(levels[name] for name in linked)) if linked else wanted
    columns: list[list[SchemaTable]] = [[] for _ in range(min(many, len(tables)))]
    for table in sorted(tables, key=lambda each: (each.name not in linked, each.name)):
        if table.name in linked and levels[table.name] == 0:
            columns[0].append(table)
        elif table.name in linked:
            later = columns[levels[table.name] :] or columns[-1:]
            _shortest(later).append(table)
        else:
            _shortest(columns).append(table)
    return [column for column in columns if column]


def _levels(names: Sequence[str], links: Sequence[ColumnLink]) -> Mapping[str, int]:
    """Return how many steps each table is away from one that refers to no other."""
    levels = dict.fromkeys(names, 0)
    for _ in names:
        for one in links:
            if one.table != one.to_table and levels[one.table] <= levels[one.to_table] < len(names):
                levels[one.table] = levels[one.to_table] + 1
    return levels


def _shortest(columns: Sequence[list[SchemaTable]]) -> list[SchemaTable]:
    return min(columns, key=lambda column: sum(map(_height, column)))


def _height(table: SchemaTable) -> float:
    return HEADER + ROW * len(table.columns) + CARD_GAP


def _card_width(table: SchemaTable, links: Sequence[ColumnLink]) -> float:
    abroad = {one.column: one for one in links if one.table == table.name}
    rows = []
    for column in table.columns:
        target = abroad.get(column.name)
        far = f" → {target.to_table}" if target and _is_far(target) else ""
        text = text_width(column.name, 12) + text_width(short_type(column) + far, 11)
        rows.append(MARK + text + PADDING)
    return 2 * PADDING + max(text_width(table.name, 13.5), *rows)


def _is_far(link: ColumnLink) -> bool:
    """Whether a link leads to another topic: it is said in words, not drawn as a line."""
    return topic_of(link.table) != topic_of(link.to_table)


def _tracks(
    number: int, columns: Sequence[Sequence[SchemaTable]], links: Sequence[ColumnLink]
) -> int:
    """Return at most how many lines run in the room to the right of a column."""
    place = {table.name: index for index, column in enumerate(columns) for table in column}
    beside = {number, number + 1}
    return len(
        {
            (one.to_table, one.to_column)
            for one in links
            if beside & {place[one.table], place[one.to_table]}
        }
    )
