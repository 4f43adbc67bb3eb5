"""Peer: dlt with Arrow tables and ADBC, which its documentation calls the fastest way."""

from __future__ import annotations

import gzip
import os
import sys
import zipfile
from collections.abc import Iterator

import dlt
import msgspec
import pyarrow as pa
from ingest_dlt_merge import _COLUMNS, address

_TEXTS = ("uuid", "event_type", "event_time", "user_id", "device_id")
_EVENT = msgspec.defstruct(
    "Event", [(n, str | None if n in _TEXTS else msgspec.Raw) for n in _COLUMNS]
)


@dlt.resource(name="events", primary_key="uuid", write_disposition="merge")
def events(path: str) -> Iterator[pa.Table]:
    """Every event that can be read, a member at a time."""
    decode = msgspec.json.Decoder(_EVENT).decode
    with zipfile.ZipFile(path) as export:
        for name in export.namelist():
            rows = []
            for line in gzip.decompress(export.read(name)).splitlines():
                try:
                    rows.append(decode(line))
                except msgspec.DecodeError:
                    continue
            columns = {
                n: [getattr(e, n) if n in _TEXTS else bytes(getattr(e, n)).decode() for e in rows]
                for n in _COLUMNS
            }
            yield pa.table(columns)


def main(path: str) -> None:
    """Load all events of an export."""
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    pipeline = dlt.pipeline("peer", destination=dlt.destinations.postgres(address()))
    pipeline.run(events(path), loader_file_format="parquet")


if __name__ == "__main__":
    main(sys.argv[1])
