"""Transforms of user properties: loading and the transform of posted rows make the same of each."""

import json

import duckdb
import pytest
from psycopg import sql

from gradeline.records.property_transforms import NAMES
from gradeline.sources.product_events.property_values import properties_sql
from gradeline.warehouse.rows.property_values import object_of

#: (transforms, value as it was sent, value as it is kept)
VALUES = [
    (["strip"], " Ann\u3000\n", "Ann"),
    (["strip"], 7, 7),
    (["strip"], None, None),
    (["lower"], "ANN@School.ORG", "ann@school.org"),
    (["lower"], "ЁЛКА Ñandú İ", "ёлка ñandú İ"),
    (["lower"], [1, {"A": "B"}], [1, {"A": "B"}]),
    (["upper"], "b1-ё", "B1-Ё"),
    (["strip", "lower"], "  A@B.ORG ", "a@b.org"),
    (["integer"], " 007 ", 7),
    (["integer"], "-12", -12),
    (["integer"], "+3.0", 3),
    (["integer"], 7.0, 7),
    (["integer"], "3.5", None),
    (["integer"], "٣", None),
    (["integer"], "9" * 19, None),
    (["integer"], "seven", None),
    (["integer"], True, None),
    (["number"], "1.50", 1.5),
    (["number"], "1e3", 1000),
    (["number"], 0.25, 0.25),
    (["number"], "1,5", None),
    (["number"], "NaN", None),
    (["number"], "1\n", 1),
    (["boolean"], "YES", True),
    (["boolean"], 0, False),
    (["boolean"], True, True),
    (["boolean"], "maybe", None),
    (["boolean"], {"a": 1}, None),
    (["date"], "2024-02-29", "2024-02-29"),
    (["date"], "2024-02-01T23:30:00+03:00", "2024-02-01"),
    (["date"], "2023-02-29", None),
    (["date"], "2100-02-29", None),
    (["date"], "01.02.2024", None),
    (["instant"], "2024-02-01T10:00:00", "2024-02-01T10:00:00.000000Z"),
    (["instant"], "2024-02-01 10:00:00.5+03:00", "2024-02-01T07:00:00.500000Z"),
    (["instant"], "2024-01-01T00:00:00Z", "2024-01-01T00:00:00.000000Z"),
    (["instant"], "2024-02-01T24:00:00Z", None),
    (["instant"], "2024-02-01", None),
    (["upper", "boolean"], "true", True),
]


@pytest.mark.parametrize(("transforms", "sent", "kept"), VALUES)
def test_a_value_becomes_the_same_wherever_it_comes_in(module_warehouse, transforms, sent, kept):
    """By loading, in DuckDB; by moving what was posted, in PostgreSQL; a missing one is null."""
    names, rules = ["it's", "none"], {"it's": transforms, "none": transforms}
    document = json.dumps({"it's": sent, "other": 1})
    loaded = duckdb.sql("select $text as user_properties", params={"text": document})
    ((text,),) = loaded.project(properties_sql(names, rules)).fetchall()
    query = sql.SQL("select {} from (select {}::jsonb as user_properties) as u")
    with module_warehouse.connect() as connection:
        wanted = query.format(object_of(names, rules), sql.Literal(document))
        ((posted,),) = connection.execute(wanted).fetchall()
    assert json.loads(text) == posted == {"it's": kept, "none": None}
    assert type(json.loads(text)["it's"]) is type(posted["it's"])


def test_each_transform_is_tried():
    """A new one needs its rows in the table above."""
    assert {name for transforms, _, _ in VALUES for name in transforms} == set(NAMES)
