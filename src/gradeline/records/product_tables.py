"""The eight tables of product events, as people read and write them over HTTP.

The database has further columns, of its own: the slice of a row, and its place there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pyarrow as pa

from gradeline.records.tables import INSTANT, SCORE

DURATION = pa.decimal128(12, 3)


@dataclass(frozen=True, kw_only=True)
class ProductTable:
    """One of the eight tables: its columns, and what names a row."""

    name: str  #: as in SQL
    route: str  #: as in a URL
    meaning: str  #: one row of it, in one sentence
    schema: pa.Schema  #: columns and types; a field that is not nullable is required
    key: tuple[str, ...]  #: what names a row; the first of them is `pk` in a URL
    json: frozenset[str] = frozenset()  #: columns that hold JSON objects
    #: a column that is made where rows come in: the id of a row whose key is no single value
    own_id: str | None = None


def _schema(required: str, **columns: pa.DataType) -> pa.Schema:
    names = required.split()
    return pa.schema(
        [pa.field(name, kind, nullable=name not in names) for name, kind in columns.items()]
    )


_TEXT, _INT, _FLAG, _FLOAT = pa.string(), pa.int64(), pa.bool_(), pa.float64()

EVENTS_PART = ProductTable(
    name="events_part",
    route="events-part",
    meaning="What somebody did in the product.",
    schema=_schema(
        "uuid event_type event_time",
        uuid=_TEXT,
        app=_INT,
        event_type=_TEXT,
        event_time=INSTANT,
        server_upload_time=INSTANT,
        user_id=_TEXT,
        ehr_id=_TEXT,
        device_id=_TEXT,
        session_id=_INT,
        platform=_TEXT,
        version_name=_TEXT,
        course_id=_TEXT,
        item_id=_TEXT,
        correct=_FLAG,
        score=SCORE,
        duration_s=DURATION,
        hints=pa.int32(),
        response=_TEXT,
    ),
    key=("uuid",),
)

TECHNICAL_DATA = ProductTable(
    name="technical_data",
    route="technical-data",
    meaning="How an event was recorded, sent and processed.",
    schema=_schema(
        "uuid",
        uuid=_TEXT,
        amplitude_id=_INT,
        event_id=_INT,
        insert_id=_TEXT,
        insert_key=_TEXT,
        schema=_INT,
        data_type=_TEXT,
        amplitude_event_type=_TEXT,
        library=_TEXT,
        language=_TEXT,
        os_name=_TEXT,
        os_version=_TEXT,
        start_version=_TEXT,
        client_event_time=INSTANT,
        client_upload_time=INSTANT,
        server_received_time=INSTANT,
        processed_time=INSTANT,
        user_creation_time=INSTANT,
        is_attribution_event=_FLAG,
        amplitude_attribution_ids=_TEXT,
        partner_id=_TEXT,
        source_id=_TEXT,
        paying=_FLAG,
        sample_rate=_FLOAT,
        data=_TEXT,
        groups=_TEXT,
        group_properties=_TEXT,
        plan=_TEXT,
        global_user_properties=_TEXT,
    ),
    key=("uuid",),
    json=frozenset({"data", "groups", "group_properties", "plan", "global_user_properties"}),
)

USER_LOCATIONS = ProductTable(
    name="user_locations",
    route="user-locations",
    meaning="Where an event came from.",
    schema=_schema(
        "uuid",
        uuid=_TEXT,
        ip_address=_TEXT,
        country=_TEXT,
        region=_TEXT,
        city=_TEXT,
        dma=_TEXT,
        location_lat=_FLOAT,
        location_lng=_FLOAT,
    ),
    key=("uuid",),
)

EVENT_PROPERTIES = ProductTable(
    name="tmp_event_properties",
    route="event-properties",
    meaning="What an event says, as it was sent.",
    schema=_schema("uuid", uuid=_TEXT, event_properties=_TEXT),
    key=("uuid",),
    json=frozenset({"event_properties"}),
)

USER_PROPERTIES = ProductTable(
    name="tmp_user_properties",
    route="user-properties",
    meaning="What was known of a person at the time of an event.",
    schema=_schema(
        "uuid",
        uuid=_TEXT,
        ehr_id=_TEXT,
        email=_TEXT,
        user_properties=_TEXT,
        migrated=_FLAG,
    ),
    key=("uuid",),
    json=frozenset({"user_properties"}),
)

MOBILE_DEVICES = ProductTable(
    name="mobile_devices",
    route="mobile-devices",
    meaning="A phone or tablet as it was seen last.",
    schema=_schema(
        "device_id",
        device_id=_TEXT,
        platform=_TEXT,
        device_brand=_TEXT,
        device_manufacturer=_TEXT,
        device_model=_TEXT,
        device_family=_TEXT,
        device_type=_TEXT,
        device_carrier=_TEXT,
        os_name=_TEXT,
        os_version=_TEXT,
        language=_TEXT,
        adid=_TEXT,
        idfa=_TEXT,
        seen_at=INSTANT,
    ),
    key=("device_id",),
)

PERMANENT_USER_PROPERTIES = ProductTable(
    name="permanent_user_properties",
    route="permanent-user-properties",
    meaning="What does not change about a person.",
    schema=_schema("ehr_id properties", ehr_id=_TEXT, known_at=INSTANT, properties=_TEXT),
    key=("ehr_id",),
    json=frozenset({"properties"}),
)

CHANGEABLE_USER_PROPERTIES = ProductTable(
    name="changeable_user_properties",
    route="changeable-user-properties",
    meaning="What changed about a person, and when.",
    schema=_schema("ehr_id properties", ehr_id=_TEXT, changed_at=INSTANT, properties=_TEXT),
    key=("ehr_id", "changed_at"),
    json=frozenset({"properties"}),
    own_id="uuid",
)

#: The tables by their name in SQL.
PRODUCT_TABLES: Mapping[str, ProductTable] = MappingProxyType(
    {
        table.name: table
        for table in (
            EVENTS_PART,
            MOBILE_DEVICES,
            PERMANENT_USER_PROPERTIES,
            CHANGEABLE_USER_PROPERTIES,
            TECHNICAL_DATA,
            EVENT_PROPERTIES,
            USER_PROPERTIES,
            USER_LOCATIONS,
        )
    }
)
