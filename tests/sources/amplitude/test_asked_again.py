"""An hour that is asked for again, or read again, ends as if it had been read once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gradeline.flows.collect.collect import collect
from gradeline.flows.replay import replay
from gradeline.records.slices import State
from gradeline.sandbox import Pace
from gradeline.sandbox.exchange import Response
from gradeline.sandbox.server.running import running
from gradeline.sources.amplitude.source import open_amplitude
from gradeline.sources.product_events.field_mappings import read_mappings
from gradeline.sources.source import PlanRequest
from gradeline.warehouse.slices import ledger, quarantine

from .conftest import HOUR, account, export, line
from .test_exports import Says

_OPEN, _CLOSED = HOUR + timedelta(hours=1.1), HOUR + timedelta(hours=9)
GOOD, CUT = line(), line(uuid="d0b5b3a6-2e3b-11eb-9a80-0a62134d5140")[:-9]


@pytest.fixture
def hears(parts, tmp_path):
    """Collects the hour at an instant from an Amplitude that answers with these lines."""

    def go(at, *lines, mappings=None):
        body = Response(content_type="application/zip", body=export(*lines))
        asked = PlanRequest(since=HOUR, until=HOUR + timedelta(hours=1), now=at)
        with running([Says(body)], pace=Pace(speed=1000)) as box:
            source = open_amplitude(
                account(box.url), mappings or read_mappings(), tmp_path / "limits"
            )
            return collect(source, asked, parts, lambda *_: None)

    return go


@pytest.fixture
def entry(parts):
    """The hour as the ledger has it."""

    def look():
        with parts.database.connect() as connection:
            (found,) = ledger.read_entries(connection)
        return found

    return look


@pytest.fixture
def broken(parts):
    """The open records in quarantine, each by its number, its reason and whether it is held."""

    def look():
        with parts.database.connect() as connection:
            return [
                (each.quarantine_id, each.reason_code, each.of_held)
                for each in quarantine.ls(connection)
            ]

    return look


def test_the_same_bytes_change_nothing(hears, entry, broken):
    """The hour is settled for good; its facts and its records in quarantine stay as they are."""
    hears(_OPEN, GOOD, CUT)
    first, set_aside = entry(), broken()
    done = hears(_CLOSED, GOOD, CUT)
    assert (done.done, done.counts.already_there, done.counts.quarantined, done.objects) == (
        1,
        1,
        1,
        0,
    )
    again = entry()
    assert again.fingerprint.endswith("final")
    assert (again.fact_key, again.checksum, broken()) == (first.fact_key, first.checksum, set_aside)


def test_facts_that_are_away_are_written_again(hears, entry, parts):
    """The same bytes bring back what the lake has lost."""
    hears(_OPEN, GOOD)
    parts.lake.delete([entry().fact_key])
    assert hears(_CLOSED, GOOD).objects == 1
    assert parts.lake.exists(entry().fact_key)


def test_other_mappings_read_the_same_bytes_anew(hears, entry):
    """What people say that properties mean counts from the next run on."""
    hears(_OPEN, GOOD)
    first = entry()
    hears(_CLOSED, GOOD, mappings=replace(read_mappings(), permanent=("course",)))
    assert entry().fact_key != first.fact_key


def test_a_held_version_in_between_leaves_nothing(hears, entry, broken):
    """An hour that comes as it was before is loaded, and what was held of it is closed."""
    hears(_OPEN, GOOD, CUT)
    before = broken()
    hears(_OPEN + timedelta(minutes=5), GOOD, CUT, *[b"{" * n for n in range(1, 200)])
    assert (entry().state, len(broken())) == (State.HELD, 201)
    hears(_CLOSED, GOOD, CUT)
    assert (entry().state, broken()) == (State.LOADED, before)


def test_replay_reads_as_the_mappings_say_now(hears, entry, parts, broken):
    """Records of a closed hour are read from the lake, with what properties mean today."""
    hears(_CLOSED, GOOD, CUT)
    first, set_aside = entry(), broken()
    mappings = replace(read_mappings(), permanent=("course",))
    source = open_amplitude(account(None), mappings, parts.spool / "limits")
    wired = replace(parts, sources={"amplitude": source})
    ((_, done),) = replay(wired, "amplitude", lambda _: _NoBar())
    assert (done.failed, broken()) == ((), set_aside)
    assert (entry().counts.stored, entry().fact_key != first.fact_key) == (1, True)


def test_what_comes_late_moves_the_first_change(hears, parts):
    """A person's changes within the hour are those of all its events, whatever came when."""
    late = line(
        uuid="d0b5b3a6-2e3b-11eb-9a80-0a62134d5140", event_time="2024-03-15 10:00:01.000000"
    )
    hears(_OPEN, GOOD)
    hears(_CLOSED, GOOD, late)
    with parts.database.connect() as connection:
        found = connection.execute("select changed_at from changeable_user_properties").fetchall()
    assert [at.strftime("%H:%M:%S") for (at,) in found] == ["10:00:01"]


class _NoBar:
    """Shows no progress."""

    def __enter__(self):
        return lambda *_: None

    def __exit__(self, *_):
        return None
