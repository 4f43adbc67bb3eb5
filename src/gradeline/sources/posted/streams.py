"""The view of the events that were posted."""

from __future__ import annotations

import pyarrow as pa

from gradeline.records.product_tables import EVENTS_PART
from gradeline.records.streams import POSITION_COLUMN, SLICE_ID_COLUMN, RowTable

#: Columns of facts that canonical tables need, in the order of the view of the same columns.
CANONICAL_INPUT = (
    *("uuid", "event_type", "event_time", "user_id", "ehr_id", "session_id", "course_id"),
    *("item_id", "correct", "score", "duration_s", "hints", "response"),
)

EVENTS = RowTable(
    name="posted_events",
    schema=pa.schema(
        [
            pa.field(SLICE_ID_COLUMN, pa.int64(), nullable=False),
            pa.field(POSITION_COLUMN, pa.int64(), nullable=False),
            *(EVENTS_PART.schema.field(name) for name in CANONICAL_INPUT),
        ]
    ),
    key=("uuid",),
)
