"""What attempts mean, told once for every engine: DuckDB over facts and PostgreSQL over rows agree."""

from __future__ import annotations

import ibis
import pyarrow.compute as pc
import pytest
from docs.build_canonical_views import canonical_views

from gradeline.engine import DuckEngine
from gradeline.flows.refresh.union import unite
from gradeline.records.streams import SLICE_COLUMN
from gradeline.records.tables import CANONICAL
from gradeline.sources.grader.course_key import course_of
from gradeline.sources.grader.source import ATTEMPTS, GRADER
from gradeline.warehouse.rows import load
from gradeline.warehouse.slices import ledger

from .conftest import ROW, USER

BLOCK = "ca3ecf8e5f284c329eb7bd529e1a9f7e"
SOURCED = [
    f"course-v1:SF+DST+28FEB:lms.example.org-{BLOCK}:{USER}",
    f"course-v1%3ASF%2BDST%2B28FEB:lms.example.org-{BLOCK}:{USER}",
    f"SF/DST/28FEB:lms.example.org-{BLOCK}:{USER}",
    f"course-v1:SF+DST:lms.example.org-{BLOCK}:{USER}",
    f"course-v1:SF+A+B+C:lms.example.org-{BLOCK}:{USER}",
    f"course-v1:SF + x+B:lms.example.org-{BLOCK}:{USER}",
    "course-v1:SF+DST+28FEB",
    "",
    None,
]


@pytest.fixture
def facts(read):
    """An hour with an attempt for each way in which a course may be named."""
    rows = [
        {
            **ROW,
            "passback_params": {"lis_result_sourcedid": told},
            "created_at": f"2023-05-31 09:16:{n:02}.5",
            "attempt_type": "submit" if n % 2 else "run",
            "is_correct": n % 3 % 2 if n % 2 else None,
        }
        for n, told in enumerate(SOURCED)
    ]
    return read(*rows).facts


@pytest.fixture
def by_duckdb(facts, tmp_path):
    """The canonical tables as DuckDB gives them."""
    with DuckEngine(spill=tmp_path).session() as session:
        rows = session.memory_table("facts", facts).mutate(source_name=ibis.literal("grader"))
        tables = GRADER.to_canonical({"attempts": rows})
        return {
            name: session.run(unite(name, [table])).to_pylist() for name, table in tables.items()
        }


def ordered(table, rows):
    """Canonical rows in the order of their key."""
    return sorted(rows, key=lambda row: [row[column] for column in CANONICAL[table].key])


def test_a_submit_is_an_answer_and_a_run_a_run(by_duckdb):
    """Right is all of the points, wrong is none; a run is neither."""
    found = {(row["kind"], row["correct"], row["score"]) for row in by_duckdb["attempts"]}
    assert found == {("run", None, None), ("answer", True, 1), ("answer", False, 0)}


def test_courses_are_those_that_the_ledger_is_told(by_duckdb, facts):
    """What reading says a slice touches is what its facts mean."""
    told = {course_of(text) for text in facts["lis_result_sourcedid"].to_pylist()}
    assert {row["course_id"] for row in by_duckdb["attempts"]} == told
    assert {row["course_id"] for row in by_duckdb["courses"]} == told - {None}
    assert told == {"SF/DST+28FEB", "SF/DST", None}


def test_every_canonical_table_has_its_columns(by_duckdb):
    """Learners, courses and items come with the attempts, each once."""
    assert {name: list(rows[0]) for name, rows in by_duckdb.items()} == {
        name: CANONICAL[name].schema.names for name in ("attempts", "courses", "items", "learners")
    }
    assert [row["learner_id"] for row in by_duckdb["learners"]] == [f"grader:{USER}"]
    assert {row["item_id"] for row in by_duckdb["items"]} == {BLOCK}


def test_views_of_the_warehouse_equal_duckdb_row_by_row(warehouse, facts, hour, by_duckdb):
    """One expression, two engines, the same rows, whatever zone a client's session has."""
    with warehouse.connect() as connection:
        (entry,) = ledger.plan(connection, [hour])
        batches = facts.drop_columns(SLICE_COLUMN).to_batches()
        load.load_rows(connection, ATTEMPTS, entry.slice_id, batches)
        connection.execute("SET LOCAL TimeZone = 'Asia/Tokyo'")
        views = canonical_views()
        for name, rows in by_duckdb.items():
            sql = str(ibis.to_sql(views[name], dialect="postgres"))
            names = CANONICAL[name].schema.names
            found = [dict(zip(names, row, strict=True)) for row in connection.execute(sql)]
            assert ordered(name, found) == ordered(name, rows)


def test_loading_an_hour_again_touches_no_row(warehouse, facts, hour):
    """A key with nulls is the same key; a row that went away goes from the table too."""
    with warehouse.connect() as connection:
        (entry,) = ledger.plan(connection, [hour])
        batches = facts.drop_columns(SLICE_COLUMN).to_batches()
        first = load.load_rows(connection, ATTEMPTS, entry.slice_id, batches)
        again = load.load_rows(connection, ATTEMPTS, entry.slice_id, batches)
        fewer = facts.filter(pc.is_valid(facts["lis_result_sourcedid"]))
        less = load.load_rows(
            connection, ATTEMPTS, entry.slice_id, fewer.drop_columns(SLICE_COLUMN).to_batches()
        )
    assert (first.stored, again.already_there, again.changed) == (len(SOURCED), len(SOURCED), 0)
    assert (again.removed, less.removed) == (0, 2)
