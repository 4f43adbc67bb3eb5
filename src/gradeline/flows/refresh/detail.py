"""Read the graded attempts that are published one by one, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from gradeline.engine import Session
from gradeline.metrics import Terms
from gradeline.metrics.detail import graded_attempts, left_out_since
from gradeline.metrics.family import built_once
from gradeline.records.tables import INSTANT

_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("course_id", "attempt_id", "learner_id")),
        ("group_ids", pa.list_(pa.string())),
        *((name, pa.string()) for name in ("item_id", "topic_id", "level_id", "kind")),
        ("correct", pa.bool_()),
        ("first", pa.bool_()),
        ("score_millionths", pa.int64()),
        ("hints", pa.int32()),
        ("duration_ms", pa.int64()),
        ("response", pa.string()),
        ("at", INSTANT),
        ("day", pa.date32()),
    ]
)


class AttemptDetail:
    """The graded attempts of the courses to compute, and of which courses some are left out."""

    def __init__(
        self, session: Session, tables: Mapping[str, ir.Table], courses: pa.Table, terms: Terms
    ) -> None:
        """Prepare; nothing is read.

        Args:
            session: where the tables are.
            tables: what `prepare` returned for the courses to compute.
            courses: course_id (text) of every course there is, computed or not.
            terms: how many days there are of each course.
        """
        listed = session.memory_table("listed_courses", courses.select(["course_id"]))
        known = {**tables, "courses": listed}
        self._session = session
        self._rows = built_once(graded_attempts, known, terms.of_day())
        self._since = built_once(left_out_since, known, terms.of_day())

    def rows(self) -> pa.RecordBatchReader:
        """Return rows of graded_attempts, computed as they are read."""
        return pa.RecordBatchReader.from_batches(_SCHEMA, self._batches())

    def since(self) -> pa.Table:
        """Return rows of graded_attempts_since."""
        return self._session.run(self._since)

    def _batches(self) -> Iterator[pa.RecordBatch]:
        for batch in self._session.stream(self._rows):
            at = pc.cast(batch["us"], INSTANT)
            columns = {name: batch[name] for name in _SCHEMA.names if name != "at"} | {"at": at}
            yield pa.record_batch(
                [columns[name].cast(_SCHEMA.field(name).type) for name in _SCHEMA.names],
                schema=_SCHEMA,
            )
