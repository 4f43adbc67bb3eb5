"""Peer: dlt as its documentation shows it: a resource of records, merged by its key.

It keeps every field of an event, as ours does, or with `narrow` seven of the 55.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import zipfile
from collections.abc import Iterator
from urllib.parse import quote

import dlt

NARROW = (
    *("uuid", "event_type", "event_time", "user_id", "device_id"),
    *("event_properties", "user_properties"),
)
#: Kept as one value each; without being told so dlt would make columns of what they hold.
OBJECTS = (
    *("event_properties", "user_properties", "group_properties", "groups", "data", "plan"),
    "global_user_properties",
)


@dlt.resource(
    name="events",
    primary_key="uuid",
    write_disposition="merge",
    columns={name: {"data_type": "json"} for name in OBJECTS},
)
def events(path: str, fields: tuple[str, ...]) -> Iterator[list[dict[str, object]]]:
    """Every event that can be read, a thousand at a time; of these fields, or of all."""
    batch: list[dict[str, object]] = []
    with zipfile.ZipFile(path) as export:
        for name in export.namelist():
            with export.open(name) as packed, gzip.open(packed) as lines:
                for line in lines:
                    try:
                        event = json.loads(line)
                    except ValueError:
                        continue
                    batch.append({name: event.get(name) for name in fields} if fields else event)
                    if len(batch) == 1000:
                        yield batch
                        batch = []
    yield batch


def address() -> str:
    """The server, as dlt wants it."""
    user, password, host, port, name = (
        os.environ[f"PG{part}"] for part in ("USER", "PASSWORD", "HOST", "PORT", "DATABASE")
    )
    return f"postgresql://{user}:{quote(password)}@{host}:{port}/{name}"


def main(path: str, width: str) -> None:
    """Load all events of an export."""
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    pipeline = dlt.pipeline("peer", destination=dlt.destinations.postgres(address()))
    pipeline.run(events(path, NARROW if width == "narrow" else ()))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
