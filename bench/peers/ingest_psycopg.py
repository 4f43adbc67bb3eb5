"""Peer: a plain script, as one writes it: json, COPY into a temporary table, ON CONFLICT."""

from __future__ import annotations

import gzip
import json
import sys
import zipfile
from collections.abc import Iterator

import psycopg

_COLUMNS = "uuid, event_type, event_time, user_id, device_id, event_properties, user_properties"
_TABLE = """
create table if not exists events (
    uuid uuid primary key, event_type text, event_time timestamp, user_id text, device_id text,
    event_properties jsonb, user_properties jsonb
)
"""


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


def main(path: str) -> None:
    """Load all events of an export."""
    with psycopg.connect("") as connection:
        connection.execute(_TABLE)
        connection.execute(b"create temp table staged (like events) on commit drop")
        with connection.cursor().copy(f"copy staged ({_COLUMNS}) from stdin".encode()) as copy:
            for event in events(path):
                plain = [event[name.strip()] for name in _COLUMNS.split(",")[:5]]
                objects = [json.dumps(event[f"{name}_properties"]) for name in ("event", "user")]
                copy.write_row([*plain, *objects])
        connection.execute(
            f"insert into events select distinct on (uuid) {_COLUMNS} from staged "
            "on conflict (uuid) do nothing".encode()
        )


if __name__ == "__main__":
    main(sys.argv[1])
