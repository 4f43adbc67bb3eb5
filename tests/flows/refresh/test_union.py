"""Where people wrote a plan, it alone counts; courses that are one have one row."""

from datetime import date

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from gradeline.flows.refresh.union import join_courses, order_plans_last, replace_plans, unite
from gradeline.records.tables import CANONICAL
from gradeline.sources import KINDS


def plan(course_id: str, item_id: str):
    """A plan of one row."""
    return ibis.memtable(pa.table({"course_id": [course_id], "item_id": [item_id]}))


def test_a_written_plan_replaces_what_a_source_knows():
    """For its own course; another course keeps its source's plan."""
    known = [plan("A/1", "old"), plan("B/1", "own")]
    tables = replace_plans(known, plan("A/1", "new"))
    rows = [row for table in tables for row in table.to_pyarrow().to_pylist()]
    assert sorted(row["item_id"] for row in rows) == ["new", "own"]


def test_people_s_plans_are_looked_at_last():
    """Behind every kind of source whose plans they may replace."""
    assert [name for name, _ in order_plans_last(KINDS)][-1] == "planification"


def courses_of(source: str, course_id: str, **more: object) -> dict:
    """A row of `courses` as a source's mapping gives it."""
    category, _, course = course_id.partition("/")
    row = {"course_id": course_id, "category": category, "course": course, "title": None}
    return {**row, "starts_on": None, "ends_on": None, "source_name": source, **more}


def table_of(*rows: dict) -> ir.Table:
    """Rows as a table of expressions, of the columns of `courses`."""
    schema = CANONICAL["courses"].schema.append(pa.field("source_name", pa.string()))
    return ibis.memtable(pa.Table.from_pylist(list(rows), schema=schema))


LINKS = ibis.memtable(
    pa.table(
        {
            "source": ["grader", "grader"],
            "external_id": ["OU/x", "OU/y"],
            "joined_id": ["M/algebra", "alone"],
        }
    )
)


def joined(*rows: dict) -> list[dict]:
    """The courses of all sources, those of the grader joined."""
    united = unite("courses", [join_courses(table_of(*rows), LINKS)], several=True)
    return sorted(united.to_pyarrow().to_pylist(), key=lambda row: row["course_id"])


def test_what_a_joined_course_is_called_says_the_course_itself():
    """What it does not say, the joined ones say, in the order of their sources' names."""
    day = date(2024, 1, 8)
    (row,) = joined(
        courses_of("grader", "OU/x", title="Other", starts_on=day),
        courses_of("learnworlds", "M/algebra", title="Algebra"),
        courses_of("files:z", "M/algebra", title="Third", ends_on=day),
    )
    assert row == {
        **{"course_id": "M/algebra", "category": "M", "course": "algebra"},
        **{"title": "Third", "starts_on": day, "ends_on": day},
    }


def test_an_id_is_joined_for_its_own_source_alone():
    """Another source may have another course under the same id."""
    rows = joined(courses_of("grader", "OU/x"), courses_of("learnworlds", "OU/x"))
    assert [row["course_id"] for row in rows] == ["M/algebra", "OU/x"]


def test_a_course_of_no_category_is_joined_as_it_is_written():
    """Its category is empty, as elsewhere."""
    (row,) = joined(courses_of("grader", "OU/y"))
    assert (row["course_id"], row["category"], row["course"]) == ("alone", "", "alone")
