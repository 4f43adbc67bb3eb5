"""An Amplitude on loopback, and what reading its exports gives."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gradeline.records.slices import PlannedSlice, RejectedRecord
from gradeline.sandbox import Pace, Sandbox
from gradeline.sandbox.amplitude.archive import MADE, gzipped
from gradeline.sandbox.amplitude.twin import KEYS, AmplitudeTwin
from gradeline.sandbox.school.school import read_school
from gradeline.sandbox.server.running import running
from gradeline.sources.amplitude.source import (
    AmplitudeAccount,
    AmplitudeProject,
    AmplitudeSource,
    open_amplitude,
)
from gradeline.sources.product_events.field_mappings import read_mappings
from gradeline.sources.source import PlanRequest, Reading

HOUR = datetime(2024, 3, 15, 10, tzinfo=UTC)
EVENT = json.loads(
    """{"$insert_id":"3f6c1b7e-aa","$insert_key":null,"$schema":null,"adid":null,
    "amplitude_attribution_ids":null,"amplitude_event_type":null,"amplitude_id":987654321012,
    "app":123456,"city":"Kazan","client_event_time":"2024-03-15 10:04:58.123000",
    "client_upload_time":"2024-03-15 10:05:00.001000","country":"Russia",
    "data":{"group_first_event":{},"group_ids":{},"path":"/2/httpapi"},"data_type":"event",
    "device_brand":null,"device_carrier":null,"device_family":"Mac","device_id":"b2c7-9e",
    "device_manufacturer":null,"device_model":null,"device_type":null,"dma":null,"event_id":4711,
    "event_properties":{"task_id":"pg-12","is_correct":true,"attempt":3},
    "event_time":"2024-03-15 10:04:58.123000","event_type":"task_submit",
    "global_user_properties":null,"group_properties":{},"groups":{},"idfa":null,
    "ip_address":"203.0.113.7","is_attribution_event":null,"language":"Russian",
    "library":"amplitude-ts/2.1.0","location_lat":null,"location_lng":null,"os_name":"Chrome",
    "os_version":"122","partner_id":null,"paying":null,"plan":{},"platform":"Web",
    "processed_time":"2024-03-15 10:05:02.480098","region":"Tatarstan","sample_rate":null,
    "server_received_time":"2024-03-15 10:05:00.863000",
    "server_upload_time":"2024-03-15 10:05:00.880000","session_id":1710496800000,
    "source_id":null,"start_version":null,"user_creation_time":"2023-07-09 18:51:29.664000",
    "user_id":"student_42","user_properties":{"course":"DST"},
    "uuid":"d0b5b3a6-2e3b-11eb-9a80-0a62134d514d","version_name":null}"""
)


@dataclass(frozen=True, kw_only=True)
class Read:
    """One hour that was read."""

    reading: Reading
    facts: list[dict[str, object]]
    broken: tuple[RejectedRecord, ...]

    @property
    def reasons(self) -> list[str]:
        """The codes of what went to quarantine."""
        return [each.reason.partition(":")[0] for each in self.broken]


def line(**changes: object) -> bytes:
    """The event with changes, as a line."""
    return json.dumps(EVENT | changes, ensure_ascii=False).encode()


def zipped(*members: tuple[str, bytes]) -> bytes:
    """A zip of these files, stored."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as file:
        for name, content in members:
            file.writestr(zipfile.ZipInfo(name, MADE), content)
    return body.getvalue()


def export(*lines: bytes, name: str = "1/1_2024-03-15_10#0.json.gz") -> bytes:
    """An export of one hour with these lines."""
    return zipped((name, gzipped([b"\n".join(lines)])))


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """The twin, listening at two hundred times the speed of life."""
    pace = Pace(speed=200)
    with running([AmplitudeTwin(read_school(), pace)], pace=pace) as box:
        yield box


def account(url: str | None, secret: str = KEYS["AMPLITUDE_WEB_SECRET_KEY"]) -> AmplitudeAccount:
    """The web project alone."""
    key = KEYS["AMPLITUDE_WEB_API_KEY"]
    project = AmplitudeProject(name="web", api_key=key, secret_key=secret)
    return AmplitudeAccount(projects=(project,), sandbox=url, speed=200.0)


@pytest.fixture
def amplitude(sandbox: Sandbox, tmp_path: Path) -> AmplitudeSource:
    """The source over the twin."""
    return open_amplitude(account(sandbox.url), read_mappings(), tmp_path / "limits")


@pytest.fixture
def source(tmp_path: Path) -> AmplitudeSource:
    """The source of an Amplitude that nobody asks."""
    return open_amplitude(account(None), read_mappings(), tmp_path / "limits")


@pytest.fixture
def hour(source: AmplitudeSource) -> PlannedSlice:
    """The hour from ten to eleven of a day."""
    (planned,) = source.plan(PlanRequest(since=HOUR, until=HOUR + timedelta(hours=1))).slices
    return planned


@pytest.fixture
def read(source: AmplitudeSource, hour: PlannedSlice, tmp_path: Path) -> Callable[..., Read]:
    """Reads these lines (or this archive) as the export of the hour."""

    def reading(*lines: bytes, archive: bytes | None = None) -> Read:
        path, facts = tmp_path / "export.zip", tmp_path / "facts.parquet"
        path.write_bytes(export(*lines) if archive is None else archive)
        done = source.read(hour, [path], facts)
        table = pq.read_table(facts) if done.counts.stored else pa.table({})
        assert done.counts.add_up
        return Read(reading=done, facts=table.to_pylist(), broken=tuple(done.broken))

    return reading
