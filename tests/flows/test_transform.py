"""User properties go into their two tables as if a source had loaded them, in whatever order."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradeline.flows.transform import ask_transform, transform
from gradeline.records.slices import PlannedSlice, Slice
from gradeline.sources.product_events.field_mappings import FieldMappings, PropertyPath
from gradeline.warehouse import Connection, Database
from gradeline.warehouse.slices import ledger

FROM = datetime(2024, 2, 1, tzinfo=UTC)
MAPPINGS = FieldMappings(
    ehr_id=(
        PropertyPath(name="ehr_id", holder="user_properties"),
        PropertyPath(name="user_id", holder=None),
    ),
    email=(),
    course=(),
    permanent=("email",),
    changeable=("level",),
    answers={},
)
#: (number of the slice, person, second, level, email)
Told = tuple[int, str | None, int, int, str]
ROWS = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.sampled_from(["ann", "bob", None]),
        st.integers(0, 5),
        st.integers(1, 2),
        st.sampled_from(["a", "b"]),
    ),
    max_size=12,
)


def put(connection: Connection, rows: Sequence[tuple[int, Told]]) -> None:
    """Store rows and their events; the number of a row is its uuid."""
    for number, (which, person, second, level, email) in rows:
        slice_ = Slice(source="posted", stream="tmp_user_properties", window=str(which))
        ledger.plan(connection, [PlannedSlice(slice=slice_, fingerprint="1", starts_at=FROM)])
        slice_id = ledger.read_entry(connection, slice_).slice_id
        uuid = f"00000000-0000-0000-0000-{number:012}"
        properties = json.dumps({"level": level, "email": email, "other": number})
        connection.execute(
            "insert into tmp_user_properties (uuid, slice_id, ehr_id, user_properties)"
            " values (%s, %s, %s, %s)",
            (uuid, slice_id, person, properties),
        )
        connection.execute(
            "insert into events_part (uuid, slice_id, position, event_type, event_time)"
            " values (%s, 1, 0, 'open', %s)",
            (uuid, FROM + timedelta(seconds=second)),
        )


def expected(rows: Sequence[tuple[int, Told]]) -> tuple[Mapping, Mapping]:
    """The two tables as they must be, worked out row by row."""
    permanent: dict[str, tuple] = {}
    changes: dict[tuple[str, int], tuple] = {}
    known = sorted(
        (which, person, second, number, level, email)
        for number, (which, person, second, level, email) in rows
        if person
    )
    for (which, person), told in groupby(known, key=lambda row: row[:2]):
        before = None
        for *_, second, _number, level, email in told:
            latest = permanent.get(person, (-1, 0, ""))
            if (second, which) >= latest[:2]:
                permanent[person] = (second, which, email)
            if level != before:
                here = changes.get((person, second), (0, 0))
                changes[person, second] = max(here, (which, level), key=lambda one: one[0])
                if here[0] == which:
                    changes[person, second] = (which, level)
            before = level
    return (
        {person: email for person, (_, _, email) in permanent.items()},
        {key: level for key, (_, level) in changes.items()},
    )


def stored(connection: Connection) -> tuple[Mapping, Mapping]:
    """The two tables as they are."""
    permanent = connection.execute(
        "select ehr_id, properties ->> 'email' from permanent_user_properties"
    )
    changes = connection.execute(
        "select ehr_id, extract(epoch from changed_at - %s)::int, (properties ->> 'level')::int"
        " from changeable_user_properties",
        (FROM,),
    )
    return dict(permanent.fetchall()), {(who, at): level for who, at, level in changes}


def empty(database: Database) -> None:
    """Take everything away that a case stored."""
    with database.connect() as connection:
        connection.execute(
            "truncate tmp_user_properties, events_part, permanent_user_properties,"
            " changeable_user_properties, transform_reports"
        )


class Killed(Exception):
    """Whoever transforms is killed here."""


@given(rows=ROWS, order=st.randoms(use_true_random=False), pieces=st.integers(1, 3))
def test_the_result_is_that_of_a_loop(module_warehouse: Database, rows, order, pieces) -> None:
    """Whatever comes first, and however many transforms it takes."""
    numbered = list(enumerate(rows))
    order.shuffle(numbered)
    empty(module_warehouse)
    for piece in range(pieces):
        with module_warehouse.connect() as connection:
            put(connection, numbered[piece::pieces])
        report = ask_transform(module_warehouse, "all", "ada")
        done = transform(module_warehouse, MAPPINGS, report)
    with module_warehouse.connect() as connection:
        assert stored(connection) == expected(numbered)
    nobody = sum(row[1] is None for row in rows)
    assert done.left_rows == ({"no ehr_id": nobody} if nobody else {})


def test_an_interrupted_transform_goes_on(warehouse: Database, monkeypatch) -> None:
    """What was moved before counts once; its report tells of all."""
    rows = list(enumerate([(1, "ann", 0, 1, "a"), (2, "bob", 1, 2, "b"), (2, "bob", 2, 2, "b")]))
    with warehouse.connect() as connection:
        put(connection, rows)
    report = ask_transform(warehouse, "posted", "ada")
    from gradeline.flows import transform as flow  # to end it in the middle

    move = flow._transform_slice
    left = [1]

    def move_some(*arguments: object) -> None:
        if not left:
            raise Killed
        left.pop()
        move(*arguments)

    monkeypatch.setattr(flow, "_transform_slice", move_some)
    with pytest.raises(Killed):
        transform(warehouse, MAPPINGS, report)
    monkeypatch.undo()
    done = transform(warehouse, MAPPINGS, report)
    assert (done.status, done.slices, done.migrated) == ("done", 2, 3)
    assert (done.permanent, done.changeable, done.error) == (2, 2, None)
    with warehouse.connect() as connection:
        assert stored(connection) == expected(rows)


def test_people_are_found_as_the_mapping_says(warehouse: Database) -> None:
    """In the properties, then in the event; of another source nothing is moved."""
    with warehouse.connect() as connection:
        put(connection, [(1, (1, None, 0, 1, "a")), (2, (1, None, 1, 1, "b"))])
        connection.execute("update events_part set user_id = ' cy ' where uuid::text like '%1'")
        connection.execute(
            """update tmp_user_properties set user_properties = user_properties || '{"ehr_id": "di"}'
            where uuid::text like '%2'"""
        )
    other = transform(warehouse, MAPPINGS, ask_transform(warehouse, "amplitude", "ada"))
    assert (other.status, other.migrated) == ("done", 0)
    done = transform(warehouse, MAPPINGS, ask_transform(warehouse, "all", "ada"))
    assert (done.migrated, done.left_rows) == (2, {})
    with warehouse.connect() as connection:
        assert stored(connection)[0] == {"cy": "a", "di": "b"}
