"""What LearnWorlds' facts mean, told once for every engine."""

import json
import tempfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import ibis
import pyarrow as pa
import pytest

from gradeline.engine import DuckEngine
from gradeline.flows.refresh.union import unite
from gradeline.records.tables import CANONICAL
from gradeline.sources.learnworlds.records import user_row
from gradeline.sources.learnworlds.source import LEARNWORLDS
from gradeline.sources.learnworlds.streams import fact_schema

AT = datetime(2024, 3, 1, 12, tzinfo=UTC)


def facts(stream: str, window: str, *rows: dict) -> pa.Table:
    """Facts of one slice; what a row does not say is null, or stands for any course."""
    schema = fact_schema(stream)
    course = window.partition("/")[2] or "algebra"
    head = {
        "slice": f"learnworlds/{stream}/{window}",
        "course": course,
        "course_id": window,
        "category": window.partition("/")[0],
        "access": "paid",
        "role": "learner",
        "suspended": False,
        "graded": True,
        "blocks": 0,
    }
    full = [{**head, "position": number, **row} for number, row in enumerate(rows)]
    return pa.Table.from_pylist([{n: row.get(n) for n in schema.names} for row in full], schema)


def meant(*tables: pa.Table) -> dict[str, list[dict]]:
    """Canonical rows of some facts, by DuckDB."""
    given: dict[str, list[pa.Table]] = {}
    for table in tables:
        stream = next(
            n
            for n in LEARNWORLDS.tables
            if table.schema == fact_schema(n) and table["slice"][0].as_py().split("/")[1] == n
        )
        given.setdefault(stream, []).append(table)
    with tempfile.TemporaryDirectory() as spill, DuckEngine(spill=Path(spill)).session() as session:
        streams = {}
        for name in LEARNWORLDS.tables:
            whole = pa.concat_tables(given.get(name, [fact_schema(name).empty_table()]))
            named = whole.append_column(
                "source_name", pa.array(["learnworlds"] * len(whole), pa.string())
            )
            streams[name] = session.memory_table(name, named)
        tables = LEARNWORLDS.to_canonical(streams)
        return {
            name: session.run(unite(name, [table])).to_pylist() for name, table in tables.items()
        }


def listed(course_id: str, **more) -> pa.Table:
    """The list of courses with one course in it."""
    row = {
        "course_id": course_id,
        "course": course_id.partition("/")[2],
        "category": course_id.partition("/")[0],
        "title": "Álgebra",
        **more,
    }
    return facts("courses", "all", row)


def response(**more) -> dict:
    """A response of Ana to u1."""
    return {
        "response_id": "r1",
        "user_id": "ana",
        "unit_id": "u1",
        "submitted_at": AT,
        "score": Decimal("0.5"),
        "grade": Decimal(50),
        **more,
    }


def grade(**more) -> dict:
    """A grade of Ana for u1."""
    return {
        "grade_id": "g1",
        "user_id": "ana",
        "unit_id": "u1",
        "submitted_at": AT,
        "score": Decimal("0.5"),
        "grade": Decimal(50),
        **more,
    }


def test_a_grade_counts_only_without_a_response():
    """Of the same person and unit; another unit's grade is an attempt."""
    found = meant(
        listed("Mates/algebra"),
        facts("responses", "Mates/algebra", response(passed=False)),
        facts("grades", "Mates/algebra", grade(), grade(grade_id="g2", unit_id="u2")),
    )
    told = sorted((row["attempt_id"], row["item_id"], row["correct"]) for row in found["attempts"])
    assert told == [("learnworlds:g2", "u2", None), ("learnworlds:r1", "u1", False)]


def test_what_was_only_begun_is_no_attempt():
    """Neither handed in nor graded; then a grade for it counts."""
    begun = response(submitted_at=None, grade=None, score=None, created_at=AT)
    found = meant(
        listed("Mates/algebra"),
        facts("responses", "Mates/algebra", begun),
        facts("grades", "Mates/algebra", grade()),
    )
    assert [row["attempt_id"] for row in found["attempts"]] == ["learnworlds:g1"]


def test_a_course_that_moved_counts_once():
    """Facts collected under its old category no longer count."""
    found = meant(
        listed("Ciencias/algebra"),
        facts("responses", "Mates/algebra", response()),
        facts("responses", "Ciencias/algebra", response()),
    )
    assert [row["course_id"] for row in found["attempts"]] == ["Ciencias/algebra"]


def test_a_course_that_left_the_list_still_counts():
    """Its contents name it, its work stays."""
    unit = {"course_title": "Old", "unit_id": "u1", "unit_type": "assessment"}
    found = meant(
        listed("Mates/algebra"),
        facts("contents", "Mates/old", unit),
        facts("responses", "Mates/old", response()),
    )
    assert {row["course_id"]: row["title"] for row in found["courses"]} == {
        "Mates/algebra": "Álgebra",
        "Mates/old": "Old",
    }
    assert [row["course_id"] for row in found["attempts"]] == ["Mates/old"]


def test_suspended_people_are_members():
    """From the day they were enrolled to the day the school says."""
    person = {
        "user_id": "ben",
        "course": "algebra",
        "course_id": "Mates/algebra",
        "suspended": True,
        "enrolled_on": date(2024, 1, 2),
        "expires_on": date(2024, 12, 31),
    }
    found = meant(listed("Mates/algebra"), facts("suspended", "all", person))
    (row,) = found["memberships"]
    assert (row["learner_id"], row["group_id"]) == ("learnworlds:ben", "learnworlds:Mates/algebra")
    assert (row["starts_on"], row["ends_on"]) == (date(2024, 1, 2), date(2024, 12, 31))


def test_tags_are_groups_where_somebody_has_one():
    """Of a course with such tags, who has none is in no group; another course is one group."""
    place = {"course": "algebra", "course_id": "Mates/algebra"}
    ann = {**place, "user_id": "ann", "groups": "Evening A\nTutoring"}
    ben, cid = {**place, "user_id": "ben"}, {"course": "x", "course_id": "Mates/x", "user_id": "c"}
    found = meant(
        listed("Mates/algebra"),
        facts("users", "Mates/algebra", ann, ben),
        facts("users", "Mates/x", cid),
    )
    told = {(row["learner_id"], row["group_id"]) for row in found["memberships"]}
    assert told == {
        ("learnworlds:ann", "learnworlds:Evening A"),
        ("learnworlds:ann", "learnworlds:Tutoring"),
        ("learnworlds:ben", None),
        ("learnworlds:c", "learnworlds:Mates/x"),
    }
    assert {(row["group_id"], row["name"]) for row in found["groups"]} == {
        ("learnworlds:Evening A", "Evening A"),
        ("learnworlds:Tutoring", "Tutoring"),
    }


def test_a_tag_is_a_group_by_how_it_begins():
    """The name follows; blanks at its ends and case of the beginning make no difference."""
    tags = ["vip", "Group: Evening A ", "group:Evening A", "group:", "grupo B", "group:C"]
    record = json.dumps({"id": "u1", "tags": tags}).encode()
    assert user_row(record, ("group:", "grupo"))["groups"] == "B\nC\nEvening A"
    assert user_row(record)["groups"] is None


@pytest.mark.parametrize(
    ("contents", "graded", "active"),
    [
        ([{"unit_id": "u1", "graded": True}], [], [("u1", True)]),
        ([{"unit_id": "v1", "graded": False}], [], []),
        ([{"unit_id": "v1", "graded": False}], ["v1"], [("v1", True)]),
        ([], ["u1"], [("u1", False)]),
    ],
)
def test_items_are_what_is_graded(contents, graded, active):
    """By type, or since a grade is there; what the course no longer has is not active."""
    tables = [facts("contents", "Mates/algebra", *contents)] if contents else []
    if graded:
        tables.append(facts("grades", "Mates/algebra", *(grade(unit_id=u) for u in graded)))
    found = meant(listed("Mates/algebra"), *tables)
    assert [(row["item_id"], row["active"]) for row in found["items"]] == active


def test_every_canonical_table_has_its_columns():
    """The meaning gives the canonical tables, column by column and type by type."""
    streams = {
        name: ibis.table(
            {**dict(ibis.schema(fact_schema(name)).items()), "source_name": "string"}, name=name
        )
        for name in LEARNWORLDS.tables
    }
    for name, table in LEARNWORLDS.to_canonical(streams).items():
        wanted = ibis.Schema.from_pyarrow(CANONICAL[name].schema)
        rows = unite(name, [table])
        assert {n: k.copy(nullable=True) for n, k in rows.schema().items()} == {
            n: k.copy(nullable=True) for n, k in wanted.items()
        }


@pytest.mark.parametrize("table", LEARNWORLDS.tables.values(), ids=lambda table: table.name)
def test_a_row_table_is_what_its_migration_made(warehouse, table):
    """Declared columns, their order and whether they may be null: the database agrees."""
    with warehouse.connect() as connection:
        made = connection.execute(
            "SELECT column_name, is_nullable = 'YES' FROM information_schema.columns "
            "WHERE table_name = %s ORDER BY ordinal_position",
            [table.name],
        ).fetchall()
    assert made == [(field.name, field.nullable) for field in table.schema]
