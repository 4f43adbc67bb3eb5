"""How each run ended, as messages tell it."""

from __future__ import annotations

import msgspec

from gradeline.records.run_summary import RunSummary
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "runs"


def put(connection: Connection, summary: RunSummary) -> None:
    """Store how a run ended."""
    values = {
        "run_id": summary.run_id,
        "ended_at": summary.ended_at,
        "summary": msgspec.json.encode(summary).decode(),
    }
    connection.execute(query(_FILE, "put"), values)


def read_last(connection: Connection) -> RunSummary | None:
    """Return how the last run ended; None = there was none."""
    row = connection.execute(query(_FILE, "last")).fetchone()
    return msgspec.convert(row[0], RunSummary) if row else None
