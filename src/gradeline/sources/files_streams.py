"""The streams of a `files` source: one for each canonical table that its mapping gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from gradeline.records.streams import (
    POSITION_COLUMN,
    SLICE_COLUMN,
    SLICE_ID_COLUMN,
    RowTable,
    Stream,
)
from gradeline.records.tables import CANONICAL
from gradeline.sources.files_mapping import TABLES, MappingFolder, Query

#: Raised when reading changes, so that every file is read again.
VERSION = 2
#: Columns that a row may leave empty though its canonical table may not: their meaning fills them.
OWN_ID = {"attempts": "attempt_id", "events": "event_id"}
_DAY_KEY = ("learner_id", "course_id", "group_id", "type", "day")


def content_schema(table: str) -> pa.Schema:
    """What a row of a mapping gives: the canonical columns but `source`, which is known."""
    canonical = CANONICAL[table].schema
    known = table != "learner_links"
    fields = [field for field in canonical if not (known and field.name == "source")]
    own = OWN_ID.get(table)
    return pa.schema(
        [field.with_nullable(True) if field.name == own else field for field in fields]
    )


def fact_schema(table: str) -> pa.Schema:
    """The columns of the fact files of one canonical table."""
    head = [
        pa.field(SLICE_COLUMN, pa.string(), nullable=False),
        pa.field(POSITION_COLUMN, pa.int64(), nullable=False),
    ]
    return pa.schema([*head, *content_schema(table)])


def row_schema(fields: pa.Schema) -> pa.Schema:
    """The columns of the warehouse table that holds `fields`."""
    head = [
        pa.field(SLICE_ID_COLUMN, pa.int64(), nullable=False),
        pa.field(POSITION_COLUMN, pa.int64(), nullable=False),
    ]
    return pa.schema([*head, *fields])


def streams_of(mapping: MappingFolder, timezone: str) -> Mapping[str, Stream]:
    """One stream for each query of a mapping, in the order of loading."""
    return {
        table: Stream(
            name=table,
            schema=fact_schema(table),
            tables=_row_tables(query, timezone),
            version=VERSION,
        )
        for table, query in mapping.queries.items()
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
        derive=event_days(timezone),
    )
    return MappingProxyType({**tables, "event_days": days})


def _row_tables(query: Query, timezone: str) -> tuple[RowTable, ...]:
    tables = row_tables(timezone)
    own = (tables[query.table],) if query.warehouse else ()
    return (*own, tables["event_days"]) if query.table == "events" else own


def event_days(timezone: str) -> Callable[[ir.Table], ir.Table]:
    """From event facts to what each learner did on each school day, as rows of files_event_days."""

    def derive(facts: ir.Table) -> ir.Table:
        day = facts.at.cast("timestamp") if timezone == "UTC" else local(facts.at, timezone)
        days = (
            facts.mutate(day=day.date())
            .group_by([SLICE_COLUMN, *_DAY_KEY])
            .aggregate(events=lambda table: table.count(), count=lambda table: table["count"].sum())
        )
        place = ibis.row_number().over(order_by=[days[column] for column in _DAY_KEY])
        return days.select(
            SLICE_COLUMN,
            place.cast("int64").name(POSITION_COLUMN),
            *_DAY_KEY,
            "events",
            days["count"].cast("int64").name("count"),
        )

    return derive


@ibis.udf.scalar.builtin(name="timezone", signature=(("string", "timestamp('UTC')"), "timestamp"))
def _timezone(zone, at):  # type: ignore[no-untyped-def]
    """The wall time of an instant in a zone; DuckDB and PostgreSQL both have it under this name."""


def local(at: ir.TimestampValue, timezone: str) -> ir.TimestampValue:
    """The wall time of an instant in the school's zone."""
    wall: ir.TimestampValue = _timezone(timezone, at)
    return wall
