"""The eight tables that product events fill, and how an event's fact becomes rows of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
import pyarrow as pa

from gradeline.records.streams import POSITION_COLUMN, SLICE_ID_COLUMN, FactQuery, RowTable
from gradeline.sources.product_events.field_mappings import FieldMappings
from gradeline.sources.product_events.fields import FACTS, FIELDS, MAPPED, Kind
from gradeline.sources.sql import query

_OBJECTS = frozenset(field.name for field in FIELDS if field.kind is Kind.OBJECT)
_ANSWER = tuple(name for name in MAPPED.names if name not in ("ehr_id", "email"))
_FILE = "amplitude"


def row_tables(mappings: FieldMappings) -> tuple[RowTable, ...]:
    """Return the eight tables; `mappings` says which properties of a person are kept."""
    return (
        _by_event(
            "events_part",
            f"{POSITION_COLUMN} app event_type event_time server_upload_time user_id ehr_id "
            f"device_id session_id platform version_name {' '.join(_ANSWER)}",
        ),
        _by_event(
            "technical_data",
            "amplitude_id event_id insert_id insert_key schema data_type amplitude_event_type "
            "library language os_name os_version start_version client_event_time "
            "client_upload_time server_received_time processed_time user_creation_time "
            "is_attribution_event amplitude_attribution_ids partner_id source_id paying "
            "sample_rate data groups group_properties plan global_user_properties",
        ),
        _by_event("user_locations", "ip_address country region city dma location_lat location_lng"),
        _by_event("tmp_event_properties", "event_properties"),
        _by_event("tmp_user_properties", "ehr_id email user_properties migrated"),
        _shared(
            "mobile_devices",
            ("device_id",),
            [FACTS.field(name) for name in _DEVICE] + [_field("seen_at", "event_time")],
            FactQuery(sql=query(_FILE, "mobile_devices"), by_parts=True),
        ),
        _shared(
            "permanent_user_properties",
            ("ehr_id",),
            [_field("known_at", "event_time"), pa.field("properties", pa.string())],
            _properties_query("permanent_user_properties", mappings.permanent),
        ),
        _shared(
            "changeable_user_properties",
            ("ehr_id", "changed_at"),
            [pa.field("properties", pa.string())],
            _properties_query("changeable_user_properties", mappings.changeable),
            # With more of an hour known, its first change may turn out not to be one.
            replaces_slice=True,
        ),
    )


_DEVICE = (
    *("platform", "device_brand", "device_manufacturer", "device_model", "device_family"),
    *("device_type", "device_carrier", "os_name", "os_version", "language", "adid", "idfa"),
)


def _by_event(name: str, columns: str) -> RowTable:
    """Return a table with a row for each event; key: its uuid."""
    names = columns.split()
    kinds = {"migrated": pa.field("migrated", pa.bool_())}
    return RowTable(
        name=name,
        # A uuid goes to PostgreSQL as the sixteen bytes that it is.
        schema=_schema(
            [pa.field("uuid", pa.binary(), nullable=False)],
            [kinds.get(column) or FACTS.field(column) for column in names],
        ),
        key=("uuid",),
        query=FactQuery(sql=query(_FILE, "by_event")),
        json=_OBJECTS.intersection(names),
    )


def _shared(
    name: str,
    key: tuple[str, ...],
    columns: Iterable[pa.Field],
    rows: FactQuery,
    *,
    replaces_slice: bool = False,
) -> RowTable:
    """Return a table whose rows several slices may hold; the slice with the greater name wins."""
    kinds = {"changed_at": "event_time"}
    return RowTable(
        name=name,
        schema=_schema(
            [
                pa.field(column, FACTS.field(kinds.get(column, column)).type, nullable=False)
                for column in key
            ],
            columns,
        ),
        key=key,
        query=rows,
        json=frozenset({"properties"}),
        replaces_slice=replaces_slice,
    )


def _schema(key: Iterable[pa.Field], columns: Iterable[pa.Field]) -> pa.Schema:
    return pa.schema([pa.field(SLICE_ID_COLUMN, pa.int64(), nullable=False), *key, *columns])


def _field(name: str, like: str) -> pa.Field:
    return pa.field(name, FACTS.field(like).type)


def _properties_query(name: str, properties: Sequence[str]) -> FactQuery:
    """Return the query of that name over these properties of a person."""
    # DuckDB refuses a shape without names.
    shape = dict.fromkeys(properties or ("none",), "JSON")
    values: dict[str, str | bool] = {
        "any": bool(properties),
        "shape": msgspec.json.encode(shape).decode(),
    }
    return FactQuery(sql=query(_FILE, name), values=values, by_parts=True)
