"""The picture itself: SVG, and PNG made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from gradeline.records.schema import ColumnLink, SchemaTable
from gradeline.reports.schema_picture.layout import (
    HEADER,
    MARGIN,
    MARK,
    PADDING,
    ROW,
    TITLE,
    Section,
    TableCard,
    lay_out,
    short_type,
)
from gradeline.reports.schema_picture.routes import Route, routes_of

_FONTS = Path(__file__).parents[1] / "fonts"
_LEGEND = 44
#: How many pixels of a PNG a pixel of the SVG has.
_SCALE = 1.5

_STYLE = """
text { font-family: Inter, DejaVu Sans, sans-serif; font-size: 12px; fill: #1f2a37; }
.topic { font-size: 18px; font-weight: 600; fill: #41505f; }
.name { font-size: 13.5px; font-weight: 600; fill: #ffffff; }
.type { font-size: 11px; fill: #66727f; text-anchor: end; }
.mark { font-size: 9.5px; font-weight: 600; fill: #0b6e64; }
.optional { fill: #66727f; }
.line { fill: none; stroke: #51606f; stroke-width: 1.4; stroke-linejoin: round; }
.soft { stroke: #b4540a; stroke-dasharray: 6 4; }
""".strip()


def draw_svg(tables: Sequence[SchemaTable], links: Sequence[ColumnLink]) -> str:
    """Draw tables by topic, with their columns, keys and the lines between them.

    Args:
        tables: all that the picture shows.
        links: foreign keys and soft links; those to tables that are not shown are said in words.

    Returns:
        The SVG. It names our fonts and holds nothing from elsewhere.
    """
    sections = lay_out(tables, links)
    width = max((one.x + one.width for one in sections), default=400) + MARGIN
    height = max((one.y + one.height for one in sections), default=0) + MARGIN + _LEGEND
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}"'
        f' viewBox="0 0 {width:.0f} {height:.0f}">',
        f"<style>{_STYLE}</style>",
        '<defs><marker id="to" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8"'
        ' markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8Z" fill="#51606f"/></marker></defs>',
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="#ffffff"/>',
        *(_section(one, links) for one in sections),
        _legend(height - _LEGEND / 2),
        "</svg>\n",
    ]
    return "\n".join(parts)


def render_png(svg: str) -> bytes:
    """Return a PNG of an SVG of `draw_svg`."""
    import vl_convert  # brings 40 MB, which those who want the SVG do without

    vl_convert.register_font_directory(str(_FONTS))
    png: bytes = vl_convert.svg_to_png(svg, scale=_SCALE)
    return png


def _section(section: Section, links: Sequence[ColumnLink]) -> str:
    box = (
        f'<rect x="{section.x:.1f}" y="{section.y:.1f}" width="{section.width:.1f}"'
        f' height="{section.height:.1f}" rx="10" fill="#f3f6f8" stroke="#d5dde4"/>'
    )
    title = _text(section.x + MARGIN, section.y + TITLE - 14, section.topic, "topic")
    routes = routes_of(section)
    lines = [_line(route) for route in routes]
    cards = [
        _card(card, links, {one.table.name for one in section.cards}) for card in section.cards
    ]
    return "\n".join((box, title, *lines, *cards))


def _card(card: TableCard, links: Sequence[ColumnLink], near: set[str]) -> str:
    referring = {one.column: one for one in links if one.table == card.table.name}
    frame = (
        f'<rect x="{card.x:.1f}" y="{card.y:.1f}" width="{card.width:.1f}"'
        f' height="{card.height:.1f}" rx="5" fill="#ffffff" stroke="#9aa8b5"/>'
        f'<path d="M{card.x:.1f} {card.y + HEADER - 3:.1f}v-{HEADER - 8}q0 -5 5 -5'
        f'h{card.width - 10:.1f}q5 0 5 5v{HEADER - 8}z" fill="#2f5d7c"/>'
    )
    rows = [_text(card.x + PADDING, card.y + 18, card.table.name, "name")]
    for number, column in enumerate(card.table.columns):
        y = card.y + HEADER + ROW * (number + 0.5) + 4
        link = referring.get(column.name)
        mark = "PK" if column.key else "FK" if link and not link.soft else ""
        far = f" → {link.to_table}" if link and link.to_table not in near else ""
        style = "" if column.required else "optional"
        rows += [
            _text(card.x + PADDING, y, mark, "mark") if mark else "",
            _text(card.x + PADDING + MARK, y, column.name, style),
            _text(card.x + card.width - PADDING, y, short_type(column) + far, "type"),
        ]
    return "\n".join((frame, *(row for row in rows if row)))


def _line(route: Route) -> str:
    way = "L".join(f"{x:.1f} {y:.1f}" for x, y in route.points)
    style = "line soft" if route.soft else "line"
    return f'<path class="{style}" d="M{way}" marker-end="url(#to)"/>'


def _legend(y: float) -> str:
    words: Mapping[str, float] = {
        "PK primary key · FK foreign key · grey: may be null": MARGIN,
        "foreign key": 420,
        "soft link: checked, not enforced": 580,
    }
    lines = [
        _line(Route(points=((x - 50, y - 4), (x - 10, y - 4)), soft=x > 500))
        for x in list(words.values())[1:]
    ]
    return "\n".join((*(_text(x, y, text, "") for text, x in words.items()), *lines))


def _text(x: float, y: float, text: str, style: str) -> str:
    named = f' class="{style}"' if style else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{named}>{escape(text)}</text>'
