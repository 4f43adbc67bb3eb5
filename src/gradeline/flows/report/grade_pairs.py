"""Compute what each learner reached in each item, from facts: too many rows to be results."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from gradeline.flows.parts import Parts
from gradeline.flows.refresh.canonical import canonical_session
from gradeline.flows.report.spool import map_disk_full
from gradeline.metrics import Terms
from gradeline.metrics.families import STAGES
from gradeline.metrics.family import built
from gradeline.metrics.roster import named
from gradeline.records.course_report import GradeStanding

#: The stages that pairs are computed from; the others would read every event.
_STAGES = ("ignored", "staff", "stays", "tries", "pairs")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLIONTHS_IN_PERCENT = 10_000
_COLUMNS = (
    *("learner_id", "name", "email", "item_id", "title"),
    *("submissions", "best_u", "newest", "completed"),
)


@dataclass(frozen=True, kw_only=True)
class StoredPairs:
    """What learners reached in the items of one course, read from a file as it is iterated."""

    path: Path  #: its pairs as Arrow batches; there is none where nobody submitted anything

    def __iter__(self) -> Iterator[GradeStanding]:
        """Yield the pairs, sorted by learner and item."""
        if self.path.exists():
            with pa.OSFile(str(self.path)) as file, pa.ipc.open_stream(file) as batches:
                for batch in batches:
                    yield from _standings(batch)


class GradePairs:
    """What learners reached in the items of some courses, in files of a folder."""

    def __init__(self, folder: Path) -> None:
        """Take the folder: it holds the pairs as long as they are read."""
        self._folder = folder

    def of_course(self, course_id: str) -> StoredPairs:
        """Return the pairs of one course."""
        name = hashlib.sha256(course_id.encode()).hexdigest()
        return StoredPairs(path=self._folder / f"{name}.arrow")

    def store(self, batches: Iterable[pa.RecordBatch]) -> None:
        """Write the pairs of several courses: course_id and columns, sorted by course."""
        with ExitStack() as stack:
            current, write = None, None
            for batch in batches:
                for course_id in pc.unique(batch["course_id"]).to_pylist():
                    rows = batch.filter(pc.equal(batch["course_id"], course_id))
                    if write is None or course_id != current:
                        stack.close()
                        path = self.of_course(course_id).path
                        write = stack.enter_context(pa.ipc.new_stream(path, rows.schema))
                        current = course_id
                    write.write_batch(rows)


def find_grade_pairs(
    parts: Parts, terms: Terms, folder: Path, course_ids: Collection[str]
) -> GradePairs:
    """Compute the pairs of these courses in one query, and store them in a folder.

    Raises:
        LakeError, EngineError, DiskFull: the facts cannot be read, or pairs cannot be stored.
    """
    pairs = GradePairs(folder)
    with canonical_session(parts) as (session, canonical):
        tables = dict(canonical)
        tables["attempts"] = tables["attempts"].filter(
            tables["attempts"].course_id.isin(sorted(course_ids))
        )
        for stage in STAGES:
            if stage.name in _STAGES:
                expression = built(stage, tables, terms)
                tables[stage.name] = session.materialize(f"pairs_{stage.name}", expression)
        named = _add_names(tables, terms)
        order = ["course_id", "learner_id", named.item_id.fill_null("")]
        with map_disk_full(folder):
            pairs.store(session.stream(named.order_by(order)))
    return pairs


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


def _standings(batch: pa.RecordBatch) -> Iterator[GradeStanding]:
    columns = {name: batch[name].to_pylist() for name in batch.schema.names}
    for row in zip(*(columns[name] for name in _COLUMNS), strict=True):
        learner_id, name, email, item_id, title, submissions, best, newest, completed = row
        yield GradeStanding(
            learner_id=learner_id,
            name=name,
            email=email,
            item_id=item_id,
            title=title,
            submissions=submissions,
            grade=None if best is None else best / _MILLIONTHS_IN_PERCENT,
            completed=completed,
            newest_at=_EPOCH + timedelta(microseconds=newest),
        )
