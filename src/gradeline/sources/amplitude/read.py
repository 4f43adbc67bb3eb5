"""Reading one hour of an export: lines to typed facts in one pass, broken ones set aside."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from gradeline.records.slices import PlannedSlice
from gradeline.records.streams import POSITION_COLUMN, SLICE_COLUMN
from gradeline.sources.amplitude.duplicates import marks_of
from gradeline.sources.amplitude.fact_file import TWICE, Kept
from gradeline.sources.amplitude.lines import Lines, LongLine, lines_of, members_of
from gradeline.sources.amplitude.parse import Typed, Typist, split
from gradeline.sources.amplitude.properties import PropertyMapper
from gradeline.sources.product_events.field_mappings import FieldMappings
from gradeline.sources.product_events.fields import FACTS
from gradeline.sources.source import Reading

#: Pieces that are typed at once.
_AT_ONCE = 2


class Reader:
    """Reads exports as the mappings say."""

    def __init__(self, mappings: FieldMappings) -> None:
        self._digest = mappings.digest
        self._mapper = PropertyMapper(mappings)
        self._typist = Typist()

    def read(self, planned: PlannedSlice, export: Path, facts: Path) -> Reading:
        """Write the hour's events to `facts` and say what became of all records.

        Raises:
            WrongAnswer: the export is damaged, or its form has changed.
            UnsafeArchive: it could do harm.
        """
        try:
            return self._read(planned, export, facts)
        finally:
            # What reading needed, loading needs too: 50 MB that would be held beside it.
            pa.default_memory_pool().release_unused()

    def _read(self, planned: PlannedSlice, export: Path, facts: Path) -> Reading:
        if planned.starts_at is None or planned.ends_at is None:
            raise ValueError(f"{planned.slice} has no hour")
        hour = members_of(export, planned.starts_at)
        with Kept(facts) as kept:
            taking = _Taking(planned, kept)
            for part, typed in self._typed(lines_of(export, hour)):
                if isinstance(part, LongLine):
                    taking.long_line(part)
                elif typed is not None:
                    mapped = self._mapper.columns(typed.records)
                    taking.records(part, typed, mapped)
            kept.finish()
        return kept.reading(self._digest)

    def _typed(
        self, parts: Iterable[Lines | LongLine]
    ) -> Iterator[tuple[Lines | LongLine, Typed | None]]:
        """Each part with its records, in the order of the parts; some are typed at once."""
        waiting: deque[tuple[Lines | LongLine, Future[Typed] | None]] = deque()
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="type") as pool:
            for part in parts:
                if isinstance(part, LongLine):
                    waiting.append((part, None))
                    continue
                task = pool.submit(self._typist.typed, part.text)
                waiting.append((part, task))
                if len(waiting) > _AT_ONCE:
                    yield _ended(*waiting.popleft())
            while waiting:
                yield _ended(*waiting.popleft())


def _ended(
    part: Lines | LongLine, task: Future[Typed] | None
) -> tuple[Lines | LongLine, Typed | None]:
    return part, None if task is None else task.result()


class _Taking:
    """Takes the records of one hour: good ones to the facts, others to quarantine."""

    def __init__(self, planned: PlannedSlice, kept: Kept) -> None:
        kind = FACTS.field("server_upload_time").type
        self._slice = str(planned.slice)
        self._start = pa.scalar(planned.starts_at, kind)
        self._end = pa.scalar(planned.ends_at, kind)
        self._kept = kept

    def long_line(self, part: LongLine) -> None:
        """Set aside a line that is too long to be an event."""
        place = f"{part.member}, record {self._kept.records_of(part.member, 1)}"
        reason = f"too_long: a line of {part.length} bytes is not an event; its beginning is kept"
        self._kept.counts.rejects.add(place, reason, part.head)

    def records(self, part: Lines, typed: Typed, mapped: Mapping[str, pa.Array]) -> None:
        """Keep the good records of some lines, each once."""
        count = typed.records.num_rows + len(typed.broken)
        start = self._kept.position
        before = self._kept.records_of(part.member, count)
        rows = range(count) if typed.rows is None else typed.rows
        for row, reason in typed.broken:
            self._set_aside(part, before + row, (typed.lines or [])[row], reason)
        marks = marks_of(typed.records["uuid"])
        facts = self._facts(typed.records, mapped, [start + row for row in rows])
        if pc.count_distinct(marks).as_py() < len(marks):
            later = self._later_twins(facts, part, [before + row for row in rows])
            first = pc.invert(pc.is_in(_numbers(len(marks)), pa.array(later, pa.int64())))
            facts, marks = facts.filter(first), marks.filter(first)
        self._kept.add(facts, marks)

    def _facts(
        self, records: pa.Table, mapped: Mapping[str, pa.Array], positions: list[int]
    ) -> pa.Table:
        uploaded = records["server_upload_time"]
        stray = pc.or_(pc.less(uploaded, self._start), pc.greater_equal(uploaded, self._end))
        columns = {
            **dict(zip(records.column_names, records.columns, strict=True)),
            **mapped,
            SLICE_COLUMN: pa.repeat(self._slice, records.num_rows),
            POSITION_COLUMN: pa.array(positions, pa.int64()),
            "stray": stray,
        }
        return pa.table([columns[name] for name in FACTS.names], schema=FACTS)

    def _later_twins(self, facts: pa.Table, part: Lines, numbers: list[int]) -> list[int]:
        """Rows whose uuid came before; the same record again is counted, another set aside."""
        seen: dict[str, int] = {}
        later = []
        for row, uuid in enumerate(facts["uuid"].to_pylist()):
            first = seen.setdefault(uuid, row)
            if first == row:
                continue
            later.append(row)
            one, other = facts.take([first, row]).drop_columns([POSITION_COLUMN]).to_pylist()
            if one == other:
                self._kept.counts.already_there += 1
                continue
            line = split(part.text)[numbers[row] - numbers[0]]
            self._set_aside(part, numbers[row], line, TWICE)
        return later

    def _set_aside(self, part: Lines, number: int, line: bytes, reason: str) -> None:
        place = f"{part.member}, record {number}"
        self._kept.counts.rejects.add(place, reason, line)


def _numbers(count: int) -> pa.Array:
    return pa.array(range(count), pa.int64())
