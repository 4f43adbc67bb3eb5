"""Read how well the items of a course measure; row security decides for whom."""

from __future__ import annotations

import msgspec

from gradeline.records.item_figures import FormFigures, ItemFigures
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "items"


def read_items(
    connection: Connection, course_id: str, group_id: str | None
) -> tuple[ItemFigures, ...]:
    """Read the figures of the items that enough learners have tried, sorted by id.

    Args:
        connection: sees what whoever asks may see.
        course_id: the course.
        group_id: over the first tries of this group alone; None = of the whole course.
    """
    values = {"course_id": course_id, "group_id": group_id or ""}
    rows = connection.execute(query(_FILE, "items"), values)
    return tuple(msgspec.convert(figures, ItemFigures) for (figures,) in rows)


def read_form(connection: Connection, course_id: str, group_id: str | None) -> FormFigures | None:
    """Read how far the result over these items can be relied on; None = too few tried them all."""
    values = {"course_id": course_id, "group_id": group_id or ""}
    row = connection.execute(query(_FILE, "form"), values).fetchone()
    return msgspec.convert(row[0], FormFigures) if row else None
