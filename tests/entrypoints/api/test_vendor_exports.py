"""Raw exports over HTTP: what a system gave, record by record, or a failure that a client sees."""

from __future__ import annotations

import csv
import http.client
import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.entrypoints.web.raw_http import serving
from tests.sources.amplitude.conftest import export, line
from tests.sources.amplitude.test_exports import Says

from gradeline.entrypoints.web.front import guarded
from gradeline.entrypoints.web.slots import Slots
from gradeline.sandbox import Pace, Sandbox
from gradeline.sandbox.amplitude.events import AmplitudeEvents
from gradeline.sandbox.amplitude.twin import KEYS, AmplitudeTwin
from gradeline.sandbox.appmetrica.rows import AppEvents
from gradeline.sandbox.appmetrica.twin import AppMetricaTwin
from gradeline.sandbox.exchange import Response
from gradeline.sandbox.faults.draw import Faults
from gradeline.sandbox.school.school import School, read_school
from gradeline.sandbox.server.running import running
from gradeline.settings import read_settings
from gradeline.warehouse import Database
from gradeline.warehouse.audit import ls
from gradeline.warehouse.slices import ledger
from gradeline.wiring.raw_exports import VendorExports

from .conftest import as_

PACE = Pace(speed=200)
DAYS = "/amplitude/export?start=20240314&end=20240315&source=web"
ONE_DAY = "/amplitude/export?start=20240314&end=20240314&source=web"
SPAN = "date_since=2024-01-11%2000:00:00&date_until=2024-01-12%2018:00:00"
NAME = "amplitude_web_20240314-20240315"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """An API before a sandbox."""

    client: TestClient
    app: FastAPI
    sandbox: Sandbox
    database: Database

    def asked(self) -> int:
        """How many questions the systems were asked."""
        return len(self.sandbox.journal.entries())


@pytest.fixture(scope="session")
def sandbox_school() -> School:
    """The school of all twins."""
    return read_school()


@pytest.fixture
def open_desk(warehouse: Database, app_of: Callable[..., FastAPI], tmp_path: Path):
    """Opens an API before these twins."""

    @contextmanager
    def opened(*twins: object) -> Iterator[Desk]:
        with running(twins, pace=PACE) as sandbox:
            (tmp_path / "home" / "spool").mkdir(parents=True, exist_ok=True)
            settings = read_settings(
                home=tmp_path / "home",
                overrides={
                    **{name: KEYS[name] for name in KEYS if "WEB" in name},
                    **AppMetricaTwin.settings,
                    "SANDBOX_URL": sandbox.url,
                    "SANDBOX_SPEED": str(PACE.speed),
                },
            )
            app = app_of(warehouse, raw_exports=VendorExports(settings, warehouse))
            client = TestClient(
                guarded(app, {"testserver", "localhost"}),
                headers=as_("warehouse-reader"),
                raise_server_exceptions=False,
            )
            yield Desk(client=client, app=app, sandbox=sandbox, database=warehouse)

    return opened


@pytest.fixture
def app_desk(open_desk, sandbox_school: School) -> Iterator[Desk]:
    """Before an AppMetrica."""
    with open_desk(AppMetricaTwin(sandbox_school, PACE)) as opened:
        yield opened


@pytest.fixture
def desk(open_desk, sandbox_school: School) -> Iterator[Desk]:
    """Before an Amplitude without faults."""
    with open_desk(AmplitudeTwin(sandbox_school, PACE)) as opened:
        yield opened


def unpacked(content: bytes) -> tuple[str, bytes]:
    """The name and the bytes of the one file in a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        (name,) = archive.namelist()
        return name, archive.read(name)


def events_of(school: School, *days: int) -> list[bytes]:
    """The lines that Amplitude has of some days of March 2024."""
    events, hour = AmplitudeEvents(school), timedelta(hours=1)
    starts = (datetime(2024, 3, day, tzinfo=UTC) + n * hour for day in days for n in range(24))
    return [text for start in starts for text in events.lines("web", start)]


def test_an_export_has_every_record_as_it_was_received(desk, sandbox_school) -> None:
    """Under faults, in one file with a good name; the second export asks for nothing."""
    desk.sandbox.switch(Faults(names=("cut", "zip-cut", "gzip-in-zip"), seed=3))
    answer = desk.client.get(DAYS)
    assert answer.headers["content-disposition"] == f'attachment; filename="{NAME}.zip"'
    name, content = unpacked(answer.content)
    assert name == f"{NAME}.ndjson"
    assert Counter(content.splitlines()) == Counter(events_of(sandbox_school, 14, 15))
    asked = desk.asked()
    assert desk.client.get(DAYS).content == answer.content
    assert desk.asked() == asked
    with desk.database.connect() as connection:
        assert [row.subject for row in ls(connection, most=5)] == [NAME] * 2
        entries = ledger.read_entries(connection, source="amplitude")
    assert len(entries) == 48
    assert {str(entry.state) for entry in entries} <= {"landed", "empty"}


def test_a_failure_half_way_cuts_the_connection(desk, sandbox_school) -> None:
    """Amplitude breaks off at the second day: the client sees that the answer has no end."""
    assert desk.client.get(ONE_DAY).status_code == 200
    desk.sandbox.switch(Faults(names=("cut",), always=True))
    with (
        serving(guarded(desk.app, {"127.0.0.1"})) as port,
        closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection,
    ):
        connection.request("GET", DAYS, headers=as_("warehouse-reader"))
        with connection.getresponse() as answer:
            assert answer.status == 200
            with pytest.raises(http.client.IncompleteRead) as cut:
                answer.read()
    with pytest.raises(zipfile.BadZipFile):
        unpacked(cut.value.partial)
    assert desk.app.state.export_slots.free == 3


def test_an_unsafe_archive_is_held_and_said(open_desk) -> None:
    """Before the first byte, with the reason; asked again, Amplitude is left alone."""
    twin = Says(Response(content_type="application/zip", body=export(line()) * 2))
    with open_desk(twin) as desk:
        refused = desk.client.get(ONE_DAY)
        asked = desk.asked()
        again = desk.client.get(ONE_DAY)
        with desk.database.connect() as connection:
            held = [str(e.slice) for e in ledger.read_entries(connection) if e.state == "held"]
    assert (refused.status_code, again.status_code) == (502, 502)
    assert "unsafe_archive" in refused.json()["detail"]
    assert held == ["amplitude/events@web/2024-03-14T00"]
    assert desk.asked() == asked


def test_why_amplitude_refused_is_a_problem(open_desk) -> None:
    """Nothing was sent yet, so the client reads the reason and what to do."""
    twin = Says(Response(status=403, content_type="text/plain", body=b"Invalid API Key"))
    with open_desk(twin) as desk:
        answer = desk.client.get(ONE_DAY)
    assert answer.status_code == 502
    assert "Invalid API Key" in answer.json()["detail"]
    assert "AMPLITUDE_WEB_API_KEY" in answer.json()["hint"]


def test_no_more_exports_than_slots(desk) -> None:
    """The next one is told to come later, and asks nobody."""
    desk.app.state.export_slots = Slots(0, "raw exports")
    answer = desk.client.get(ONE_DAY)
    assert (answer.status_code, desk.asked()) == (503, 0)
    assert int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("start=20240314&end=20240313&source=web", 422),
        ("start=20240230&end=20240301&source=web", 422),
        ("start=2024031&end=20240314&source=web", 422),
        ("start=20990101&end=20990102&source=web", 422),
        ("start=19000101&end=20240102&source=web", 422),
        ("start=20240314&end=20240314&source=desktop", 422),
        ("start=20240314&end=20240314&source=mobile", 409),
    ],
)
def test_what_cannot_be_exported_is_refused(client, query, status) -> None:
    """A wrong day or project is a problem of the request; one without keys, of the system."""
    headers = as_("warehouse-reader")
    assert client.get(f"/amplitude/export?{query}", headers=headers).status_code == status


def app_events(school: School) -> Counter[str]:
    """The events that devices had from 11 January to the evening of the 12th, in Moscow."""
    zone = timezone(timedelta(hours=3))
    since, until = datetime(2024, 1, 11, tzinfo=zone), datetime(2024, 1, 12, 18, tzinfo=zone)
    events = AppEvents(school).happened(since, until)
    return Counter(json.dumps(event.row, sort_keys=True) for event in events)


def told(records: Iterable[dict[str, str]]) -> Counter[str]:
    """Records, to be compared with those that AppMetrica has."""
    return Counter(json.dumps(record, sort_keys=True) for record in records)


def test_appmetricas_events_come_as_json(app_desk, sandbox_school) -> None:
    """By the time on the device, a part of a day included; the second export asks for nothing."""
    answer = app_desk.client.get(f"/appmetrica/export?{SPAN}")
    name = "appmetrica_20240111T000000-20240112T180000"
    assert f'filename="{name}.zip"' in answer.headers["content-disposition"]
    file, content = unpacked(answer.content)
    assert file == f"{name}.json"
    assert told(json.loads(content)["data"]) == app_events(sandbox_school)
    asked = app_desk.asked()
    assert app_desk.client.get(f"/appmetrica/export?{SPAN}").content == answer.content
    assert app_desk.asked() == asked
    with app_desk.database.connect() as connection:
        slices = [(e.slice.window, e.state) for e in ledger.read_entries(connection)]
    assert slices == [("2024-01-11", "loaded"), ("2024-01-12T000000--180000", "loaded")]


def test_appmetricas_events_come_as_csv(app_desk, sandbox_school) -> None:
    """Under faults too: one header, one byte order mark, and a slice of its own."""
    app_desk.sandbox.switch(Faults(names=("cut", "rows-number", "file-gone"), seed=1))
    answer = app_desk.client.get(f"/appmetrica/export?{SPAN}&format=csv&use_utf8_bom=true")
    _, content = unpacked(answer.content)
    assert content.count(b"\xef\xbb\xbf") == 1
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert told(rows) == app_events(sandbox_school)
    plain = app_desk.client.get(f"/appmetrica/export?{SPAN}&format=csv&use_utf8_bom=false")
    assert unpacked(plain.content)[1] == content.removeprefix(b"\xef\xbb\xbf")


def test_a_ping_tells_whether_appmetrica_takes_the_token(app_desk, client) -> None:
    """200 where it does; 502 with the reason where it does not, 409 where there is no token."""
    assert app_desk.client.get("/appmetrica/ping").json() == {"status": "ok"}
    app_desk.sandbox.switch(Faults(names=("error-503",), always=True))
    away = app_desk.client.get("/appmetrica/ping")
    assert (away.status_code, "503" in away.json()["detail"]) == (502, True)
    unset = client.get("/appmetrica/ping", headers=as_("warehouse-reader"))
    assert (unset.status_code, "APPMETRICA_TOKEN" in unset.json()["hint"]) == (409, True)


@pytest.mark.parametrize(
    "query",
    [
        "date_since=2024-01-12&date_until=2024-01-11",
        "date_since=2024-01-12T00&date_until=2024-01-13",
        "date_since=2099-01-12&date_until=2099-01-13",
        f"{SPAN}&format=xml",
        f"{SPAN}&date_dimension=sent",
        f"{SPAN}&limit=5",
    ],
)
def test_what_appmetrica_cannot_be_asked_is_refused(client, query) -> None:
    """The parameters are AppMetrica's own; one that would be ignored is an error."""
    headers = as_("warehouse-reader")
    assert client.get(f"/appmetrica/export?{query}", headers=headers).status_code == 422
