"""The eight tables that product events fill, and how an event's fact becomes rows of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import ibis
import ibis.expr.types as ir
import msgspec
import pyarrow as pa

from gradeline.records.streams import (
    POSITION_COLUMN,
    SLICE_COLUMN,
    SLICE_ID_COLUMN,
    RowTable,
)
from gradeline.sources.amplitude_fields import FACTS, FIELDS, MAPPED, Kind
from gradeline.sources.field_mappings import FieldMappings

#: What these systems call a phone's platform.
_PHONES = ("ios", "android")
_OBJECTS = frozenset(each.name for each in FIELDS if each.kind is Kind.OBJECT)
_ANSWER = tuple(name for name in MAPPED.names if name not in ("ehr_id", "email"))

Derive = Callable[[ir.Table], ir.Table]


@ibis.udf.scalar.builtin(name="unhex", signature=(("string",), "binary"))
def _unhex(digits):  # type: ignore[no-untyped-def]
    """The bytes that hex digits stand for."""


@ibis.udf.scalar.builtin(name="json_transform", signature=(("string", "string"), "json"))
def _only(properties, shape):  # type: ignore[no-untyped-def]
    """Those properties that the shape names; null where one is not there."""


@ibis.udf.scalar.builtin(name="to_json", signature=(("json",), "json"))
def _to_json(properties):  # type: ignore[no-untyped-def]
    """The same as JSON."""


@ibis.udf.scalar.builtin(name="hash", signature=(("string",), "uint64"))
def _hash(text):  # type: ignore[no-untyped-def]
    """A number that other texts do not have, but for one chance in 2⁶⁴."""


def row_tables(mappings: FieldMappings) -> tuple[RowTable, ...]:
    """The eight tables; `mappings` say who a person is and which properties are kept."""
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
        _by_event(
            "user_locations",
            "ip_address country region city dma location_lat location_lng",
        ),
        _by_event("tmp_event_properties", "event_properties"),
        _by_event("tmp_user_properties", "ehr_id email user_properties migrated"),
        _shared(
            "mobile_devices",
            ("device_id",),
            [FACTS.field(name) for name in _DEVICE] + [_field("seen_at", "event_time")],
            _devices,
        ),
        _shared(
            "permanent_user_properties",
            ("ehr_id",),
            [_field("known_at", "event_time"), pa.field("properties", pa.string())],
            partial(_permanent, names=mappings.permanent),
        ),
        _shared(
            "changeable_user_properties",
            ("ehr_id", "changed_at"),
            [pa.field("properties", pa.string())],
            partial(_changeable, names=mappings.changeable),
            # With more of an hour known, what looked like its first change may be none.
            replaces_slice=True,
        ),
    )


_DEVICE = (
    "platform",
    "device_brand",
    "device_manufacturer",
    "device_model",
    "device_family",
    "device_type",
    "device_carrier",
    "os_name",
    "os_version",
    "language",
    "adid",
    "idfa",
)


def _by_event(name: str, columns: str) -> RowTable:
    """A table with a row for each event, named by its uuid."""
    names = columns.split()
    kinds = {"migrated": pa.field("migrated", pa.bool_())}
    return RowTable(
        name=name,
        # A uuid goes to PostgreSQL as the sixteen bytes that it is.
        schema=_schema(
            [pa.field("uuid", pa.binary(), nullable=False)],
            [kinds.get(each) or FACTS.field(each) for each in names],
        ),
        key=("uuid",),
        derive=partial(_events, names=names),
        json=_OBJECTS.intersection(names),
    )


def _shared(
    name: str,
    key: tuple[str, ...],
    columns: Iterable[pa.Field],
    derive: Derive,
    *,
    replaces_slice: bool = False,
) -> RowTable:
    """A table whose rows several slices tell of; the one with the greater name is believed."""
    kinds = {"changed_at": "event_time"}
    return RowTable(
        name=name,
        schema=_schema(
            [
                pa.field(each, FACTS.field(kinds.get(each, each)).type, nullable=False)
                for each in key
            ],
            columns,
        ),
        key=key,
        derive=derive,
        json=frozenset({"properties"}),
        replaces_slice=replaces_slice,
    )


def _schema(key: Iterable[pa.Field], columns: Iterable[pa.Field]) -> pa.Schema:
    return pa.schema([pa.field(SLICE_ID_COLUMN, pa.int64(), nullable=False), *key, *columns])


def _field(name: str, like: str) -> pa.Field:
    return pa.field(name, FACTS.field(like).type)


def _events(facts: ir.Table, names: Sequence[str]) -> ir.Table:
    rows = facts.mutate(uuid=_unhex(facts.uuid.replace("-", "")), migrated=facts.ehr_id.notnull())
    return rows.select(SLICE_COLUMN, "uuid", *names)


def _devices(facts: ir.Table) -> ir.Table:
    phones = facts.filter(facts.device_id.notnull() & facts.platform.lower().isin(_PHONES))
    last = _last(phones, ["device_id"])
    return last.mutate(seen_at=last.event_time).select(
        SLICE_COLUMN, "device_id", *_DEVICE, "seen_at"
    )


def _permanent(facts: ir.Table, names: Sequence[str]) -> ir.Table:
    last = _last(_told(facts), ["ehr_id"])
    return last.select(
        SLICE_COLUMN, "ehr_id", known_at=last.event_time, properties=_chosen(last, names)
    )


def _changeable(facts: ir.Table, names: Sequence[str]) -> ir.Table:
    """Each instant at which what is told of a person became another than it was before."""
    told = _told(facts)
    # Without the properties themselves, which are far wider.
    narrow = told.select("ehr_id", "event_time", POSITION_COLUMN, state=_hash(told.user_properties))
    # Few people change within the hour: only theirs need be sorted.
    states = narrow.group_by("ehr_id").agg(least=narrow.state.min(), most=narrow.state.max())
    changing = narrow.semi_join(states.filter(states.least != states.most), "ehr_id")
    steady = narrow.semi_join(states.filter(states.least == states.most), "ehr_id")
    turns = _turns(changing, changing.state).select(turn=POSITION_COLUMN)
    begun = _ends(steady, ["ehr_id"]).select(turn="first")
    both = turns.union(begun)
    rows = told.semi_join(both, told[POSITION_COLUMN] == both.turn)
    rows = rows.select(
        SLICE_COLUMN, POSITION_COLUMN, "ehr_id", "event_time", properties=_chosen(rows, names)
    )
    changed = _last(_turns(rows, rows.properties), ["ehr_id", "event_time"])
    return changed.select(SLICE_COLUMN, "ehr_id", "properties", changed_at=changed.event_time)


def _told(facts: ir.Table) -> ir.Table:
    """Events that tell something of a person."""
    known = facts.ehr_id.notnull() & facts.user_properties.notnull()
    return facts.filter(known & (facts.user_properties != "{}"))


def _turns(rows: ir.Table, state: ir.Value) -> ir.Table:
    """The rows whose state is another than that of the person's row before."""
    before = state.lag().over(
        ibis.window(group_by=rows.ehr_id, order_by=[rows.event_time, rows[POSITION_COLUMN]])
    )
    turned = rows.mutate(_before=before, _state=state)
    kept = turned["_before"].isnull() | (turned["_before"] != turned["_state"])
    return turned.filter(kept).drop("_before", "_state")


def _last(rows: ir.Table, key: Sequence[str]) -> ir.Table:
    """Of rows with one key the latest, by its event's time and place."""
    ends = _ends(rows, key).select("last")
    return rows.semi_join(ends, rows[POSITION_COLUMN] == ends["last"])


def _ends(rows: ir.Table, key: Sequence[str]) -> ir.Table:
    """The places of the first and the last row of each key, in memory for the keys alone."""
    order = ibis.struct({"at": rows.event_time, "place": rows[POSITION_COLUMN]})
    place = rows[POSITION_COLUMN]
    return rows.group_by(list(key)).agg(first=place.argmin(order), last=place.argmax(order))


def _chosen(rows: ir.Table, names: Sequence[str]) -> ir.StringValue:
    """The properties of these names as one object; without names an empty one."""
    if not names:
        empty: ir.StringValue = ibis.literal("{}")
        return empty
    shape = msgspec.json.encode(dict.fromkeys(names, "JSON")).decode()
    chosen: ir.StringValue = _to_json(_only(rows.user_properties, shape)).cast("string")
    return chosen
