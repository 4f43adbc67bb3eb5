"""Runs over an Amplitude: faults change nothing, what is settled costs nothing, late data comes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gradeline.flows.collect.collect import collect
from gradeline.records.slices import State
from gradeline.sandbox import NO_FAULTS, Pace, mix
from gradeline.sandbox.amplitude.twin import AmplitudeTwin
from gradeline.sandbox.exchange import Response
from gradeline.sandbox.school.school import read_school
from gradeline.sandbox.server.running import running
from gradeline.sources.amplitude.source import open_amplitude
from gradeline.sources.product_events.field_mappings import read_mappings
from gradeline.sources.source import PlanRequest
from gradeline.warehouse.slices import ledger, quarantine

from .conftest import account, export, line
from .test_exports import Says

DAY = datetime(2024, 3, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)
SPAN = PlanRequest(since=DAY + 8 * HOUR, until=DAY + 12 * HOUR)


@pytest.fixture
def run(parts, tmp_path):
    """Collects from a sandbox."""

    def go(box, asked=SPAN):
        source = open_amplitude(account(box.url), read_mappings(), tmp_path / "limits")
        return collect(source, asked, parts, lambda *_: None)

    return go


def told(parts):
    """The tables as people see them, and what the ledger says."""
    with parts.database.connect() as connection:
        events = connection.execute("select * from events_part order by uuid").fetchall()
        people = connection.execute(
            "select ehr_id, changed_at, properties from changeable_user_properties order by 1, 2"
        ).fetchall()
        slices = [
            (each.slice, each.state, each.counts.received, each.counts.stored, each.checksum)
            for each in ledger.read_entries(connection)
        ]
    return events, people, slices


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_faults_change_nothing(seed, parts, run, sandbox, tmp_path):
    """Whatever faults the responses have, tables and ledger are those of a clean run."""
    sandbox.switch(mix(seed))
    assert not run(sandbox).failed
    spoilt = told(parts)
    with parts.database.connect() as connection:
        connection.execute("truncate events_part, changeable_user_properties")
        connection.execute("delete from quarantine")
        connection.execute("delete from slices")
    sandbox.switch(NO_FAULTS)
    run(sandbox)
    assert told(parts) == spoilt


def test_a_finished_window_costs_no_request(parts, run, sandbox):
    """The second run asks for nothing, writes nothing and changes nothing."""
    run(sandbox)
    before = told(parts)
    sandbox.journal.clear()
    again = run(sandbox)
    assert (again.done, again.objects, sandbox.journal.entries()) == (0, 0, [])
    assert told(parts) == before


def test_late_events_come_until_two_hours_after(parts, run, tmp_path):
    """An hour that was read too early is read again; what it had stays, what came late is added."""
    clock = {"now": DAY + 12.3 * HOUR}
    twin = AmplitudeTwin(read_school(), Pace(speed=50), today=lambda: clock["now"])
    with running([twin], pace=Pace(speed=50)) as box:
        stored = []
        for late in (0.3, 1.2, 2.1, 300):
            clock["now"] = DAY + (12 + late) * HOUR
            asked = PlanRequest(since=DAY + 11 * HOUR, until=DAY + 12 * HOUR, now=clock["now"])
            run(box, asked)
            stored.append(len(told(parts)[0]))
    assert 0 < stored[0] < stored[1] < stored[2] == stored[3]


def test_an_unsafe_archive_is_held_whole(parts, run, tmp_path):
    """It is kept in the lake, told of in quarantine, and nothing of it is stored."""
    twin = Says(Response(content_type="application/zip", body=export(line()) * 2))
    with running([twin], pace=Pace(speed=1000)) as box:
        done = run(box, PlanRequest(since=DAY, until=DAY + HOUR))
    assert (len(done.held), done.counts.stored) == (1, 0)
    with parts.database.connect() as connection:
        (entry,) = ledger.read_entries(connection)
        (record,) = quarantine.ls(connection)
    assert (entry.state, record.reason_code) == (State.HELD, "unsafe_archive")
    assert parts.lake.exists(entry.raw_keys[0])
