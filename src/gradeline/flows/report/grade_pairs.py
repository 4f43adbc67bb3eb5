"""What each learner reached in each item, straight from the facts: too many rows for results."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from gradeline.flows.parts import Parts
from gradeline.flows.refresh.canonical import open_canonical_tables
from gradeline.metrics import Terms
from gradeline.metrics.families import STAGES
from gradeline.records.course_report import GradeStanding
from gradeline.warehouse import results
from gradeline.warehouse.slices import ledger

#: The stages that pairs are made from; the others would read every click.
_STAGES = ("ignored", "staff", "tries", "pairs")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLIONTHS_IN_PERCENT = 10_000


class GradePairs:
    """The pairs of learner and item of some courses."""

    def __init__(self, rows: pa.Table) -> None:
        self._rows = rows

    def of_course(self, course_id: str) -> tuple[GradeStanding, ...]:
        """The pairs of one course, sorted by learner and item."""
        mine = self._rows.filter(pc.equal(self._rows["course_id"], course_id))
        found = [_standing(row) for row in mine.drop(["course_id"]).to_pylist()]
        return tuple(sorted(found, key=lambda each: (each.learner_id, each.item_id or "")))


def find_grade_pairs(parts: Parts, terms: Terms, course_ids: Collection[str]) -> GradePairs:
    """The pairs of these courses, in one question to the engine.

    Raises:
        LakeError, EngineError: the facts cannot be read.
    """
    with parts.database.connect() as connection:
        facts = ledger.snapshot(connection)
        links = results.links(connection)
    with parts.engine.session(parts.lake.filesystem()) as session:
        tables = dict(open_canonical_tables(session, facts, parts.lake, links))
        tables["attempts"] = tables["attempts"].filter(
            tables["attempts"].course_id.isin(sorted(course_ids))
        )
        for stage in STAGES:
            if stage.name in _STAGES:
                found = stage.expression(tables, terms)
                tables[stage.name] = session.materialize(f"pairs_{stage.name}", found)
        rows = session.run(_described(tables, terms))
    return GradePairs(rows)


def _described(tables: dict[str, ir.Table], terms: Terms) -> ir.Table:
    pairs = tables["pairs"]
    people = tables["learners"].select("learner_id", "name", "email")
    people = people.group_by("learner_id").agg(name=people.name.max(), email=people.email.max())
    items = tables["items"].select("course_id", "item_id", "title")
    rows = pairs.left_join(people, "learner_id").drop("learner_id_right")
    rows = rows.left_join(items, ["course_id", "item_id"])
    return rows.select(
        "course_id",
        "learner_id",
        "name",
        "email",
        "item_id",
        "title",
        "submissions",
        "best_u",
        "newest",
        completed=(rows.best_u > terms.zero_score).fill_null(False),
    )


def _standing(row: dict[str, Any]) -> GradeStanding:
    best, newest = row.pop("best_u"), row.pop("newest")
    return GradeStanding(
        grade=None if best is None else best / _MILLIONTHS_IN_PERCENT,
        newest_at=_EPOCH + timedelta(microseconds=newest),
        **row,
    )
