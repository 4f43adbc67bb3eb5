"""Where people wrote a plan, it alone counts."""

import ibis
import pyarrow as pa

from gradeline.flows.refresh.union import order_plans_last, replace_plans
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
