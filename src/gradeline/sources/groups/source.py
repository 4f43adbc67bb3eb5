"""The `groups` source: the file in which people write who is in which group of any course.

The file stays where people keep it. What is stored of it is its lines as JSON, so that erasing
somebody is the same for CSV and XLSX.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

from gradeline.base.errors import InputBroken
from gradeline.records.directory import Directory
from gradeline.records.groups import PEOPLES_GROUPS
from gradeline.records.slices import PlannedSlice, Slice
from gradeline.records.streams import SLICE_ID_COLUMN, RowTable, Stream
from gradeline.sources.encodings.rules import NO_ENCODINGS, Encodings, rule_for
from gradeline.sources.groups.lines import FILE_COLUMNS, as_json
from gradeline.sources.groups.meaning import find_course, find_learners
from gradeline.sources.groups.read import COLUMNS, FACTS, POSITION, read_groups
from gradeline.sources.source import Kind, Plan, PlanRequest, RawFile, Reading
from gradeline.sources.tabular.named_columns import Line, read_lines

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = PEOPLES_GROUPS
STREAM = "members"
#: Raised when reading changes, so that the file is read again.
VERSION = 1
_WINDOW = "all"

MEMBERS = RowTable(
    name="groups_members",
    schema=pa.schema([pa.field(SLICE_ID_COLUMN, pa.int64(), nullable=False), POSITION, *COLUMNS]),
    key=(SLICE_ID_COLUMN, "position", "learner_id"),
)


class GroupFiles(Protocol):
    """The groups files of people."""

    def names(self) -> Sequence[str]:
        """Return those of GROUP_FILES that are there."""

    def read(self, name: str) -> bytes | None:
        """Return the bytes of one file; None where it is gone.

        Raises:
            InputBroken: it cannot be read.
        """


def to_canonical(streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Map the lines to the canonical tables `groups` and `memberships`."""
    from gradeline.sources.canonical import fitted  # imports Ibis

    rows = streams[STREAM]
    groups = rows.group_by([*_kept(rows), "group_id", "course_id"]).agg(
        name=rows.name.min(), rolling=rows.rolling.any()
    )
    return {"groups": fitted(groups, "groups"), "memberships": fitted(rows, "memberships")}


def _kept(rows: ir.Table) -> list[str]:
    """Return the column that says of which source rows are, where `fitted` keeps it."""
    return [name for name in ("source_name",) if name in rows.columns]


#: What there is to know of this kind.
GROUPS = Kind(
    tables=MappingProxyType({STREAM: MEMBERS}),
    to_canonical=to_canonical,
    learner_fields=frozenset({"learner", "learner_id"}),
)


class GroupsSource:
    """People's groups. There is one slice, `groups/members/all`, empty where no file is."""

    name = NAME
    lists_all = True
    parallel = 1
    reads_ahead = False

    def __init__(
        self,
        files: GroupFiles,
        known: Callable[[], Directory],
        spool: Path,
        encodings: Encodings = NO_ENCODINGS,
    ) -> None:
        """Read `files`, whose lines mean learners and courses that `known` returns."""
        self.streams: Mapping[str, Stream] = {
            STREAM: Stream(name=STREAM, schema=FACTS, tables=(MEMBERS,), version=VERSION)
        }
        self._files = files
        self._known = known
        self._spool = spool
        self._encodings = encodings

    def plan(self, request: PlanRequest) -> Plan:  # noqa: ARG002 - a file has no time
        """Plan the one slice; it is another one when a line means somebody else than before.

        Raises:
            InputBroken: there are two files, or the file cannot be read.
        """
        name, content = self._content()
        known = self._known()
        digest = hashlib.sha256(f"{VERSION} {name}".encode())
        for number, cells in self._lines(name, content):
            digest.update(as_json((number, cells, _meaning(cells, known))))
        planned = PlannedSlice(
            slice=Slice(source=self.name, stream=STREAM, window=_WINDOW),
            fingerprint=digest.hexdigest(),
            detail={"file": name},
        )
        return Plan(slices=[planned], fetch=self._fetch)

    def _content(self) -> tuple[str, bytes | None]:
        names = self._files.names()
        if len(names) > 1:
            raise InputBroken(
                f"There are {' and '.join(names)}, which may say different things.",
                hint="Keep one of them.",
            )
        return (names[0], self._files.read(names[0])) if names else ("", None)

    def _lines(self, name: str, content: bytes | None) -> Iterator[Line]:
        if content is None:
            return
        path = self._spool / f"read-{name}"
        path.write_bytes(content)
        try:
            rule = rule_for(self._encodings, self.name, name)
            yield from read_lines(path, name, FILE_COLUMNS, rule)
        finally:
            path.unlink(missing_ok=True)

    def _fetch(self, planned: PlannedSlice, spool: Path) -> Sequence[RawFile]:
        """Fetch the lines of the file, each as JSON at its number.

        Raises:
            InputBroken: the file cannot be read, or was replaced since it was planned.
        """
        name, content = self._content()
        if content is None:
            return []
        if name != planned.detail["file"]:
            raise InputBroken(f"{name} changed while it was read.", hint="Run again.")
        path, last = spool / "groups.ndjson", 0
        with path.open("wb") as file:
            for number, cells in self._lines(name, content):
                file.write(b"\n" * (number - last - 1) + as_json(cells) + b"\n")
                last = number
        return [RawFile(path=path, stream=STREAM, window=_WINDOW, extension="ndjson")]

    def read(self, planned: PlannedSlice, raws: Sequence[Path], facts: Path) -> Reading:
        """Write the rows of the lines to `facts`; lines that are wrong are rejected."""
        lines = (
            (number, json.loads(line))
            for number, line in enumerate(raws[0].read_bytes().split(b"\n"), start=1)
            if line
        )
        return read_groups(planned, lines, str(planned.detail["file"]), self._known(), facts)

    def stop(self) -> None:
        """Nothing to end: the file is read at once."""


def _meaning(cells: Mapping[str, str], known: Directory) -> Sequence[str]:
    """Return the learners and the course that a line means now; nothing where it means none."""
    found: list[str] = []
    try:
        found.append(find_course(known, cells["course"]))
        found.extend(sorted(find_learners(known, cells["learner"])))
    except (KeyError, ValueError):
        found.append("")
    return found
