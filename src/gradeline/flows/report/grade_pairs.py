"""Compute what each learner reached in each item, from facts: too many rows to be results."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from gradeline.flows.parts import Parts
from gradeline.flows.refresh.canonical import canonical_session
from gradeline.metrics import Terms
from gradeline.metrics.families import STAGES
from gradeline.metrics.roster import named
from gradeline.records.course_report import GradeStanding

#: The stages that pairs are computed from; the others would read every event.
_STAGES = ("ignored", "staff", "stays", "tries", "pairs")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLIONTHS_IN_PERCENT = 10_000


class GradePairs:
    """What learners reached in the items of some courses."""

    def __init__(self, rows: pa.Table) -> None:
        """Take the rows: course_id and the columns of GradeStanding, in no order."""
        self._rows = rows

    def of_course(self, course_id: str) -> tuple[GradeStanding, ...]:
        """Return the pairs of one course, sorted by learner and item."""
        rows = self._rows.filter(pc.equal(self._rows["course_id"], course_id))
        pairs = [_standing(row) for row in rows.drop(["course_id"]).to_pylist()]
        return tuple(sorted(pairs, key=lambda pair: (pair.learner_id, pair.item_id or "")))


def find_grade_pairs(parts: Parts, terms: Terms, course_ids: Collection[str]) -> GradePairs:
    """Compute the pairs of these courses, in one query.

    Raises:
        LakeError, EngineError: the facts cannot be read.
    """
    with canonical_session(parts) as (session, canonical):
        tables = dict(canonical)
        tables["attempts"] = tables["attempts"].filter(
            tables["attempts"].course_id.isin(sorted(course_ids))
        )
        for stage in STAGES:
            if stage.name in _STAGES:
                expression = stage.expression(tables, terms)
                tables[stage.name] = session.materialize(f"pairs_{stage.name}", expression)
        return GradePairs(session.run(_add_names(tables, terms)))


def _add_names(tables: Mapping[str, ir.Table], terms: Terms) -> ir.Table:
    """Return the stage `pairs` with the names of learners and items."""
    pairs = tables["pairs"]
    people = named(tables["learners"])
    items = tables["items"].select("course_id", "item_id", "title")
    rows = pairs.left_join(people, "learner_id").drop("learner_id_right")
    rows = rows.left_join(items, ["course_id", "item_id"])
    return rows.select(
        *("course_id", "learner_id", "name", "email", "item_id", "title"),
        *("submissions", "best_u", "newest"),
        completed=(rows.best_u > terms.zero_score).fill_null(False),
    )


def _standing(row: dict[str, Any]) -> GradeStanding:
    best, newest = row.pop("best_u"), row.pop("newest")
    return GradeStanding(
        grade=None if best is None else best / _MILLIONTHS_IN_PERCENT,
        newest_at=_EPOCH + timedelta(microseconds=newest),
        **row,
    )
