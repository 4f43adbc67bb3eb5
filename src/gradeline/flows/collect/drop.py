"""Drop slices that a person gives up; their raw bytes stay in the lake."""

from __future__ import annotations

from collections.abc import Mapping

from gradeline.records.slices import Slice
from gradeline.sources.source import Source
from gradeline.warehouse import Database
from gradeline.warehouse.rows import load
from gradeline.warehouse.slices import ledger


def drop_slice(database: Database, sources: Mapping[str, Source], slice_: Slice) -> None:
    """Give up a held slice's new content, or all rows of a slice that is gone from its source.

    Args:
        database: the warehouse.
        sources: by name, as settings name them; rows of other sources stay.
        slice_: the slice.

    Raises:
        WrongUse: the slice is neither held nor gone.
    """
    with database.connect() as connection:
        dropped = ledger.drop(connection, slice_)
        source = sources.get(slice_.source)
        if dropped.fingerprint is not None and dropped.counts.stored == 0 and source is not None:
            for table in source.streams[slice_.stream].tables:
                load.delete_rows(connection, table, dropped.slice_id)
