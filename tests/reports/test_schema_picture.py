"""The picture of the schema: every table and line is there, and none covers another."""

from __future__ import annotations

import random
from itertools import combinations
from xml.etree import ElementTree

import pytest

from gradeline.records.schema import ColumnLink, SchemaTable, TableColumn
from gradeline.reports.schema_picture.draw import draw_svg, render_png
from gradeline.reports.schema_picture.layout import Section, TableCard, lay_out
from gradeline.reports.schema_picture.routes import routes_of
from gradeline.reports.schema_picture.topics import TOPICS, topic_of


def table(name: str, columns: int) -> SchemaTable:
    """A table with a key and so many columns."""
    others = [
        TableColumn(
            name=f"column_{n}", type="timestamp with time zone", required=n % 2 == 0, key=False
        )
        for n in range(1, columns)
    ]
    key = TableColumn(name="id", type="bigint", required=True, key=True)
    return SchemaTable(name=name, comment="", columns=(key, *others))


@pytest.fixture(scope="module")
def school() -> tuple[list[SchemaTable], list[ColumnLink]]:
    """Tables of two topics, with many links among them."""
    luck = random.Random(7)
    tables = [table(f"files_{n}", luck.randint(3, 25)) for n in range(14)]
    tables += [table(f"learnworlds_{n}", luck.randint(2, 9)) for n in range(6)]
    links = [
        ColumnLink(
            table=f"files_{n}", column="column_1", to_table=f"files_{n // 3}", to_column="id"
        )
        for n in range(1, 14)
    ]
    links += [
        ColumnLink(
            table="files_9", column="column_2", to_table="files_0", to_column="id", soft=True
        ),
        ColumnLink(table="learnworlds_1", column="column_1", to_table="files_0", to_column="id"),
    ]
    return tables, links


@pytest.fixture(scope="module")
def sections(school) -> list[Section]:
    """The same, laid out."""
    return lay_out(*school)


def covers(card: TableCard, x: float, y: float) -> bool:
    """Whether a point is inside a card, not on its edge."""
    inside = card.x + 0.1 < x < card.x + card.width - 0.1
    return inside and card.y + 0.1 < y < card.y + card.height - 0.1


def meet(one: TableCard | Section, other: TableCard | Section) -> bool:
    """Whether two boxes have a point in common."""
    apart = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (apart or one.y + one.height <= other.y or other.y + other.height <= one.y)


def test_no_table_covers_another(school, sections):
    """Every table stands somewhere, in the section of its topic, alone at its place."""
    cards = [card for section in sections for card in section.cards]
    assert sorted(card.table.name for card in cards) == sorted(one.name for one in school[0])
    assert [pair for pair in combinations(cards, 2) if meet(*pair)] == []
    assert [pair for pair in combinations(sections, 2) if meet(*pair)] == []


def test_no_line_runs_over_a_table(sections):
    """Lines keep to the room between the cards, in their section."""
    for section in sections:
        for route in routes_of(section):
            for (x, y), (to_x, to_y) in zip(route.points, route.points[1:], strict=False):
                steps = [n / 50 for n in range(51)]
                points = [(x + (to_x - x) * n, y + (to_y - y) * n) for n in steps]
                assert not any(covers(card, *point) for card in section.cards for point in points)
                assert all(section.x <= at <= section.x + section.width for at, _ in points)


def test_lines_to_other_columns_have_other_ways(sections):
    """Where two upright pieces share a place, they lead to the same column."""
    ways: dict[float, set[float]] = {}
    for section in sections:
        for route in routes_of(section):
            *_, (x, _), (_, end) = route.points
            ways.setdefault(x, set()).add(end)
    assert {x for x, ends in ways.items() if len(ends) > 1} == set()


def test_the_picture_shows_columns_keys_and_links(school):
    """A soft link is dashed, a link to another topic is said in words."""
    drawn = ElementTree.fromstring(draw_svg(*school))
    texts = [each.text for each in drawn.iter() if each.text]
    lines = [each.get("class") for each in drawn.iter() if each.get("marker-end")]
    assert texts.count("PK") == 20
    assert "timestamptz → files_0" in texts
    assert lines.count("line soft") == 2  # one of them in the legend
    assert lines.count("line") == 14


def test_a_png_is_made_of_it():
    """The PNG is made without anything from elsewhere."""
    assert render_png(draw_svg([table("grader_attempts", 4)], []))[:8] == b"\x89PNG\r\n\x1a\n"


def test_every_table_has_a_topic():
    """A table that nobody listed is among the others."""
    assert [topic_of(name) for name in ("client_info", "slices", "unheard_of")] == [
        *("bot", "collecting", "other"),
    ]
    assert TOPICS[-1] == "other"
