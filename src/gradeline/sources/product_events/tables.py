"""The eight tables that product events fill, and how an event's fact becomes rows of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyarrow as pa

from gradeline.records.product_tables import PRODUCT_TABLES
from gradeline.records.streams import POSITION_COLUMN, SLICE_ID_COLUMN, FactQuery, RowTable
from gradeline.sources.product_events.field_mappings import FieldMappings
from gradeline.sources.product_events.fields import FACTS
from gradeline.sources.product_events.property_values import properties_sql
from gradeline.sources.sql import query

_FILE = "amplitude"
#: Table → its column that says of which instant a row tells.
_NEWEST = {"mobile_devices": "seen_at", "permanent_user_properties": "known_at"}


def row_tables(mappings: FieldMappings) -> tuple[RowTable, ...]:
    """Return the eight tables; `mappings` says which properties of a person are kept."""
    return (
        _by_event("events_part"),
        _by_event("technical_data"),
        _by_event("user_locations"),
        _by_event("tmp_event_properties"),
        _by_event("tmp_user_properties"),
        row_table("mobile_devices", FactQuery(sql=query(_FILE, "mobile_devices"), by_parts=True)),
        row_table(
            "permanent_user_properties",
            _properties_query("permanent_user_properties", mappings.permanent, mappings.transforms),
        ),
        replace(
            row_table(
                "changeable_user_properties",
                _properties_query(
                    "changeable_user_properties", mappings.changeable, mappings.transforms
                ),
            ),
            # With more of an hour known, its first change may turn out not to be one.
            replaces_slice=True,
        ),
    )


def row_table(name: str, rows: FactQuery) -> RowTable:
    """Return one of the eight tables as rows fill it.

    Several slices may hold a row of the same key: the one that tells of the later instant wins,
    else that of the slice with the greater name.
    """
    table = PRODUCT_TABLES[name]
    columns = [
        # A uuid goes to PostgreSQL as the sixteen bytes that it is.
        pa.field("uuid", pa.binary(), nullable=False)
        if field.name == "uuid"
        else field.with_nullable(field.nullable and field.name not in table.key)
        for field in table.schema
    ]
    if name == "events_part":
        columns.insert(1, FACTS.field(POSITION_COLUMN))
    return RowTable(
        name=name,
        schema=pa.schema([pa.field(SLICE_ID_COLUMN, pa.int64(), nullable=False), *columns]),
        key=table.key,
        query=rows,
        json=table.json,
        replaces_slice=table.key == ("uuid",),
        newest=_NEWEST.get(name),
    )


def _by_event(name: str) -> RowTable:
    """Return a table with a row for each event; key: its uuid."""
    return row_table(name, FactQuery(sql=query(_FILE, "by_event")))


def _properties_query(
    name: str, properties: Sequence[str], transforms: Mapping[str, Sequence[str]]
) -> FactQuery:
    """Return the query of that name over these properties of a person."""
    columns = properties_sql(properties, transforms)
    return FactQuery(sql=query(_FILE, name).format(properties=columns), by_parts=True)
