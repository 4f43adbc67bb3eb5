"""A small school as rows of the canonical tables, and what every family says about it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from gradeline.engine import Session
from gradeline.engine.compile import tables_read, unbound_table
from gradeline.metrics import Terms
from gradeline.metrics.families import FAMILIES, STAGES
from gradeline.metrics.family import Family, Stage
from gradeline.records.tables import CANONICAL

Rows = list[dict[str, Any]]
School = Mapping[str, Rows]

AS_OF = datetime(2030, 1, 1, tzinfo=UTC)

#: What a row says where a test does not care.
DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "learners": {"source": "s"},
    "groups": {"rolling": False},
    "memberships": {"role": "learner"},
    "items": {"active": True},
    "attempts": {"kind": "answer", "source": "s"},
    "events": {"type": "click", "count": 1},
    "plan": {"status": "active"},
}


def arrow(table: str, rows: Rows) -> pa.Table:
    """Rows of a canonical table, what they leave out filled in."""
    schema = CANONICAL[table].schema
    filled = [_filled(table, place, row) for place, row in enumerate(rows)]
    return pa.Table.from_pylist(filled, schema=schema)


def _filled(table: str, place: int, row: dict[str, Any]) -> dict[str, Any]:
    own = {"attempts": "attempt_id", "events": "event_id"}.get(table)
    numbered = {own: f"{place:06}"} if own else {}
    if table == "courses":
        category, _, course = row["course_id"].partition("/")
        numbered = {"category": category, "course": course}
    return {**DEFAULTS.get(table, {}), **numbered, **row}


def answers(
    session: Session, school: School, terms: Terms, families: Iterable[str] = tuple(FAMILIES)
) -> Mapping[str, Rows]:
    """The rows of each of these families."""
    for name in CANONICAL:
        session.memory_table(f"given_{name}", arrow(name, list(school.get(name, ()))))
    made: set[str] = set()

    def expression(part: Stage | Family) -> ir.Table:
        """Its expression, when the stages that it reads are there."""
        found = _expression(part.name, terms if part.by_instant else terms.of_day())
        for stage in STAGES:
            table = f"stage_{stage.name}"
            if table in tables_read(found) - made:
                session.materialize(table, expression(stage))
                made.add(table)
        return found

    return {name: session.run(expression(FAMILIES[name])).to_pylist() for name in families}


class _Named(dict[str, ir.Table]):
    """The canonical tables, and each stage when an expression first asks for it: names, no rows."""

    def __init__(self, terms: Terms) -> None:
        shapes = ((name, table.schema) for name, table in CANONICAL.items())
        super().__init__((name, unbound_table(f"given_{name}", shape)) for name, shape in shapes)
        self._terms = terms

    def __missing__(self, name: str) -> ir.Table:
        shape = _expression(name, self._terms).schema().to_pyarrow()
        self[name] = unbound_table(f"stage_{name}", shape)
        return self[name]


@cache
def _expression(name: str, terms: Terms) -> ir.Table:
    """The expression of a stage or family, made once: cases differ in rows, seldom in terms."""
    return _PARTS[name].expression(_Named(terms), terms)


_PARTS: Mapping[str, Stage | Family] = {**FAMILIES, **{stage.name: stage for stage in STAGES}}


def read_school(folder: Path) -> School:
    """The tables that `given_*.csv` of a folder hold; an empty cell is null."""
    return {name: _read(folder / f"given_{name}.csv", name) for name in CANONICAL}


def _read(path: Path, table: str) -> Rows:
    if not path.exists():
        return []
    schema = CANONICAL[table].schema
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [
        {key: _value(text, schema.field(key).type) for key, text in row.items()} for row in rows
    ]


def _value(text: str, kind: pa.DataType) -> Any:
    if text == "":
        return None
    if pa.types.is_boolean(kind):
        return text == "true"
    if pa.types.is_decimal(kind):
        return Decimal(text)
    if pa.types.is_timestamp(kind):
        return datetime.fromisoformat(text)
    return pa.scalar(text).cast(kind).as_py()


def read_terms(path: Path) -> Terms:
    """The terms of a folder: `terms.csv` with name and value, defaults where it says nothing."""
    told: dict[str, Any] = {"as_of": AS_OF}
    if path.exists():
        with path.open(newline="", encoding="utf-8") as file:
            told |= {row["name"]: row["value"] for row in csv.DictReader(file)}
    if isinstance(told["as_of"], str):
        told["as_of"] = datetime.fromisoformat(told["as_of"])
    if "ignored_users" in told:
        told["ignored_users"] = tuple(told["ignored_users"].split())
    numbers = ("pass_mark", "grade_zero_threshold", "time_max_minutes")
    return Terms(**{key: Decimal(v) if key in numbers else v for key, v in told.items()})
