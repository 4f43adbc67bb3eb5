"""Peer: a plain script, as one writes it: json, COPY into temporary tables, ON CONFLICT.

It fills the five tables that have a row for each event, as ours does; it checks nothing.
"""

from __future__ import annotations

import gzip
import json
import sys
import zipfile
from collections.abc import Iterator

import psycopg

_TABLES = {
    "events_part": "app event_type event_time server_upload_time user_id device_id session_id "
    "platform version_name",
    "technical_data": "amplitude_id event_id $insert_id $insert_key $schema data_type "
    "amplitude_event_type library language os_name os_version start_version client_event_time "
    "client_upload_time server_received_time processed_time user_creation_time "
    "is_attribution_event amplitude_attribution_ids partner_id source_id paying sample_rate data "
    "groups group_properties plan global_user_properties",
    "user_locations": "ip_address country region city dma location_lat location_lng",
    "tmp_event_properties": "event_properties",
    "tmp_user_properties": "user_properties",
}
_OBJECTS = {
    *("data", "groups", "group_properties", "plan", "global_user_properties"),
    *("event_properties", "user_properties"),
}


def events(path: str) -> Iterator[dict[str, object]]:
    """Every event that can be read."""
    with zipfile.ZipFile(path) as export:
        for name in export.namelist():
            with export.open(name) as packed, gzip.open(packed) as lines:
                for line in lines:
                    try:
                        yield json.loads(line)
                    except ValueError:
                        continue


def fill(connection: psycopg.Connection, table: str, path: str) -> None:
    """Load all events of an export into one table."""
    names = _TABLES[table].split()
    columns = ", ".join(["uuid", "slice_id", *(name.removeprefix("$") for name in names)])
    columns += ", position" if table == "events_part" else ""
    like = f"(like {table} including defaults"
    connection.execute(f"create table peer_{table} {like}, primary key (uuid))".encode())
    connection.execute(f"create temp table staged_{table} {like})".encode())
    copied = f"copy staged_{table} ({columns}) from stdin".encode()
    with connection.cursor().copy(copied) as copy:
        for position, event in enumerate(events(path)):
            values = [event.get(name) for name in names]
            told = [
                json.dumps(value) if name in _OBJECTS and value is not None else value
                for name, value in zip(names, values, strict=True)
            ]
            more = [position] if table == "events_part" else []
            copy.write_row([event["uuid"], 1, *told, *more])
    connection.execute(
        f"insert into peer_{table} select distinct on (uuid) * from staged_{table} "
        "on conflict (uuid) do nothing".encode()
    )


def main(path: str) -> None:
    """Load all events of an export."""
    with psycopg.connect("") as connection:
        for table in _TABLES:
            fill(connection, table, path)


if __name__ == "__main__":
    main(sys.argv[1])
