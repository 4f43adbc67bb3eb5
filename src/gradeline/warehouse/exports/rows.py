"""Rows of exports as the database itself writes them: a million in seconds, in flat memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gradeline.records.exports import ExportFilters
from gradeline.records.measures import Z
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "export_rows"


@dataclass(frozen=True, kw_only=True)
class RowTable:
    """A table that is exported."""

    query: str  #: its name in `export_rows.sql`
    columns: tuple[str, ...]  #: in their order
    texts: frozenset[int]  #: places of those that hold texts of people


def _table(name: str, columns: str, texts: str) -> RowTable:
    names = tuple(columns.split())
    return RowTable(
        query=name, columns=names, texts=frozenset(names.index(text) for text in texts.split())
    )


#: One line per learner of the group, sorted by name; those without an attempt too.
LEARNERS = _table(
    "learners",
    "learner_id name email attempts correct avg_accuracy avg_accuracy_low avg_accuracy_high"
    " first_try_accuracy unaided_accuracy avg_score hints_usage hints_per_attempt avg_time_s"
    " median_time_s newest_at",
    "learner_id name email",
)
#: One line per graded attempt that was made in the group.
ATTEMPTS = _table(
    "attempts",
    "attempt_id learner_id name email course_id item_id topic_id level_id kind correct score hints"
    " duration_s at day",
    "attempt_id learner_id name email course_id item_id topic_id level_id",
)


def read(
    connection: Connection,
    table: RowTable,
    group_id: str,
    filters: ExportFilters,
    limit: int | None = None,
) -> Iterator[bytes]:
    """Yield the lines of a table, each as CSV in UTF-8 with its line end.

    Args:
        connection: in a transaction that shows what whoever asks may see.
        table: what is read.
        group_id: of the group.
        filters: which attempts count.
        limit: lines at most; None = all.
    """
    values = {
        "group_id": group_id,
        "topics": list(filters.topic_ids) or None,
        "since": filters.since,
        "until": filters.until,
        "limit": limit,
        "z": Z,
    }
    with connection.cursor().copy(query(_FILE, table.query), values) as copy:
        for line in copy:
            yield bytes(line)
