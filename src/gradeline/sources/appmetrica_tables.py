"""AppMetrica's events as rows of the eight tables that Amplitude's events fill too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import ibis
import ibis.expr.types as ir

from gradeline.records.streams import POSITION_COLUMN, SLICE_COLUMN, RowTable
from gradeline.sources import amplitude_tables
from gradeline.sources.amplitude_fields import FACTS, MAPPED
from gradeline.sources.field_mappings import FieldMappings

#: What AppMetrica tells under another name; Amplitude's → AppMetrica's.
_SAME = {
    "event_type": "event_name",
    "event_time": "event_at",
    "user_id": "profile_id",
    "device_id": "appmetrica_device_id",
    "platform": "os_name",
    "os_name": "os_name",
    "os_version": "os_version",
    "device_brand": "device_manufacturer",
    "device_manufacturer": "device_manufacturer",
    "device_model": "device_model",
    "device_type": "device_type",
    "device_carrier": "operator_name",
    "language": "device_locale",
    "version_name": "app_version_name",
    "ip_address": "device_ipv6",
    "country": "country_iso_code",
    "city": "city",
    "adid": "google_aid",
    "idfa": "ios_ifa",
}


def dwh_tables(mappings: FieldMappings) -> tuple[RowTable, ...]:
    """The eight tables, filled from AppMetrica's facts."""
    return tuple(
        replace(table, derive=partial(_derived, derive=table.derive))
        for table in amplitude_tables.row_tables(mappings)
    )


def _derived(facts: ir.Table, derive: Callable[[ir.Table], ir.Table] | None) -> ir.Table:
    rows = as_product_events(facts)
    return rows if derive is None else derive(rows)


def as_product_events(facts: ir.Table) -> ir.Table:
    """The facts with the columns of Amplitude's; what AppMetrica does not tell is null."""
    received = _instant(facts.event_receive_timestamp)
    # A property that is no object stays in appmetrica_events alone.
    properties = facts.event_properties
    given = {
        SLICE_COLUMN: facts[SLICE_COLUMN],
        POSITION_COLUMN: facts[POSITION_COLUMN],
        "stray": ibis.literal(False),
        "uuid": facts.uuid,
        "server_upload_time": received,
        "server_received_time": received,
        "client_event_time": _instant(facts.event_timestamp),
        "app": facts.application_id.try_cast("int64"),
        "session_id": facts.session_id.try_cast("int64"),
        "data_type": ibis.literal("event"),
        "event_properties": properties.re_search(r"^\s*\{").ifelse(properties, None),
        **{name: facts[own] for name, own in _SAME.items()},
        **{name: facts[name] for name in MAPPED.names},
    }
    kinds = ibis.Schema.from_pyarrow(FACTS)
    return facts.select(
        **{name: given.get(name, ibis.null()).cast(kind) for name, kind in kinds.items()}
    )


def _instant(seconds: ir.IntegerValue) -> ir.TimestampValue:
    instant: ir.TimestampValue = seconds.as_timestamp("s").cast("timestamp('UTC')")
    return instant
