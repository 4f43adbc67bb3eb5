"""Figures computed when they are asked for equal those of the engine, whatever the filters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gradeline.access.permissions import Role as Who
from gradeline.access.principals import Principal
from gradeline.access.row_rights import row_rights
from gradeline.engine import Session
from gradeline.flows.parts import Parts
from gradeline.flows.refresh.canonical import canonical_session
from gradeline.flows.refresh.compute import prepare
from gradeline.flows.refresh.refresh import refresh
from gradeline.flows.refresh.rows import build_measure, to_instant
from gradeline.metrics import Terms, accuracy
from gradeline.metrics.days import number
from gradeline.records.measures import STAT_MEASURES
from gradeline.warehouse import Connection, Database, Role
from gradeline.warehouse.connect.showing import show_only
from gradeline.warehouse.learners.forgotten import forget_results
from gradeline.warehouse.results.attempts import Selection, kept_since, sum_attempts
from gradeline.warehouse.results.stats import read_stat

from .facts_in_lake import parts_in, settle, slices_of
from .random_schools import COURSES, FIRST, random_school
from .school import AS_OF

TERMS = Terms(as_of=AS_OF, timezone="Europe/Madrid", detail_days=5_000)
_IDS = ("learner_id", "group_id", "course_id", "level_id", "topic_id")


@dataclass(frozen=True, kw_only=True)
class Both:
    """A school in the database and on the engine."""

    database: Database
    session: Session
    tables: Mapping[str, ir.Table]
    ids: Mapping[str, tuple[str, ...]]  #: the values of each id


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, module_warehouse: Database) -> Iterator[Both]:
    """A random school with many attempts, published, and open on the engine."""
    parts: Parts = parts_in(tmp_path_factory.mktemp("detail"), module_warehouse)
    settle(parts, slices_of(random_school(11)[0]))
    refresh(parts, TERMS)
    with canonical_session(parts) as (session, canonical):
        tables = prepare(session, canonical, TERMS)
        graded = (
            session.run(tables["graded"]).to_pylist() + session.run(tables["shared"]).to_pylist()
        )
        ids = {name: tuple(sorted({r[name] for r in graded} - {None})) for name in _IDS}
        yield Both(database=module_warehouse, session=session, tables=tables, ids=ids)


def test_figures_at_ask_are_the_published_ones(both: Both) -> None:
    """Of each row of figures, computed from its attempts."""
    with both.database.connect(Role.APP) as connection:
        show_only(connection, **row_rights(Principal(role=Who.ADMIN), list))
        rows = [selection for kind in accuracy.TYPES for selection in _rows(connection, kind)]
        found = [sum_attempts(connection, selection) for selection in rows]
        published = [read_stat(connection, selection) for selection in rows]
    assert len(rows) > 20
    assert found == published


def _rows(connection: Connection, kind: str) -> Iterator[Selection]:
    """What each published row of a type is about."""
    rows = connection.execute(
        "select entity_id, group_id, course_id, level_id, topic_id from materialized_stats"
        " where type = %s",
        (kind,),
    )
    for entity_id, *ids in rows.fetchall():
        named = dict(zip(("learner_id", *_IDS[1:]), (entity_id, *ids), strict=True))
        yield Selection(**{name: named[name] for name in accuracy.TYPES[kind]})


@pytest.mark.slow
@settings(max_examples=10, phases=[Phase.generate])  # each computes a family
@given(data=st.data())
def test_figures_at_ask_are_those_of_the_engine(both: Both, data: st.DataObject) -> None:
    """A group, learner, course, level or topic, narrowed by any others and by a period."""
    first = data.draw(st.sampled_from(_IDS))
    names = {first, *data.draw(st.sets(st.sampled_from(_IDS), max_size=2))}
    chosen: dict[str, Any] = {n: data.draw(st.sampled_from(both.ids[n])) for n in sorted(names)}
    days = st.none() | st.integers(0, 90).map(lambda days: FIRST + timedelta(days=days))
    selection = Selection(**chosen, since=data.draw(days), until=data.draw(days))
    with both.database.connect(Role.APP) as connection:
        show_only(connection, **row_rights(Principal(role=Who.ADMIN), list))
        found = sum_attempts(connection, selection)
    assert {name: asdict(found[name]) for name in found} == _by_engine(both, first, selection)


def _by_engine(both: Both, first: str, selection: Selection) -> dict[str, Any]:
    """The figures of the row about `first` where only the selected attempts are counted."""
    kept = {name: _narrow(both.tables[name], selection) for name in ("graded", "shared")}
    tables = {**both.tables, **kept}
    for stage in accuracy.STAGES:
        tables[stage.name] = both.session.materialize(
            f"narrowed_{stage.name}", stage.expression(tables, TERMS)
        )
    rows = both.session.run(accuracy.accuracy(tables, TERMS)).to_pylist()
    kind, entity = first.removesuffix("_id"), asdict(selection)[first]
    row = next((r for r in rows if (r["type"], r["entity_id"]) == (kind, entity)), None)
    if row is None:
        return _NOTHING
    newest = to_instant(row["newest"])
    return {name: asdict(build_measure(row, name, newest)) for name in STAT_MEASURES}


def _narrow(rows: ir.Table, selection: Selection) -> ir.Table:
    conditions = [rows[name] == value for name in _IDS if (value := asdict(selection)[name])]
    if selection.since:
        conditions.append(rows.day >= number(selection.since))
    if selection.until:
        conditions.append(rows.day <= number(selection.until))
    return rows.filter(conditions)


_EMPTY = {"n": 0, "low": None, "high": None, "as_of": None}
_NOTHING = {
    name: {"value": 0.0 if name.startswith("total") else None, **_EMPTY} for name in STAT_MEASURES
}


def test_what_is_left_out_is_known(tmp_path: Path, warehouse: Database) -> None:
    """With few days of detail it is known from which day on each course's attempts are kept."""
    parts = parts_in(tmp_path, warehouse)
    settle(parts, slices_of(random_school(11)[0]))
    refresh(parts, replace(TERMS, detail_days=20))
    with warehouse.connect(Role.APP) as connection:
        show_only(connection, **row_rights(Principal(role=Who.ADMIN), list))
        since = {course: kept_since(connection, Selection(course_id=course)) for course in COURSES}
        rows = connection.execute(
            "select course_id, min(day) from graded_attempts where course_id <> '' group by 1"
        )
        kept = dict(rows.fetchall())
    assert any(since.values())
    assert all(day >= (since[course] or date.min) for course, day in kept.items())


def test_attempts_of_somebody_who_is_forgotten_go_at_once(warehouse: Database) -> None:
    """They do not wait for the next build."""
    with warehouse.connect() as connection:
        connection.execute(
            "insert into graded_attempts values ('c', 'a', 's:1', '{}', null, null, null, 'answer',"
            " true, true, null, null, null, now(), current_date, 1)"
        )
        forget_results(connection, ["s:1"])
        left = connection.execute("select count(*) from graded_attempts").fetchone()
    assert left == (0,)
