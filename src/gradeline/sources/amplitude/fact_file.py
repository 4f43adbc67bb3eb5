"""The facts of an hour as they are written: each event once, whatever came twice counted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gradeline.records.streams import POSITION_COLUMN
from gradeline.sources.amplitude.duplicates import Marks
from gradeline.sources.product_events.fields import FACTS
from gradeline.sources.reading.fact_writer import SliceCounts
from gradeline.sources.reading.rejects import RejectSpool
from gradeline.sources.source import Reading

#: What is packed repeats itself so much that zstd's default, 3, makes no smaller files.
_LEVEL = 1
#: Least and most are told of these alone: of all columns that took a fifth of the writing.
_STATISTICS = [POSITION_COLUMN, "event_time", "server_upload_time"]
#: Columns that grow, or nearly so: their steps are written.
_STEPS = [POSITION_COLUMN, "event_id", "event_time", "server_upload_time"]
#: Looking for repetitions in columns that have none took half of the writing.
_UNLIKE = frozenset(
    {
        *_STEPS,
        *("uuid", "insert_id", "event_properties", "client_event_time", "client_upload_time"),
        *("server_received_time", "processed_time"),
    }
)
#: Rows that are written together at least: 14 MB of events wait for it.
_ROW_GROUP = 16_384
_DIGEST_BYTES = 16
#: Why a record with an uuid that came before is set aside, where it is not the same record.
TWICE = "duplicate_uuid: another record of this hour has its uuid"


class Kept:
    """Writes good records to a fact file, whole at its path or not there; counts all."""

    def __init__(self, facts: Path) -> None:
        self.counts = SliceCounts(rejects=RejectSpool(facts.with_suffix(".broken")))
        self._facts = facts
        self._temporary = facts.with_name(f"{facts.name}.part")
        self._writer: pq.ParquetWriter | None = None
        self._open = ExitStack()
        self._marks = Marks()
        self._waiting: list[pa.Table] = []
        self._counted: dict[str, int] = {}
        self.position = 0  #: of the next record
        self._digest = 0

    def __enter__(self) -> Kept:
        """Begin the file, under another name."""
        self._open.enter_context(self._marks.kept_in(self._facts.parent))
        self._writer = _writer(self._temporary)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the file its name if all went well, else take it away."""
        self._open.close()
        if self._writer is not None:
            self._writer.close()
        if kind is None and self.counts.stored:
            self._digest = _digest(self._temporary)
            self._temporary.replace(self._facts)
        self._temporary.unlink(missing_ok=True)

    def records_of(self, member: str, more: int) -> int:
        """Count records of a member; the number that the first of them has in it, from 1."""
        first = self._counted.get(member, 0) + 1
        self._counted[member] = first - 1 + more
        self.position += more
        return first

    def add(self, facts: pa.Table, marks: pa.Array) -> None:
        """Write facts with the marks of their uuids; no uuid is twice among them."""
        if not facts.num_rows:
            return
        self._marks.add(marks)
        self.counts.stored += facts.num_rows
        courses = pc.unique(facts["course_id"]).drop_null().to_pylist()
        span = pc.min_max(facts["event_time"])
        self.counts.include(courses, span["min"].as_py(), span["max"].as_py())
        self._waiting.append(facts)
        if sum(each.num_rows for each in self._waiting) >= _ROW_GROUP:
            self._write()

    def _write(self) -> None:
        if self._writer is not None and self._waiting:
            self._writer.write_table(pa.concat_tables(self._waiting))
        self._waiting = []

    def finish(self) -> None:
        """All records were added: take those away whose uuid came before, in another file."""
        self._write()
        twice = self._marks.twice()
        if self._writer is None or not len(twice):
            return
        self._writer.close()
        once = self._temporary.with_name(f"{self._temporary.name}.once")
        self._writer = _writer(once)
        seen: dict[str, bytes] = {}
        self.counts.stored = 0
        for start, table in _row_groups(self._temporary):
            suspects = pc.is_in(self._marks.of(start, table.num_rows), twice)
            kept = table.filter(self._firsts(table, pc.indices_nonzero(suspects), seen))
            self.counts.stored += kept.num_rows
            self._writer.write_table(kept)
        self._writer.close()
        self._writer = None
        once.replace(self._temporary)

    def _firsts(self, table: pa.Table, suspects: pa.Array, seen: dict[str, bytes]) -> pa.Array:
        """Which rows are the first of their uuid; the others are counted or set aside."""
        later = []
        rows = table.take(suspects).drop_columns([POSITION_COLUMN]).to_pylist()
        for place, row in zip(suspects.to_pylist(), rows, strict=True):
            raw = msgspec.json.encode(row, enc_hook=str)
            own = hashlib.blake2b(raw, digest_size=_DIGEST_BYTES).digest()
            first = seen.setdefault(row["uuid"], own)
            if first is own:
                continue
            later.append(place)
            if first == own:
                self.counts.already_there += 1
                continue
            position = table[POSITION_COLUMN][place]
            self.counts.rejects.add(f"record {position}, as it was read", TWICE, raw)
        return pc.invert(pc.is_in(pa.array(range(table.num_rows)), pa.array(later, pa.int64())))

    def reading(self, seed: str) -> Reading:
        """What became of all records; `seed` is whatever else rows depend on, in hex."""
        return self.counts.to_reading(f"{self._digest ^ int(seed, 16):016x}")


def _digest(path: Path) -> int:
    """A number for the bytes of a fact file, which are those of its rows in their order."""
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


def _row_groups(path: Path) -> Iterator[tuple[int, pa.Table]]:
    """The tables of a fact file, each with the number of rows before it."""
    start = 0
    with pq.ParquetFile(path) as file:
        for number in range(file.num_row_groups):
            table = file.read_row_group(number).cast(FACTS)
            yield start, table
            start += table.num_rows
