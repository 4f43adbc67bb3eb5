"""The fact file of an hour of Amplitude: each event once, repeated uuids found and counted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gradeline.records.streams import POSITION_COLUMN
from gradeline.sources.product_events.fields import FACTS
from gradeline.sources.reading.fact_writer import SliceCounts
from gradeline.sources.reading.rejects import RejectSpool
from gradeline.sources.source import Reading
from gradeline.sources.sql import query
from gradeline.sources.tabular.views import map_reading_errors, open_reader

#: Compression of Parquet. Packed texts repeat so much that zstd's default, 3, makes no smaller
#: files.
_LEVEL = 1
#: Columns with statistics: those of all columns took a fifth of the time of writing.
_STATISTICS = [POSITION_COLUMN, "event_time", "server_upload_time"]
#: Columns that grow, or nearly so: their steps are written.
_STEPS = [POSITION_COLUMN, "event_id", "event_time", "server_upload_time"]
#: Columns without a dictionary: looking for repetitions where there are none took half of the time
#: of writing.
_UNLIKE = frozenset(
    {
        *_STEPS,
        *("uuid", "insert_id", "event_properties", "client_event_time", "client_upload_time"),
        *("server_received_time", "processed_time"),
    }
)
#: Rows that are written together at least: 14 MB of events wait for it.
_ROW_GROUP = 16_384
#: Memory for finding repeated uuids; beyond it DuckDB uses the disk. Four million need 100 MB.
_MEMORY_MB = 64
_DIGEST_BYTES = 16
#: Why a record is rejected whose uuid an earlier one has that is not the same record.
DUPLICATE = "duplicate_uuid: another record of this hour has its uuid"


class FactFile:
    """Writes events to a fact file that is whole at its path or not there, and counts records.

    Use it in a `with` block and call `finish` at its end.
    """

    def __init__(self, facts: Path) -> None:
        self.counts = SliceCounts(rejects=RejectSpool(facts.with_suffix(".broken")))
        self.position = 0  #: of the next record
        self._facts = facts
        self._temporary = facts.with_name(f"{facts.name}.part")
        self._writer: pq.ParquetWriter | None = None
        self._waiting: list[pa.Table] = []
        self._records: dict[str, int] = {}
        self._digest = 0

    def __enter__(self) -> FactFile:
        """Begin the file under a temporary name."""
        self._writer = _writer(self._temporary)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Move the file to its path, or remove it after an error or if it has no rows."""
        self._close()
        if kind is None and self.counts.stored:
            self._digest = _digest(self._temporary)
            self._temporary.replace(self._facts)
        self._temporary.unlink(missing_ok=True)

    def count_records(self, member: str, count: int) -> int:
        """Count records of a member; return the number of the first of them in it, from 1."""
        first = self._records.get(member, 0) + 1
        self._records[member] = first - 1 + count
        self.position += count
        return first

    def add(self, facts: pa.Table) -> None:
        """Write rows (schema FACTS)."""
        if not facts.num_rows:
            return
        self.counts.stored += facts.num_rows
        courses = pc.unique(facts["course_id"]).drop_null().to_pylist()
        span = pc.min_max(facts["event_time"])
        self.counts.include(courses, span["min"].as_py(), span["max"].as_py())
        self._waiting.append(facts)
        if sum(table.num_rows for table in self._waiting) >= _ROW_GROUP:
            self._write()

    def finish(self) -> None:
        """Rewrite the file without the rows whose uuid an earlier row has, if there are any."""
        self._write()
        self._close()
        repeated = _repeated_uuids(self._temporary) if self.counts.stored else []
        if not len(repeated):
            return
        once = self._temporary.with_name(f"{self._temporary.name}.once")
        first_digests: dict[str, bytes] = {}
        self.counts.stored = 0
        with _writer(once) as writer:
            for table in _row_groups(self._temporary):
                suspects = pc.indices_nonzero(pc.is_in(table["uuid"], repeated))
                rows = table.filter(self._firsts(table, suspects, first_digests))
                self.counts.stored += rows.num_rows
                writer.write_table(rows)
        once.replace(self._temporary)

    def to_reading(self, seed: str) -> Reading:
        """Return what became of all records; `seed`: what else the rows depend on, in hex."""
        return self.counts.to_reading(f"{self._digest ^ int(seed, 16):016x}")

    def _write(self) -> None:
        if self._writer is not None and self._waiting:
            self._writer.write_table(pa.concat_tables(self._waiting))
        self._waiting = []

    def _close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def _firsts(
        self, table: pa.Table, suspects: pa.Array, first_digests: dict[str, bytes]
    ) -> pa.Array:
        """Return which rows are the first of their uuid; count or reject the others."""
        later = []
        rows = table.take(suspects).drop_columns([POSITION_COLUMN]).to_pylist()
        for place, row in zip(suspects.to_pylist(), rows, strict=True):
            raw = msgspec.json.encode(row, enc_hook=str)
            digest = hashlib.blake2b(raw, digest_size=_DIGEST_BYTES).digest()
            first = first_digests.setdefault(row["uuid"], digest)
            if first is digest:
                continue
            later.append(place)
            if first == digest:
                self.counts.already_there += 1
                continue
            position = table[POSITION_COLUMN][place]
            self.counts.rejects.add(f"record {position}, as it was read", DUPLICATE, raw)
        return pc.invert(pc.is_in(pa.array(range(table.num_rows)), pa.array(later, pa.int64())))


def _repeated_uuids(facts: Path) -> pa.ChunkedArray:
    with (
        map_reading_errors("Amplitude's events", facts.name),
        open_reader(facts.parent, "UTC") as connection,
    ):
        connection.execute(f"SET memory_limit = '{_MEMORY_MB}MB'")
        connection.read_parquet(str(facts)).create_view("facts")
        return connection.sql(query("amplitude", "repeated_uuids")).to_arrow_table()["uuid"]


def _digest(path: Path) -> int:
    """Return a number for the bytes of a fact file, which are those of its rows in their order."""
    with path.open("rb") as file:
        whole = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=8))
    return int.from_bytes(whole.digest())


def _writer(path: Path) -> pq.ParquetWriter:
    return pq.ParquetWriter(
        path,
        FACTS,
        compression="zstd",
        compression_level=_LEVEL,
        store_schema=False,
        write_statistics=_STATISTICS,
        use_dictionary=[name for name in FACTS.names if name not in _UNLIKE],
        column_encoding=dict.fromkeys(_STEPS, "DELTA_BINARY_PACKED"),
    )


def _row_groups(path: Path) -> Iterator[pa.Table]:
    with pq.ParquetFile(path) as file:
        for number in range(file.num_row_groups):
            yield file.read_row_group(number).cast(FACTS)
