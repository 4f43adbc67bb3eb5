"""Events mean the same to every engine: DuckDB over facts and PostgreSQL over tables agree."""

from __future__ import annotations

import json

import ibis
import pytest
from docs.build_canonical_views import canonical_views

from gradeline.engine import DuckEngine, FactObjects
from gradeline.flows.collect.load import load_table
from gradeline.flows.refresh.union import unite
from gradeline.records.tables import CANONICAL
from gradeline.sources.amplitude.source import AMPLITUDE
from gradeline.sources.product_events.fields import FACTS
from gradeline.warehouse.slices import ledger

from .conftest import line

PERSON = {"ehr_id": "e1", "email": "a@example.org", "course": "DST", "level": 1}
ANSWER = {
    "answer": "golf",
    "quiz_id": "q1",
    "is_correct": True,
    "duration_s": 12.5,
    "course_id": "X",
}
LINES = [
    line(user_properties=PERSON),
    line(uuid="00000000-0000-0000-0000-000000000001", user_id=None, user_properties={}),
    line(
        uuid="00000000-0000-0000-0000-000000000002",
        event_type="quiz_answer",
        event_properties=ANSWER,
        user_properties=PERSON | {"level": 2},
        event_time="2024-03-15 10:30:00.000001",
        platform="iOS",
        session_id=-1,
    ),
    line(
        uuid="00000000-0000-0000-0000-000000000003",
        event_type="quiz_answer",
        event_properties={"quiz_id": "q2", "is_correct": "no", "score": 0.25, "hints": 2},
        server_upload_time="2024-03-15 09:59:59.000000",
    ),
]
TABLES = {
    "events_part": 4,
    "technical_data": 4,
    "user_locations": 4,
    "tmp_event_properties": 4,
    "tmp_user_properties": 4,
    "mobile_devices": 1,
    "permanent_user_properties": 2,
    "changeable_user_properties": 3,
}


@pytest.fixture
def facts(read, tmp_path):
    """The fact file of an hour with an answer, a nobody and a stray."""
    assert len(read(*LINES).facts) == 4
    return tmp_path / "facts.parquet"


@pytest.fixture
def session(tmp_path):
    """An engine."""
    with DuckEngine(spill=tmp_path).session() as session:
        yield session


@pytest.fixture
def by_duckdb(facts, session):
    """The canonical tables as DuckDB gives them."""
    events = session.facts([str(facts)], FACTS).mutate(source_name=ibis.literal("amplitude"))
    tables = AMPLITUDE.to_canonical({"events@web": events})
    return {name: session.run(unite(name, [table])).to_pylist() for name, table in tables.items()}


@pytest.fixture
def row_session(tmp_path):
    """An engine that gives rows."""
    with DuckEngine(spill=tmp_path).row_session() as session:
        yield session


@pytest.fixture
def loaded(warehouse, source, hour, facts, row_session):
    """A connection to a warehouse with that hour in its tables."""
    with warehouse.connect() as connection:
        (entry,) = ledger.plan(connection, [hour])
        objects = FactObjects(locations=[str(facts)], schema=FACTS)
        for table in source.streams["events@web"].tables:
            load_table(connection, table, entry.slice_id, objects, row_session)
        yield connection


def ordered(table, rows):
    """Canonical rows in the order of their key, properties as what they say."""
    read = [
        row | ({"properties": json.loads(row["properties"])} if row.get("properties") else {})
        for row in rows
    ]
    return sorted(read, key=lambda row: [row[column] for column in CANONICAL[table].key])


def test_an_event_is_somebody_s(by_duckdb):
    """Who did it, in which course and session; what nobody did is no canonical event."""
    events = ordered("events", by_duckdb["events"])
    assert [each["event_id"][-1] for each in events] == ["2", "3", "d"]
    assert {each["learner_id"] for each in events} == {"amplitude:student_42"}
    assert [each["course_id"] for each in events] == ["X", "DST", "DST"]
    assert [each["session_id"] for each in events] == [None, "1710496800000", "1710496800000"]


def test_an_answer_is_an_attempt(by_duckdb):
    """Where the mappings name its type: right or wrong, or a score."""
    found = ordered("attempts", by_duckdb["attempts"])
    assert [(each["item_id"], each["correct"], each["score"]) for each in found] == [
        ("q1", True, 1),
        ("q2", None, pytest.approx(0.25)),
    ]
    assert (float(found[0]["duration_s"]), found[1]["hints"]) == (12.5, 2)
    assert [each["response"] for each in found] == ["golf", None]


def test_a_learner_has_the_address_of_the_mappings(by_duckdb):
    """One row for each person."""
    (learner,) = by_duckdb["learners"]
    assert (learner["learner_id"], learner["email"]) == ("amplitude:student_42", "a@example.org")


def test_views_of_the_warehouse_equal_duckdb_row_by_row(loaded, by_duckdb):
    """One expression, two engines, the same rows, whatever zone a client's session has."""
    loaded.execute("SET LOCAL TimeZone = 'Asia/Tokyo'")
    views = canonical_views()
    for name, rows in by_duckdb.items():
        sql = str(ibis.to_sql(views[name], dialect="postgres"))
        names = CANONICAL[name].schema.names
        found = [dict(zip(names, row, strict=True)) for row in loaded.execute(sql)]
        assert ordered(name, found) == ordered(name, rows)


@pytest.mark.parametrize("table", TABLES)
def test_an_hour_fills_the_eight_tables(loaded, table):
    """A row for each event in five of them, for each device and person in the others."""
    row = loaded.execute(f"select count(*) from {table}").fetchone()
    assert row == (TABLES[table],)


def test_what_changes_has_a_history(loaded):
    """A row for each change, in its order, of the properties that are called changeable."""
    sql = "select properties ->> 'level' from changeable_user_properties where ehr_id = 'e1'"
    assert loaded.execute(f"{sql} order by changed_at").fetchall() == [("1",), ("2",)]


def test_loading_an_hour_again_touches_no_row(loaded, source, hour, facts, row_session):
    """Every table stays as it is, row version by row version."""
    (entry,) = [each for each in ledger.read_entries(loaded) if each.slice == hour.slice]
    objects = FactObjects(locations=[str(facts)], schema=FACTS)
    for table in source.streams["events@web"].tables:
        versions = f"select ctid::text from {table.name} order by 1"
        before = loaded.execute(versions).fetchall()
        load_table(loaded, table, entry.slice_id, objects, row_session)
        assert loaded.execute(versions).fetchall() == before
