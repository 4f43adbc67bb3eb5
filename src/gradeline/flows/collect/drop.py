"""Drop: what a person gives up leaves the warehouse; its raw bytes stay in the lake."""

from __future__ import annotations

from gradeline.flows.parts import Parts
from gradeline.records.slices import Slice
from gradeline.warehouse.rows import load
from gradeline.warehouse.slices import ledger


def drop_slice(parts: Parts, which: Slice) -> None:
    """Give up a held slice's new content, or all rows of a slice that is gone from its source.

    Raises:
        WrongUse: the slice is neither held nor gone.
    """
    with parts.database.connect() as connection:
        dropped = ledger.drop(connection, which)
        source = parts.sources.get(which.source)
        if dropped.fingerprint is not None and dropped.counts.stored == 0 and source is not None:
            for table in source.streams[which.stream].tables:
                load.delete_rows(connection, table, dropped.slice_id)
