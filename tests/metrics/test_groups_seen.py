"""What the teachers of groups see: their own groups' learners and figures, and nobody else's."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from gradeline.base.errors import WarehouseError
from gradeline.flows.refresh.refresh import refresh
from gradeline.metrics import Terms
from gradeline.warehouse import Connection, Database, Role
from gradeline.warehouse.results import read_group_weeks, read_groups, read_union
from gradeline.warehouse.schema.views import ensure_views

from .facts_in_lake import parts_in, settle

_DAY = {"starts_on": date(2024, 1, 1), "ends_on": date(2024, 1, 28)}


def _attempt(learner: str, course: str, day: int, score: int) -> dict[str, Any]:
    at = datetime(2024, 1, day, 10, tzinfo=UTC)
    row = {"attempt_id": f"{learner}{course}{day}", "learner_id": learner, "course_id": course}
    return {**row, "item_id": "i", "kind": "answer", "score": score, "at": at}


def _member(learner: str, group: str, course: str, since: int = 1, until: int = 28) -> Any:
    days = {"starts_on": date(2024, 1, since), "ends_on": date(2024, 1, until)}
    row = {"learner_id": learner, "group_id": group, "course_id": course, "role": "learner"}
    return {**row, **days}


def _school(people: str, members: list[Any], attempts: list[Any]) -> dict[Any, Any]:
    courses = sorted({each["course_id"] for each in members})
    groups = {(each["group_id"], each["course_id"]) for each in members}
    return {
        ("courses", "all"): [{"course_id": each, **_DAY} for each in courses],
        ("items", "all"): [{"course_id": each, "item_id": "i", "active": True} for each in courses],
        ("groups", "all"): [
            {"group_id": group, "course_id": course, "name": group.upper(), "rolling": False}
            for group, course in sorted(groups)
        ],
        ("learners", "all"): [{"learner_id": each, "name": each} for each in people.split()],
        ("memberships", "all"): members,
        ("attempts", "all"): attempts,
    }


#: Two schools, each with a group `a`: in the first one bob is in two groups of a course, cid
#: changes groups, and group `b` stands over two courses.
_ONE = _school(
    "ann bob cid",
    [
        _member("ann", "a", "m/1"),
        _member("bob", "a", "m/1"),
        _member("bob", "b", "m/1"),
        _member("cid", "a", "m/1", until=9),
        _member("cid", "b", "m/1", since=10),
        _member("ann", "b", "m/2"),
    ],
    [
        _attempt("ann", "m/1", 3, 1),
        _attempt("bob", "m/1", 3, 0),
        _attempt("cid", "m/1", 3, 1),
        _attempt("cid", "m/1", 12, 0),
        _attempt("ann", "m/2", 3, 1),
    ],
)
_OTHER = _school("dora", [_member("dora", "a", "n/1")], [_attempt("dora", "n/1", 3, 1)])


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory, module_warehouse: Database) -> Database:
    """Both schools, computed."""
    parts = parts_in(tmp_path_factory.mktemp("groups"), module_warehouse)
    settle(parts, _ONE, "files:s")
    settle(parts, _OTHER, "files:t")
    refresh(parts, Terms(as_of=datetime(2030, 1, 1, tzinfo=UTC)))
    return module_warehouse


def as_teacher(connection: Connection, *groups: str) -> Connection:
    """Let a connection of the entry points ask for a teacher of these groups."""
    settings = ("app.role", "curator"), ("app.groups", json.dumps([f"files:{g}" for g in groups]))
    for name, value in settings:
        connection.execute("select set_config(%s, %s, true)", (name, value))
    return connection


_SEEN = {
    "progress": "select split_part(learner_id, ':', 3) || ' ' || course_id from progress_summary",
    "attempts": "select entity_id || ' ' || (metrics->'total_attempts'->>'n')"
    " from materialized_stats where type = 'group_course'",
    "places": "select scope_id || ' ' || split_part(place->>'learner_id', ':', 3)"
    " from leaderboards, jsonb_array_elements(rankings) as place",
    "groups": "select group_id || ' ' || course_id from group_figures",
    "weeks": "select distinct group_id || ' ' || course_id from group_history",
}
_A, _B = "files:s:a", "files:s:b"
_OF_A = {
    "progress": {"ann m/1", "bob m/1", "cid m/1"},
    "attempts": {f"{_A}|m/1 3"},
    "places": {f"{_A} ann", f"{_A} bob", f"{_A} cid"},
    "groups": {f"{_A} m/1"},
    "weeks": {f"{_A} m/1"},
}
_OF_B = {
    "progress": {"bob m/1", "cid m/1", "ann m/2"},
    "attempts": {f"{_B}|m/1 2", f"{_B}|m/2 1"},
    "places": {f"{_B} ann", f"{_B} bob", f"{_B} cid"},
    "groups": {f"{_B} m/1", f"{_B} m/2"},
    "weeks": {f"{_B} m/1", f"{_B} m/2"},
}
_OF_OTHER = {
    "progress": {"dora n/1"},
    "attempts": {"files:t:a|n/1 1"},
    "places": {"files:t:a dora"},
    "groups": {"files:t:a n/1"},
    "weeks": {"files:t:a n/1"},
}


@pytest.mark.parametrize(
    ("groups", "seen"),
    [
        ((), {name: set() for name in _SEEN}),
        (("s:a",), _OF_A),
        (("s:b",), _OF_B),
        (("s:a", "s:b"), {name: _OF_A[name] | _OF_B[name] for name in _SEEN}),
        (("t:a",), _OF_OTHER),
        (("a",), {name: set() for name in _SEEN}),
    ],
)
def test_a_teacher_sees_the_own_groups(school: Database, groups: Any, seen: Any) -> None:
    """Learners, figures, places and weeks of own groups, of no other school's namesake."""
    with school.connect(Role.APP) as connection:
        as_teacher(connection, *groups)
        found = {name: {row for (row,) in connection.execute(sql)} for name, sql in _SEEN.items()}
    assert found == seen


_BY_GROUP = """
select tablename, attname from pg_policies
join pg_attribute on attrelid = tablename::regclass and attname in ('group_id', 'group_ids')
where policyname = 'app' and qual ~ 'app_groups'
"""


def test_every_group_that_a_policy_looks_at_carries_its_source(school: Database) -> None:
    """Two schools' groups of one name are two, wherever rows are given out by group."""
    with school.connect_as_login() as connection:
        seen = {}
        for table, column in connection.execute(_BY_GROUP.encode()).fetchall():
            ids = connection.execute(
                f"select distinct unnest(array[{column}]::text[]) from {table}".encode()
            ).fetchall()
            seen[table] = {each for (each,) in ids if each}
    filled = {table: ids for table, ids in seen.items() if ids}
    assert {"leaderboards", "materialized_stats", "progress_summary"} < filled.keys()
    assert all(ids == {_A, _B, "files:t:a"} for ids in filled.values()), filled


def test_two_groups_together_count_a_learner_once(school: Database) -> None:
    """Three people are in two groups of a course: the union has three, not five."""
    with school.connect(Role.APP) as connection:
        as_teacher(connection, "s:a", "s:b")
        each = read_groups(connection, "m/1")
        union = read_union(connection, "m/1", [_A, _B])
    assert [one.enrolled for one in each] == [3, 2]
    assert union is not None
    assert (union.enrolled, union.name) == (3, "A, B")
    assert (union.kpis["completion_rate"].value, union.kpis["completion_rate"].n) == (
        0.666666667,
        3,
    )


def test_the_union_of_one_group_and_its_last_week_are_its_figures(school: Database) -> None:
    """Three ways to one number: by the engine, from learners' rows, and as the last week ended."""
    with school.connect(Role.APP) as connection:
        as_teacher(connection, "s:a")
        (own,) = read_groups(connection, "m/1")
        union = read_union(connection, "m/1", [_A, _B])
        last = read_group_weeks(connection, _A, "m/1")[-1]
    assert union is not None
    assert _numbers(own.kpis) == _numbers(union.kpis) == _numbers(last.kpis)


def _numbers(kpis: Any) -> Any:
    return {name: (m.value, m.n, m.low, m.high) for name, m in kpis.items()}


def test_a_group_of_somebody_else_has_no_figures(school: Database) -> None:
    """What may not be seen is as if it did not exist, in a union too."""
    with school.connect(Role.APP) as connection:
        as_teacher(connection, "s:a")
        assert read_union(connection, "n/1", ["files:t:a"]) is None
        assert read_groups(connection, "n/1") == read_group_weeks(connection, _B, "m/1") == ()


@pytest.mark.parametrize("view", ["learners", "memberships", "attempts"])
def test_entry_points_ask_no_canonical_view(school: Database, view: str) -> None:
    """A view joins what its reader may not see, so it would answer wrongly: nobody may ask."""
    ensure_views(school)
    with (
        pytest.raises(WarehouseError, match="permission denied"),
        school.connect(Role.APP) as connection,
    ):
        connection.execute(f"select * from {view}".encode())
