"""The views of the warehouse that give each project's events as its facts do."""

from __future__ import annotations

import pyarrow as pa

from gradeline.records.streams import POSITION_COLUMN, SLICE_ID_COLUMN, RowTable
from gradeline.sources.product_events.fields import FACTS

STREAMS = {"web": "events@web", "mobile": "events@mobile"}
#: What meaning asks of facts, in the order of the views that give the same from the tables.
ASKED = (
    POSITION_COLUMN,
    "stray",
    "uuid",
    "event_type",
    "event_time",
    "user_id",
    "session_id",
    "email",
    "course_id",
    "item_id",
    "correct",
    "score",
    "duration_s",
    "hints",
    "event_properties",
)


def view_of(project: str) -> RowTable:
    """The view that gives the events of a project from the tables that they fill."""
    columns = [FACTS.field(name) for name in ASKED]
    return RowTable(
        name=f"amplitude_events_{project}",
        schema=pa.schema([pa.field(SLICE_ID_COLUMN, pa.int64(), nullable=False), *columns]),
        key=("uuid",),
    )
