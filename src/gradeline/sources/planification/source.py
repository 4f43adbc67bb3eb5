"""The `planification` source: what people write under planification/, for courses of any source."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

from gradeline.base.errors import InputBroken
from gradeline.records.course_list import CourseList
from gradeline.records.slices import PlannedSlice, Slice
from gradeline.records.streams import SLICE_ID_COLUMN, RowTable, Stream
from gradeline.sources.encodings.rules import NO_ENCODINGS, Encodings, rule_for
from gradeline.sources.planification.match import match
from gradeline.sources.planification.read import COLUMNS, FACTS, POSITION, read_plan
from gradeline.sources.source import CourseFiles, Kind, Plan, PlanRequest, RawFile, Reading

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = "planification"
STREAM = "plan"
#: Raised when reading changes, so that every file is read again.
VERSION = 2

PLAN = RowTable(
    name="planification_plan",
    schema=pa.schema([pa.field(SLICE_ID_COLUMN, pa.int64(), nullable=False), POSITION, *COLUMNS]),
    key=(SLICE_ID_COLUMN, "item_id"),
)


class PlanFiles(Protocol):
    """The plan files of people, by names such as `Matematicas/lecciones.csv`."""

    def names(self) -> Sequence[str]:
        """Return the name of every plan file there is."""

    def read(self, name: str) -> bytes | None:
        """Return the bytes of one file; None where it is gone.

        Raises:
            InputBroken: it cannot be read.
        """


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
        self,
        files: PlanFiles,
        courses: Callable[[], Iterable[str]],
        book: CourseList,
        encodings: Encodings = NO_ENCODINGS,
    ) -> None:
        """Read `files` for those of `courses` that each of them fits.

        Encodings are found where `encodings` does not name them.
        """
        self.streams: Mapping[str, Stream] = {
            STREAM: Stream(name=STREAM, schema=FACTS, tables=(PLAN,), version=VERSION)
        }
        self._files = files
        self._courses = courses
        self._book = book
        self._encodings = encodings

    def match_courses(self) -> CourseFiles:
        """Find out which file belongs to which course, and what is left over."""
        return match(self._files.names(), self._courses(), self._book)

    def plan(self, request: PlanRequest) -> Plan:  # noqa: ARG002 - files have no time
        """Plan one slice for each course that has a file."""
        files = self.match_courses().files
        digests = {name: self._digest_of(name) for name in set(files.values())}
        slices = [
            PlannedSlice(
                slice=Slice(source=self.name, stream=STREAM, window=course_id),
                fingerprint=self._fingerprint(name, digests[name]),
                detail={"file": name},
            )
            for course_id, name in files.items()
            if digests[name] is not None
        ]
        return Plan(slices=slices, fetch=self._fetch)

    def _digest_of(self, name: str) -> str | None:
        """Return the digest of a file; of one that cannot be read a word, and fetching says why."""
        try:
            return _digest(self._files.read(name))
        except InputBroken:
            return "unread"

    def _fetch(self, planned: PlannedSlice, spool: Path) -> Sequence[RawFile]:
        """Fetch the course's file.

        Raises:
            InputBroken: it cannot be read, is gone or is another one since the slice was planned.
        """
        name = str(planned.detail["file"])
        content = self._files.read(name)
        if content is None or (self._fingerprint(name, _digest(content)) != planned.fingerprint):
            raise InputBroken(f"planification/{name} changed while it was read.", hint="Run again.")
        path = spool / "plan.csv"
        path.write_bytes(content)
        return [RawFile(path=path, stream=STREAM, window=planned.slice.window, extension="csv")]

    def read(self, planned: PlannedSlice, raws: Sequence[Path], facts: Path) -> Reading:
        """Write the rows of the plan to `facts`; lines that are wrong are rejected.

        Raises:
            InputBroken: the file is not CSV with the columns of a plan.
            EncodingUnclear: it reads well in two encodings, or in none.
        """
        name = str(planned.detail["file"])
        rule = rule_for(self._encodings, self.name, name, guess=planned.released)
        return read_plan(planned, raws[0], facts, rule)

    def _fingerprint(self, name: str, digest: str | None) -> str:
        said = rule_for(self._encodings, self.name, name).name
        return f"{VERSION} {name} {digest}" + (f" {said}" if said else "")

    def stop(self) -> None:
        """Nothing to end: files are read at once."""


def _digest(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()
