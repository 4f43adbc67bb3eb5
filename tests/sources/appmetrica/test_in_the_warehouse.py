"""Days in the warehouse: each replaces its own rows, nothing is asked twice, both engines agree."""

from dataclasses import replace
from decimal import Decimal

import pytest

from gradeline.flows.collect.collect import collect
from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.flows.refresh.canonical import open_canonical_tables
from gradeline.records.tables import CANONICAL
from gradeline.sandbox import mix
from gradeline.sources.source import PlanRequest
from gradeline.warehouse.schema.views import ensure_views
from gradeline.warehouse.slices import ledger

from .conftest import NOW, datetime

ROWS = "SELECT {} FROM {} ORDER BY {}"
DIGEST = "md5(string_agg(t::text, '|' ORDER BY slice_id, position))"


@pytest.fixture
def parts(parts):
    """As everywhere, with the views, and few broken records hold a slice."""
    ensure_views(parts.database)
    return replace(parts, hold_percent=Decimal(5))


def run(source, parts, first, last, at=NOW) -> CollectOutcome:
    """Collect some days of January 2024."""
    utc = NOW.tzinfo
    since, until = datetime(2024, 1, first, tzinfo=utc), datetime(2024, 1, last + 1, tzinfo=utc)
    return collect(source, PlanRequest(since=since, until=until, now=at), parts, lambda *_: None)


def ask(parts, question):
    """The one row that a question gives."""
    with parts.database.connect() as connection:
        return connection.execute(question).fetchone()


def test_a_finished_day_is_asked_for_once(desk, parts):
    """The second run of the same days asks nothing and changes nothing."""
    source = desk.source()
    first = run(source, parts, 11, 12)
    asked, digest = len(desk.statuses()), ask(parts, f"SELECT {DIGEST} FROM appmetrica_events t")
    assert first.counts.received == first.counts.stored + first.counts.quarantined > 1400
    assert run(source, parts, 11, 12).done == 0
    assert len(desk.statuses()) == asked
    assert ask(parts, f"SELECT {DIGEST} FROM appmetrica_events t") == digest


def test_a_day_read_again_replaces_its_own_rows(desk, parts):
    """In another order, in the same place; other days are left alone."""
    source = desk.source()
    early = NOW.replace(month=1, day=12, hour=5)
    run(source, parts, 11, 11, at=early)
    before = ask(parts, f"SELECT count(*), {DIGEST} FROM appmetrica_events t")
    assert run(source, parts, 11, 11).done == 1
    assert desk.twin.prepared == 2
    assert ask(parts, f"SELECT count(*), {DIGEST} FROM appmetrica_events t") == before


def test_faults_leave_the_same_tables(desk, open_desk, parts):
    """Rows, quarantine and ledger of a run under faults are those of a clean one."""
    tables = {}
    for home, faults in (("clean", None), ("faulty", mix(11))):
        if faults:
            desk.sandbox.switch(faults)
            with parts.database.connect() as connection:
                ledger.replan(connection, [e.slice_id for e in ledger.read_entries(connection)])
        run(desk.source(home), parts, 11, 12)
        with parts.database.connect() as connection:
            tables[home] = (
                connection.execute(
                    f"SELECT count(*), {DIGEST} FROM appmetrica_events t"
                ).fetchall(),
                connection.execute(
                    "SELECT slice_id, reason FROM quarantine ORDER BY 1, 2"
                ).fetchall(),
                connection.execute(
                    "SELECT name, state, received, stored, quarantined, checksum FROM slices ORDER BY 1"
                ).fetchall(),
            )
    assert tables["clean"] == tables["faulty"]


def test_events_mean_the_same_on_both_engines(desk, parts):
    """DuckDB over the facts and PostgreSQL over the rows give the same canonical tables."""
    run(desk.source(), parts, 11, 11)
    with parts.database.connect() as connection:
        facts = ledger.snapshot(connection)
    no_links = CANONICAL["learner_links"].schema.empty_table()
    with parts.engine.session() as session:
        tables = open_canonical_tables(session, facts, parts.lake, no_links)
        events = session.run(tables["events"].order_by("event_id")).to_pylist()
        learners = session.run(tables["learners"].order_by("learner_id")).to_pylist()
    rows = all_rows(parts, "events", "event_id", list(events[0]))
    assert [tuple(event.values()) for event in events] == rows
    assert [tuple(one.values()) for one in learners] == all_rows(
        parts, "learners", "learner_id", list(learners[0])
    )
    assert session_of(parts, facts, no_links, "attempts") == len(
        all_rows(parts, "attempts", "attempt_id", ["attempt_id"])
    )
    assert all(event["learner_id"].startswith("appmetrica:learner") for event in events)


def session_of(parts, facts, links, table):
    """How many rows the engine finds in a canonical table; at least one."""
    with parts.engine.session() as session:
        counted = open_canonical_tables(session, facts, parts.lake, links)[table].count()
        return session.run(counted)[0][0].as_py() or None


def test_the_eight_tables_are_filled(desk, parts):
    """Each event by its uuid, each phone and each place; read again, nothing is there twice."""
    source = desk.source()
    for at in (NOW.replace(month=1, day=12, hour=5), NOW):
        run(source, parts, 11, 11, at=at)
    (events,) = ask(parts, "SELECT count(*) FROM appmetrica_events")
    for table in ("events_part", "technical_data", "user_locations", "tmp_event_properties"):
        assert ask(parts, f"SELECT count(*) FROM {table}") == (events,)
    assert ask(
        parts,
        "SELECT count(*) FROM events_part p JOIN appmetrica_events a ON p.uuid = a.uuid::uuid "
        "AND p.event_type = a.event_name AND p.event_time = a.event_at",
    ) == (events,)
    devices = "SELECT count(DISTINCT appmetrica_device_id) FROM appmetrica_events"
    assert ask(parts, "SELECT count(*) FROM mobile_devices") == ask(parts, devices)


def all_rows(parts, table, key, columns):
    """Every row of a view, in the order of its key."""
    with parts.database.connect() as connection:
        text = ROWS.format(", ".join(f'"{name}"' for name in columns), table, f'{key} COLLATE "C"')
        return connection.execute(text).fetchall()
