"""Load: turn facts into rows of the warehouse; quarantine and ledger change with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa

from gradeline.engine import Engine, FactObjects, RowSession
from gradeline.records.streams import SLICE_ID_COLUMN, SMALL_SHARE, RowTable, Stream
from gradeline.sources.source import Reading
from gradeline.warehouse import Connection
from gradeline.warehouse.rows import load
from gradeline.warehouse.slices import ledger, quarantine
from gradeline.warehouse.slices.entry import Entry, SettledVersion

#: Rows that go from the engine to the warehouse at a time: 1 MB of the widest events. Four times
#: as many take no less time, and 25 MB more.
_BATCH_ROWS = 2048


@dataclass(frozen=True, kw_only=True)
class SliceFacts:
    """What reading a slice gave: its facts on this machine and in the lake."""

    reading: Reading
    path: Path  #: the fact file in the spool
    key: str | None  #: its key in the lake; None where nothing was stored


def load_slice(
    connection: Connection, engine: Engine, entry: Entry, stream: Stream, facts: SliceFacts
) -> None:
    """Store the slice's rows and rejected records and settle it, as the caller commits.

    Raises:
        WarehouseError, DiskFull: the caller's transaction must end.
    """
    courses = facts.reading.courses
    if not _is_loaded(entry, facts):
        locations = [] if facts.key is None else [str(facts.path)]
        objects = FactObjects(locations=locations, schema=stream.schema)
        share = max(map(_share, stream.tables), default=SMALL_SHARE)
        with engine.row_session(share=share) as session:
            for table in stream.tables:
                result = load_table(connection, table, entry.slice_id, objects, session)
                if result.changed and _moves_courses(table):
                    courses = None  # it took rows over that may have been of any course
    quarantine.replace(connection, entry.slice_id, facts.reading.broken)
    ledger.settle(connection, entry.slice_id, _settled_version(entry, facts, courses))


def load_table(
    connection: Connection, table: RowTable, slice_id: int, facts: FactObjects, session: RowSession
) -> load.LoadResult:
    """Make a slice's rows in one table those that its facts give, as the caller commits."""
    if not facts.locations:
        return load.load_rows(connection, table, slice_id, iter(()))
    own = [name for name in table.schema.names if name != SLICE_ID_COLUMN]

    def give(columns: Sequence[str] | None) -> pa.RecordBatchReader:
        shape = pa.schema([table.schema.field(name) for name in columns or own])
        return session.rows(facts, table.query, shape, rows=_BATCH_ROWS)

    return load.load_rows(connection, table, slice_id, load.Repeatable(give=give))


def _share(table: RowTable) -> float:
    return SMALL_SHARE if table.query is None else table.query.share


def _moves_courses(table: RowTable) -> bool:
    """Whether a row that a slice takes over from another may have been of another course."""
    return SLICE_ID_COLUMN not in table.key and "course_id" in table.schema.names


def _is_loaded(entry: Entry, facts: SliceFacts) -> bool:
    """Whether the rows of these very facts, read by the same reader, are in the tables already."""
    reading = facts.reading
    same_rows = (entry.counts.stored, entry.checksum) == (reading.counts.stored, reading.checksum)
    if entry.fingerprint is None or not same_rows:
        return False
    same_reader = entry.reader is not None and entry.fingerprint.startswith(entry.reader)
    return same_reader or (facts.key is not None and facts.key == entry.fact_key)


def _settled_version(
    entry: Entry, facts: SliceFacts, courses: frozenset[str] | None
) -> SettledVersion:
    reading = facts.reading
    lines = [asdict(each) for each in reading.lines]
    return SettledVersion(
        fingerprint=entry.planned_fingerprint,
        counts=reading.counts,
        checksum=reading.checksum,
        fact_key=facts.key,
        courses=courses,
        earliest=reading.earliest,
        latest=reading.latest,
        notes={**reading.notes, **({"lines": lines} if lines else {})},
    )
