"""The fields of Amplitude's events: how each is called, what it may hold, how it is a fact.

Times have no zone and are UTC. A value of another kind makes its record broken, not the export.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from gradeline.records.streams import POSITION_COLUMN, SLICE_COLUMN
from gradeline.records.tables import INSTANT, SCORE


class Kind(StrEnum):
    """What a field may hold."""

    TEXT = "text"
    INT = "a whole number of 64 bits"
    FLOAT = "a number"
    FLAG = "true or false"
    TIME = "a time"
    OBJECT = "an object"


@dataclass(frozen=True, kw_only=True)
class Field:
    """One key of an event."""

    key: str  #: as Amplitude writes it
    name: str  #: as the facts call it
    kind: Kind


def _fields(kind: Kind, names: str) -> list[Field]:
    return [Field(key=key, name=key.removeprefix("$"), kind=kind) for key in names.split()]


FIELDS = (
    *_fields(
        Kind.TIME,
        "event_time server_upload_time server_received_time client_event_time "
        "client_upload_time processed_time user_creation_time",
    ),
    *_fields(Kind.INT, "app amplitude_id event_id session_id $schema"),
    *_fields(Kind.FLOAT, "location_lat location_lng sample_rate"),
    *_fields(Kind.FLAG, "is_attribution_event paying"),
    *_fields(
        Kind.OBJECT,
        "event_properties user_properties group_properties groups data plan global_user_properties",
    ),
    *_fields(
        Kind.TEXT,
        "uuid user_id device_id event_type $insert_id $insert_key data_type platform os_name "
        "os_version device_brand device_manufacturer device_model device_family device_type "
        "device_carrier language library version_name start_version ip_address country region "
        "city dma adid idfa amplitude_attribution_ids partner_id source_id "
        "amplitude_event_type",
    ),
)
#: Without these a record is broken.
REQUIRED = ("uuid", "event_type", "event_time", "server_upload_time")

UUID_FORM = re.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

_ARROW = {
    Kind.TEXT: pa.string(),
    Kind.INT: pa.int64(),
    Kind.FLOAT: pa.float64(),
    Kind.FLAG: pa.bool_(),
    Kind.TIME: INSTANT,
    Kind.OBJECT: pa.string(),
}
#: Columns that field_mappings.yaml fills from the properties.
MAPPED = pa.schema(
    [
        pa.field("ehr_id", pa.string()),
        pa.field("email", pa.string()),
        pa.field("course_id", pa.string()),
        pa.field("item_id", pa.string()),
        pa.field("correct", pa.bool_()),
        pa.field("score", SCORE),
        pa.field("duration_s", pa.decimal128(12, 3)),
        pa.field("hints", pa.int32()),
        pa.field("response", pa.string()),
    ]
)
#: Those of ids and e-mails, which facts have in one spelling.
IDS = ("ehr_id", "email", "course_id", "item_id")
#: Columns of a fact file. A stray event stands in the file of an hour it was not uploaded in.
FACTS = pa.schema(
    [
        pa.field(SLICE_COLUMN, pa.string(), nullable=False),
        pa.field(POSITION_COLUMN, pa.int64(), nullable=False),
        pa.field("stray", pa.bool_(), nullable=False),
        *(
            pa.field(field.name, _ARROW[field.kind], nullable=field.name not in REQUIRED)
            for field in FIELDS
        ),
        *MAPPED,
    ]
)
