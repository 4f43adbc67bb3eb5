"""The fields of AppMetrica's events, and the rows of ours that hold them."""

from __future__ import annotations

import pyarrow as pa

from gradeline.records.streams import POSITION_COLUMN, SLICE_COLUMN, SLICE_ID_COLUMN, RowTable
from gradeline.records.tables import INSTANT
from gradeline.sources.product_events.fields import MAPPED

#: Every field of an event, in the order in which it is asked for.
FIELDS = (
    *("event_datetime", "event_json", "event_name", "event_receive_datetime"),
    *("event_receive_timestamp", "event_timestamp", "session_id", "installation_id"),
    *("appmetrica_device_id", "city", "connection_type", "country_iso_code", "device_ipv6"),
    *("device_locale", "device_manufacturer", "device_model", "device_type", "google_aid"),
    *("ios_ifa", "ios_ifv", "mcc", "mnc", "operator_name", "original_device_model", "os_name"),
    *("os_version", "profile_id", "windows_aid", "app_build_number", "app_package_name"),
    *("app_version_name", "application_id"),
)
#: Without these an event means nothing.
REQUIRED = frozenset(
    {"event_name", "event_timestamp", "event_receive_timestamp", "appmetrica_device_id"}
)
#: Seconds since 1970; every other field stays the text that it is, ids above all: a device id
#: may be greater than any signed 64-bit number.
TIMESTAMPS = ("event_receive_timestamp", "event_timestamp")

_POSITION = pa.field(POSITION_COLUMN, pa.int64(), nullable=False)
_CONTENT = [
    pa.field("uuid", pa.string(), nullable=False),
    pa.field("event_at", INSTANT, nullable=False),
    *(
        pa.field(
            name,
            pa.int64() if name in TIMESTAMPS else pa.string(),
            nullable=name not in REQUIRED - {"appmetrica_device_id"},
        )
        for name in FIELDS
    ),
    pa.field("event_properties", pa.string()),
    *MAPPED,
]
FACTS = pa.schema([pa.field(SLICE_COLUMN, pa.string(), nullable=False), _POSITION, *_CONTENT])
EVENTS = RowTable(
    name="appmetrica_events",
    schema=pa.schema([pa.field(SLICE_ID_COLUMN, pa.int64(), nullable=False), _POSITION, *_CONTENT]),
    key=(SLICE_ID_COLUMN, POSITION_COLUMN),
    json=frozenset({"event_properties"}),
)
