"""The `planification` source: what people write under planification/, for courses of any source."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from gradeline.base.errors import InputBroken
from gradeline.records.counts import Counts
from gradeline.records.course_list import CourseList
from gradeline.records.slices import PlannedSlice, RejectedRecord, Slice
from gradeline.records.streams import (
    POSITION_COLUMN,
    SLICE_COLUMN,
    SLICE_ID_COLUMN,
    RowTable,
    Stream,
)
from gradeline.sources.planification.match import match
from gradeline.sources.source import CourseFiles, Kind, Plan, PlanRequest, RawFile, Reading

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = "planification"
STREAM = "plan"
#: Raised when reading changes, so that every file is read again.
VERSION = 1

_COLUMNS = (
    pa.field("course_id", pa.string(), nullable=False),
    pa.field("item_id", pa.string(), nullable=False),
    pa.field("title", pa.string()),
    pa.field("due_on", pa.date32(), nullable=False),
    pa.field("status", pa.string(), nullable=False),
)
_POSITION = pa.field(POSITION_COLUMN, pa.int64(), nullable=False)
FACTS = pa.schema([pa.field(SLICE_COLUMN, pa.string(), nullable=False), _POSITION, *_COLUMNS])
PLAN = RowTable(
    name="planification_plan",
    schema=pa.schema([pa.field(SLICE_ID_COLUMN, pa.int64(), nullable=False), _POSITION, *_COLUMNS]),
    key=(SLICE_ID_COLUMN, "item_id"),
)
_NEEDED = ("date", "assessment_id")
#: `31/12/2024`, as spreadsheets in Spanish write it.
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ACTIVE = "active"


class PlanFiles(Protocol):
    """The plan files of people, by names such as `Matematicas/lecciones.csv`."""

    def names(self) -> Sequence[str]:
        """Return the name of every plan file there is."""
        ...

    def read(self, name: str) -> bytes | None:
        """Return the bytes of one file; None where it is gone."""
        ...


def to_canonical(streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Map the plan rows to the canonical table `plan`."""
    from gradeline.sources.canonical import fitted  # imports Ibis

    return {"plan": fitted(streams[STREAM], "plan")}


#: What there is to know of this kind.
PLANIFICATION = Kind(
    tables=MappingProxyType({STREAM: PLAN}), to_canonical=to_canonical, replaces_plans=True
)


class PlanificationSource:
    """Plan files of people. Slices are courses: `planification/plan/Matematicas/m0m`."""

    name = NAME
    lists_all = True
    parallel = 1
    reads_ahead = False

    def __init__(
        self, files: PlanFiles, courses: Callable[[], Iterable[str]], book: CourseList
    ) -> None:
        """Read `files` for those of `courses` that each of them fits."""
        self.streams: Mapping[str, Stream] = {
            STREAM: Stream(name=STREAM, schema=FACTS, tables=(PLAN,), version=VERSION)
        }
        self._files = files
        self._courses = courses
        self._book = book

    def match_courses(self) -> CourseFiles:
        """Find out which file belongs to which course, and what is left over."""
        return match(self._files.names(), self._courses(), self._book)

    def plan(self, request: PlanRequest) -> Plan:  # noqa: ARG002 - files have no time
        """Plan one slice for each course that has a file."""
        files = self.match_courses().files
        digests = {name: _digest(self._files.read(name)) for name in set(files.values())}
        slices = [
            PlannedSlice(
                slice=Slice(source=self.name, stream=STREAM, window=course_id),
                fingerprint=f"{VERSION} {name} {digests[name]}",
                detail={"file": name},
            )
            for course_id, name in files.items()
            if digests[name] is not None
        ]
        return Plan(slices=slices, fetch=self._fetch)

    def _fetch(self, planned: PlannedSlice, spool: Path) -> Sequence[RawFile]:
        """Fetch the course's file.

        Raises:
            InputBroken: it is gone or another one since the slice was planned.
        """
        name = str(planned.detail["file"])
        content = self._files.read(name)
        if content is None or f"{VERSION} {name} {_digest(content)}" != planned.fingerprint:
            raise InputBroken(f"planification/{name} changed while it was read.", hint="Run again.")
        path = spool / "plan.csv"
        path.write_bytes(content)
        return [RawFile(path=path, stream=STREAM, window=planned.slice.window, extension="csv")]

    def read(self, planned: PlannedSlice, raws: Sequence[Path], facts: Path) -> Reading:
        """Check each line; the good ones go to `facts`.

        Raises:
            InputBroken: it has not the columns of a plan.
        """
        name = str(planned.detail["file"])
        lines = _Lines(name=name, course_id=planned.slice.window)
        text = _text(raws[0].read_bytes())
        for number, line, row in _rows(name, text):
            lines.take(number, line, row)
        slice_ = {SLICE_COLUMN: str(planned.slice)}
        table = pa.Table.from_pylist([{**slice_, **row} for row in lines.kept], schema=FACTS)
        pq.write_table(table, facts, compression="zstd")
        return lines.reading()

    def stop(self) -> None:
        """Nothing to end: files are read at once."""


@dataclass(kw_only=True)
class _Lines:
    """The lines of one file: those to keep, how many are there twice, the broken ones."""

    name: str
    course_id: str
    kept: list[dict[str, Any]] = field(default_factory=list)
    broken: list[RejectedRecord] = field(default_factory=list)
    already_there: int = 0
    _known: dict[str, tuple[object, ...]] = field(default_factory=dict)

    def take(self, number: int, line: str, row: Mapping[str, str]) -> None:
        """Look at one line."""
        try:
            self._keep(number, row)
        except ValueError as error:
            place = f"planification/{self.name}, line {number}"
            self.broken.append(RejectedRecord(place=place, reason=str(error), raw=line.encode()))

    def _keep(self, number: int, row: Mapping[str, str]) -> None:
        item_id = row.get("assessment_id", "")
        if not item_id:
            raise ValueError("missing: assessment_id is empty")
        if "\0" in "".join(row.values()):
            raise ValueError("bad_text: a NUL character")
        due_on = _day(row.get("date", ""))
        status = row.get("status", "").lower() or _ACTIVE
        told = (row.get("assessment_name") or None, due_on, status)
        if item_id in self._known:
            if self._known[item_id] != told:
                raise ValueError(f"duplicate_key: {item_id} is planned twice")
            self.already_there += 1
            return
        self._known[item_id] = told
        self.kept.append(
            {
                POSITION_COLUMN: number,
                "course_id": self.course_id,
                "item_id": item_id,
                "title": told[0],
                "due_on": due_on,
                "status": status,
            }
        )

    def reading(self) -> Reading:
        """What became of all lines."""
        told = sorted(repr(sorted(row.items())) for row in self.kept)
        return Reading(
            counts=Counts(
                received=len(self.kept) + self.already_there + len(self.broken),
                stored=len(self.kept),
                already_there=self.already_there,
                quarantined=len(self.broken),
            ),
            broken=self.broken,
            checksum=hashlib.sha256("\n".join(told).encode()).hexdigest()[:16],
            courses=frozenset({self.course_id}),
        )


def _digest(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()


def _text(content: bytes) -> str:
    """The file as text; what is no UTF-8 was saved by a spreadsheet on Windows."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _rows(name: str, text: str) -> Iterator[tuple[int, str, Mapping[str, str]]]:
    """Number, text and cells of each line that is not empty; `;` or `,` stands between cells."""
    lines = text.splitlines()
    separator = ";" if ";" in (lines[0] if lines else "") else ","
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    header: list[str] | None = None
    for cells in reader:
        stripped = [cell.strip() for cell in cells]
        if not any(stripped):
            continue
        if header is None:
            header = [cell.lower() for cell in stripped]
            _refuse_header(name, header)
            continue
        yield reader.line_num, separator.join(cells), dict(zip(header, stripped, strict=False))


def _refuse_header(name: str, header: Sequence[str]) -> None:
    missing = [column for column in _NEEDED if column not in header]
    if missing:
        raise InputBroken(
            f"planification/{name} has no column {' and '.join(missing)}.",
            hint="Its first line is date;assessment_id;assessment_name;status.",
        )


def _day(text: str) -> date:
    written = _DAY_FIRST.fullmatch(text)
    try:
        if written is not None:
            day, month, year = map(int, written.groups())
            return date(year, month, day)
        return date.fromisoformat(text[:10])
    except ValueError:
        raise ValueError(f"bad_date: date is {text[:40]!r}, not like 2024-01-31") from None
