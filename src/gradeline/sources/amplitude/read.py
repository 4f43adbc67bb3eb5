"""Reading one hour of an export: lines to facts in one pass, broken ones to quarantine."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from gradeline.records.slices import PlannedSlice
from gradeline.records.streams import POSITION_COLUMN, SLICE_COLUMN
from gradeline.sources.amplitude.fact_file import DUPLICATE, FactFile
from gradeline.sources.amplitude.lines import Lines, LongLine, lines_of, members_of
from gradeline.sources.amplitude.parse import EventParser, ParsedEvents, split
from gradeline.sources.amplitude.properties import MappedColumns, PropertyMapper
from gradeline.sources.id_columns import normalize_array
from gradeline.sources.product_events.field_mappings import FieldMappings
from gradeline.sources.product_events.fields import FACTS, IDS
from gradeline.sources.source import Reading

#: Pieces of lines that are parsed at once.
_AT_ONCE = 2


class ExportReader:
    """Reads exports as the mappings say."""

    def __init__(self, mappings: FieldMappings) -> None:
        self._digest = mappings.digest
        self._mapper = PropertyMapper(mappings)
        self._parser = EventParser()

    def read(self, planned: PlannedSlice, export: Path, facts: Path) -> Reading:
        """Write the hour's events to `facts` and return what became of all records.

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
        members = members_of(export, planned.starts_at)
        with FactFile(facts) as file:
            hour = _HourWriter(planned, file)
            for part, parsed in self._parse(lines_of(export, members)):
                if isinstance(part, LongLine):
                    hour.reject_long_line(part)
                elif parsed is not None:
                    hour.add(part, parsed, self._mapper.map_records(parsed.records))
            file.finish()
        return file.to_reading(self._digest)

    def _parse(
        self, parts: Iterable[Lines | LongLine]
    ) -> Iterator[tuple[Lines | LongLine, ParsedEvents | None]]:
        """Yield each part with its events, in the order of the parts; parse some at once."""
        waiting: deque[tuple[Lines | LongLine, Future[ParsedEvents] | None]] = deque()
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="parse") as pool:
            for part in parts:
                if isinstance(part, LongLine):
                    waiting.append((part, None))
                    continue
                waiting.append((part, pool.submit(self._parser.parse, part.text)))
                if len(waiting) > _AT_ONCE:
                    yield _result(*waiting.popleft())
            while waiting:
                yield _result(*waiting.popleft())


def _result(
    part: Lines | LongLine, task: Future[ParsedEvents] | None
) -> tuple[Lines | LongLine, ParsedEvents | None]:
    return part, None if task is None else task.result()


class _HourWriter:
    """Adds the records of one hour: good ones to the facts, others to quarantine."""

    def __init__(self, planned: PlannedSlice, file: FactFile) -> None:
        kind = FACTS.field("server_upload_time").type
        self._slice = str(planned.slice)
        self._start = pa.scalar(planned.starts_at, kind)
        self._end = pa.scalar(planned.ends_at, kind)
        self._file = file

    def reject_long_line(self, part: LongLine) -> None:
        """Reject a line that is too long to be an event."""
        number = self._file.count_records(part.member, 1)
        reason = f"too_long: a line of {part.length} bytes is not an event; its beginning is kept"
        self._reject(part.member, number, part.head, reason)

    def add(self, part: Lines, parsed: ParsedEvents, mapped: MappedColumns) -> None:
        """Add the good records of some lines, each once; reject the others."""
        count = parsed.records.num_rows + len(parsed.broken)
        position = self._file.position
        number = self._file.count_records(part.member, count)
        rows = range(count) if parsed.rows is None else parsed.rows
        for row, reason in parsed.broken:
            self._reject(part.member, number + row, (parsed.lines or [])[row], reason)
        facts = self._facts(parsed.records, mapped.columns, [position + row for row in rows])
        if mapped.faults:
            lines = parsed.lines or split(part.text)
            for place, reason in mapped.faults.items():
                self._reject(part.member, number + rows[place], lines[rows[place]], reason)
            sound = [place not in mapped.faults for place in range(facts.num_rows)]
            facts = facts.filter(pa.array(sound, pa.bool_()))
            rows = [row for row, is_sound in zip(rows, sound, strict=True) if is_sound]
        if pc.count_distinct(facts["uuid"]).as_py() < facts.num_rows:
            repeated = self._repeated(facts, part, [number + row for row in rows])
            firsts = pc.invert(pc.is_in(_numbers(facts.num_rows), pa.array(repeated, pa.int64())))
            facts = facts.filter(firsts)
        self._file.add(facts)

    def _facts(
        self, records: pa.Table, mapped: Mapping[str, pa.Array], positions: Sequence[int]
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
        columns |= {name: normalize_array(columns[name]) for name in ("user_id", *IDS)}
        return pa.table([columns[name] for name in FACTS.names], schema=FACTS)

    def _repeated(self, facts: pa.Table, part: Lines, numbers: Sequence[int]) -> list[int]:
        """Return rows whose uuid came before: the same record is counted, another rejected."""
        seen: dict[str, int] = {}
        later = []
        for row, uuid in enumerate(facts["uuid"].to_pylist()):
            first = seen.setdefault(uuid, row)
            if first == row:
                continue
            later.append(row)
            one, other = facts.take([first, row]).drop_columns([POSITION_COLUMN]).to_pylist()
            if one == other:
                self._file.counts.already_there += 1
                continue
            line = split(part.text)[numbers[row] - numbers[0]]
            self._reject(part.member, numbers[row], line, DUPLICATE)
        return later

    def _reject(self, member: str, number: int, line: bytes, reason: str) -> None:
        self._file.counts.rejects.add(f"{member}, record {number}", reason, line)


def _numbers(count: int) -> pa.Array:
    return pa.array(range(count), pa.int64())
