"""Runs over a grader: what is settled costs nothing, what failed holds the watermark."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gradeline.flows.collect.collect import UNAVAILABLE_IN_A_ROW, collect
from gradeline.records.slices import State
from gradeline.sandbox import NO_FAULTS, mix, named
from gradeline.sources.grader.source import NAME
from gradeline.sources.source import PlanRequest
from gradeline.warehouse.slices import ledger
from gradeline.warehouse.slices.watermarks import watermarks

NOW = datetime(2024, 5, 15, 6, 30, tzinfo=UTC)
LAST = PlanRequest(now=NOW)
LATER = PlanRequest(now=NOW + timedelta(minutes=1))
BEFORE = NOW.replace(day=6, minute=0)
SPAN = PlanRequest(now=NOW, since=BEFORE, until=BEFORE + timedelta(hours=5))


@pytest.fixture
def run(grader, parts):
    """Collects from the twin."""

    def go(asked=LAST, **account):
        return collect(grader(**account), asked, parts, lambda *_: None)

    return go


def rows(parts):
    """The table as people see it, without what depends on the clock and on the order of loading."""
    with parts.database.connect() as connection:
        found = connection.execute(
            "select user_id, created_at, attempt_type, is_correct, lis_result_sourcedid, slice_id, "
            "position from grader_attempts order by 1, 2, 3"
        )
        return found.fetchall()


def watermark(parts):
    """Up to when runs have settled everything."""
    with parts.database.connect() as connection:
        return watermarks(connection, NAME).get("attempts")


def states(parts):
    """How many slices are in each state."""
    with parts.database.connect() as connection:
        found = [entry.state for entry in ledger.read_entries(connection, source=NAME)]
    return {state: found.count(state) for state in set(found)}


def test_a_finished_window_asks_nothing_again(run, sandbox, parts):
    """A second run asks for the open hour alone, a second backfill for nothing."""
    run()
    run(SPAN)
    sandbox.journal.clear()
    before = rows(parts)
    assert (run(LATER).done, run(SPAN).done) == (1, 0)
    assert len(sandbox.journal.entries()) == 1
    assert rows(parts) == before


def test_a_backfill_moves_no_watermark(run, parts):
    """It stands at the hour that is still open, whatever is brought from before."""
    run()
    before = watermark(parts)
    assert before == NOW.replace(hour=5, minute=0)
    run(SPAN)
    assert watermark(parts) == before


def test_tables_under_faults_equal_those_of_a_quiet_line(run, sandbox, parts):
    """What was loaded under a mix of faults does not change when it is read again without."""
    sandbox.switch(mix(5))
    assert run(SPAN).failed == ()
    rough = rows(parts)
    with parts.database.connect() as connection:
        ledger.replan(
            connection, [e.slice_id for e in ledger.read_entries(connection, source=NAME)]
        )
        connection.execute("update slices set landed_fingerprint = null")
    sandbox.switch(NO_FAULTS)
    run(SPAN)
    assert rows(parts) == rough != []


def test_a_refused_key_ends_the_source_and_holds_the_watermark(run, sandbox, parts):
    """One hour says why, the rest is left for the run with the right key."""
    refused = run(client_key="wrong")
    assert "GRADER_CLIENT_KEY" in refused.failed[0][1]
    assert refused.left > 20
    assert watermark(parts) == NOW.replace(day=14, hour=0, minute=0)
    assert len(sandbox.journal.entries()) <= 6
    assert run().failed == ()


def test_a_system_that_is_away_is_left_alone(run, sandbox, parts):
    """After three hours in a row without an answer the run asks for no more."""
    sandbox.switch(named("error-503", always=True))
    gone = run(SPAN, speed=200.0)
    assert len(gone.failed) == UNAVAILABLE_IN_A_ROW
    assert gone.left == 2
    sandbox.switch(NO_FAULTS)
    assert (run(SPAN).done, states(parts).keys() <= {State.LOADED, State.EMPTY}) == (5, True)


def test_a_failed_hour_in_the_middle_is_read_by_the_next_run(run, parts, sandbox):
    """The watermark waits at it; what came after is not asked for again."""
    run()
    with parts.database.connect() as connection:
        (hole,) = [
            entry
            for entry in ledger.read_entries(connection, source=NAME)
            if entry.slice.window == "2024-05-14T20"
        ]
        ledger.replan(connection, [hole.slice_id])
        ledger.mark_failed(connection, hole.slice_id, "it broke", ask_again=True)
    assert watermark(parts) == hole.starts_at
    sandbox.journal.clear()
    assert run(LATER).done == 2
    assert len(sandbox.journal.entries()) == 2
    assert watermark(parts) == NOW.replace(hour=5, minute=0)
