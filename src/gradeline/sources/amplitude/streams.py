"""The streams of Amplitude's projects, and the warehouse views of their events."""

from __future__ import annotations

import pyarrow as pa

from gradeline.records.streams import POSITION_COLUMN, SLICE_ID_COLUMN, RowTable
from gradeline.sources.product_events.fields import FACTS

#: Project → the stream of its events.
STREAMS = {"web": "events@web", "mobile": "events@mobile"}
#: Columns of facts that canonical tables need, in the order of the views of the same columns.
CANONICAL_INPUT = (
    *(POSITION_COLUMN, "stray", "uuid", "event_type", "event_time", "user_id", "session_id"),
    *("email", "course_id", "item_id", "correct", "score", "duration_s"),
    *("hints", "event_properties", "response"),
)


def events_view(project: str) -> RowTable:
    """Return the view of a project's events over the tables that they fill."""
    columns = [FACTS.field(name) for name in CANONICAL_INPUT]
    return RowTable(
        name=f"amplitude_events_{project}",
        schema=pa.schema([pa.field(SLICE_ID_COLUMN, pa.int64(), nullable=False), *columns]),
        key=("uuid",),
    )
