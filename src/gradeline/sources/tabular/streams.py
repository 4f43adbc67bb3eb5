"""The streams of a `files` source: one for each canonical table that its mapping gives."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pyarrow as pa

from gradeline.records.streams import (
    POSITION_COLUMN,
    SLICE_COLUMN,
    SLICE_ID_COLUMN,
    FactQuery,
    RowTable,
    Stream,
)
from gradeline.records.tables import CANONICAL, LEARNER_LINKS
from gradeline.sources.sql import query
from gradeline.sources.tabular.mapping import TABLES, MappingFolder, Query

#: Raised when reading changes, so that every file is read again.
VERSION = 4
#: Columns that a row may leave empty though its canonical table may not: their meaning fills them.
OWN_ID = {"attempts": "attempt_id", "events": "event_id"}


#: Of an engine's memory for the days of all learners in a file: ten million clicks in one file
#: need 96 of its 272 MiB.
_DAYS_SHARE = 0.4


def content_schema(table: str) -> pa.Schema:
    """Return what a row of a mapping gives: the canonical columns but `source`, which is known."""
    canonical = CANONICAL[table].schema
    known = table != LEARNER_LINKS.name
    fields = [field for field in canonical if not (known and field.name == "source")]
    own = OWN_ID.get(table)
    return pa.schema(
        [field.with_nullable(True) if field.name == own else field for field in fields]
    )


def fact_schema(table: str) -> pa.Schema:
    """Return the columns of the fact files of one canonical table."""
    head = [
        pa.field(SLICE_COLUMN, pa.string(), nullable=False),
        pa.field(POSITION_COLUMN, pa.int64(), nullable=False),
    ]
    return pa.schema([*head, *content_schema(table)])


def row_schema(fields: pa.Schema) -> pa.Schema:
    """Return the columns of the warehouse table that holds `fields`."""
    head = [
        pa.field(SLICE_ID_COLUMN, pa.int64(), nullable=False),
        pa.field(POSITION_COLUMN, pa.int64(), nullable=False),
    ]
    return pa.schema([*head, *fields])


def streams_of(mapping: MappingFolder, timezone: str) -> Mapping[str, Stream]:
    """Return one stream for each query of a mapping, in the order of loading."""
    return {
        table: Stream(
            name=table,
            schema=fact_schema(table),
            tables=_row_tables(mapped, timezone),
            version=VERSION,
        )
        for table, mapped in mapping.queries.items()
    }


def row_tables(timezone: str = "UTC") -> Mapping[str, RowTable]:
    """The warehouse tables of `files` sources: stream → table, and the daily sums of events."""
    key = (SLICE_ID_COLUMN, POSITION_COLUMN)
    tables = {
        table: RowTable(name=f"files_{table}", schema=row_schema(content_schema(table)), key=key)
        for table in TABLES
    }
    days = RowTable(
        name="files_event_days",
        schema=row_schema(CANONICAL["event_days"].schema),
        key=key,
        query=FactQuery(
            sql=query("files", "event_days"), values={"timezone": timezone}, share=_DAYS_SHARE
        ),
    )
    return MappingProxyType({**tables, "event_days": days})


def _row_tables(mapped: Query, timezone: str) -> tuple[RowTable, ...]:
    tables = row_tables(timezone)
    own = (tables[mapped.table],) if mapped.warehouse else ()
    return (*own, tables["event_days"]) if mapped.table == "events" else own
