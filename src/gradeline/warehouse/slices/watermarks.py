"""Watermarks: read from the ledger, never written, so they can never say more than is settled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query


def watermarks(connection: Connection, source: str) -> Mapping[str, datetime]:
    """Stream → the instant up to which the runs of a source have settled everything, UTC.

    It is the end of the settled windows that follow each other without a gap. Windows that only
    a backfill asked for do not count, nor do open ones. A stream without windows has none.
    """
    rows = connection.execute(query("watermarks", "watermarks"), {"source": source})
    return dict(rows.fetchall())
