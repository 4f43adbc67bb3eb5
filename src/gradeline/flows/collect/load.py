"""Load: facts become rows of the warehouse; rows, quarantine and ledger change together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from gradeline.engine import Engine, FactObjects, RowSession
from gradeline.records.streams import SLICE_ID_COLUMN, SMALL_SHARE, RowTable, Stream
from gradeline.sources.source import Reading
from gradeline.warehouse import Connection, Database
from gradeline.warehouse.rows import load
from gradeline.warehouse.slices import ledger, quarantine
from gradeline.warehouse.slices.entry import Entry, SettledVersion

#: Rows that go from the engine to the warehouse at a time: 1 MB of the widest events. Four times
#: as many take no less time, and 25 MB more.
_BATCH_ROWS = 2048


@dataclass(frozen=True, kw_only=True)
class ReadSlice:
    """A slice that was read: its ledger entry, its facts on this machine and in the lake."""

    entry: Entry
    stream: Stream
    reading: Reading
    facts: Path  #: the fact file in the spool
    fact_key: str | None  #: its key in the lake; null where the slice holds nothing


@dataclass(frozen=True, kw_only=True)
class SliceFacts:
    """The facts of one slice, where an engine finds them."""

    slice_id: int
    schema: pa.Schema  #: of the stream
    location: str | None  #: as engines name it; null = there are none


def load_slice(done: ReadSlice, database: Database, engine: Engine) -> None:
    """Store the slice's rows and broken records and settle it, all in one transaction.

    Raises:
        WarehouseError, DiskFull: nothing of it was stored.
    """
    with database.connect() as connection:
        slice_id = done.entry.slice_id
        facts = SliceFacts(
            slice_id=slice_id,
            schema=done.stream.schema,
            location=None if done.fact_key is None else str(done.facts),
        )
        if not _is_there(done):
            tables = done.stream.tables
            with engine.row_session(share=max(map(_share, tables), default=SMALL_SHARE)) as session:
                for table in tables:
                    load_table(connection, table, facts, session)
        quarantine.replace(connection, slice_id, done.reading.broken)
        ledger.settle(connection, slice_id, _settled(done))


def load_table(
    connection: Connection, table: RowTable, facts: SliceFacts, session: RowSession
) -> None:
    """Make the rows of a slice in one table those that its facts give, as the caller commits."""
    if facts.location is None:
        load.load_rows(connection, table, facts.slice_id, iter(()))
        return
    objects = FactObjects(locations=[facts.location], schema=facts.schema)
    own = [name for name in table.schema.names if name != SLICE_ID_COLUMN]

    def give(columns: Sequence[str] | None) -> pa.RecordBatchReader:
        shape = pa.schema([table.schema.field(name) for name in columns or own])
        return session.rows(objects, table.query, shape, rows=_BATCH_ROWS)

    load.load_rows(connection, table, facts.slice_id, load.Repeatable(give=give))


def _share(table: RowTable) -> float:
    return SMALL_SHARE if table.query is None else table.query.share


def _is_there(done: ReadSlice) -> bool:
    """Whether the rows of these very facts, read by the same reader, are in the tables already."""
    entry, reading = done.entry, done.reading
    if entry.fingerprint is None or (entry.stored, entry.checksum) != (
        reading.stored,
        reading.checksum,
    ):
        return False
    same_reader = entry.reader is not None and entry.fingerprint.startswith(entry.reader)
    return same_reader or (done.fact_key is not None and done.fact_key == entry.fact_key)


def _settled(done: ReadSlice) -> SettledVersion:
    reading = done.reading
    return SettledVersion(
        fingerprint=done.entry.planned_fingerprint,
        received=reading.received,
        stored=reading.stored,
        already_there=reading.already_there,
        quarantined=reading.quarantined,
        checksum=reading.checksum,
        fact_key=done.fact_key,
        courses=reading.courses,
        earliest=reading.earliest,
        latest=reading.latest,
    )
