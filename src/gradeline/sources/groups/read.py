"""Read people's groups: one row of facts for each learner that a line means."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pyarrow as pa

from gradeline.records.course_list import plain
from gradeline.records.directory import Directory
from gradeline.records.groups import PEOPLES_GROUPS
from gradeline.records.ids import normalize_email, normalize_id
from gradeline.records.slices import PlannedSlice
from gradeline.records.streams import POSITION_COLUMN, SLICE_COLUMN
from gradeline.sources.groups.lines import as_json
from gradeline.sources.groups.meaning import find_course, find_learners
from gradeline.sources.reading.days import parse_day
from gradeline.sources.reading.fact_writer import DuplicateKey, Row, SliceWriter
from gradeline.sources.source import Reading
from gradeline.sources.tabular.named_columns import Line

POSITION = pa.field(POSITION_COLUMN, pa.int64(), nullable=False)
COLUMNS = (
    pa.field("learner_id", pa.string(), nullable=False),
    pa.field("group_id", pa.string(), nullable=False),
    pa.field("course_id", pa.string(), nullable=False),
    pa.field("name", pa.string(), nullable=False),
    pa.field("rolling", pa.bool_(), nullable=False),
    pa.field("role", pa.string(), nullable=False),
    pa.field("starts_on", pa.date32()),
    pa.field("ends_on", pa.date32()),
)
#: Facts; `position` is the number of the line, from 1.
FACTS = pa.schema([pa.field(SLICE_COLUMN, pa.string(), nullable=False), POSITION, *COLUMNS])
_ROLES = {
    **dict.fromkeys(("", "learner", "student", "ученик", "студент", "alumno", "alumna"), "learner"),
    **dict.fromkeys(("teacher", "curator", "куратор", "учитель", "profesor", "tutor"), "teacher"),
}
_YES = frozenset(("yes", "true", "1", "да", "si", "x", "+"))
_NO = frozenset(("", "no", "false", "0", "нет", "-"))


@dataclass(frozen=True, kw_only=True)
class _Span:
    line: int
    begins: date
    ends: date


class _Spans:
    """The days on which somebody is in a group, which must not overlap."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], list[_Span]] = {}

    def add(self, row: Row, line: int) -> None:
        """Take the days of a row.

        Raises:
            ValueError: an earlier line has some of them.
        """
        begins, ends = row["starts_on"] or date.min, row["ends_on"] or date.max
        key = tuple(row[name] for name in ("learner_id", "group_id", "course_id", "role"))
        spans = self._known.setdefault(key, [])
        for each in spans:
            if begins <= each.ends and ends >= each.begins and each.line != line:
                raise ValueError(f"overlap: line {each.line} has some of the same days")
        spans.append(_Span(line=line, begins=begins, ends=ends))


def read_groups(
    planned: PlannedSlice, lines: Iterable[Line], name: str, known: Directory, facts: Path
) -> Reading:
    """Write the rows of all lines and count what became of them.

    A learner whom nobody knows waits in quarantine; each run looks again. A teacher may be
    unknown: they need not be a learner of any system.
    """
    spans, unknown, said = _Spans(), 0, _Numbers()
    with SliceWriter(facts, planned.slice, FACTS) as writer:
        for number, cells in lines:
            place, raw = f"{name}, line {number}", as_json(cells)
            try:
                _check_text(cells)
                for row in _rows(cells, known):
                    _store(writer, row, number, spans)
                    said.add(row)
            except KeyError:
                unknown += 1
                reason = f"unknown_learner: no system knows {cells['learner']!r}"
                writer.reject(place, reason, raw)
            except DuplicateKey:
                writer.reject(place, "duplicate_key: an earlier line says something else", raw)
            except ValueError as error:
                writer.reject(place, str(error), raw)
        reading = writer.finish()
    notes = {"groups": {"file": name, "unknown": unknown, **said.counts(known)}}
    return replace(reading, waiting=unknown, notes=notes)


class _Numbers:
    """What the stored lines say, in numbers."""

    def __init__(self) -> None:
        self._pairs: set[tuple[str, str]] = set()
        self._groups: set[str] = set()
        self._teachers: set[str] = set()

    def add(self, row: Row) -> None:
        """Count a stored row."""
        self._groups.add(row["group_id"])
        if row["role"] == "learner":
            self._pairs.add((row["learner_id"], row["course_id"]))
        else:
            self._teachers.add(row["learner_id"])

    def counts(self, known: Directory) -> Mapping[str, int]:
        """Return the numbers; `replaced` = learners of a course whom a system puts elsewhere."""
        return {
            "learners": len({learner for learner, _ in self._pairs}),
            "teachers": len(self._teachers),
            "groups": len(self._groups),
            "courses": len({course for _, course in self._pairs}),
            "replaced": len(self._pairs & known.in_groups),
        }


def _check_text(cells: Mapping[str, str]) -> None:
    """Check that every cell is text, which bytes of another encoding are not.

    Raises:
        ValueError: one is not; a code, then words.
    """
    try:
        "".join(cells.values()).encode()
    except UnicodeEncodeError:
        raise ValueError("bad_encoding: the line has bytes of another encoding") from None


def _store(writer: SliceWriter, row: Row, number: int, spans: _Spans) -> None:
    key = tuple(str(row[each]) for each in ("learner_id", "group_id", "course_id", "role"))
    content = json.dumps({each: str(value) for each, value in row.items()}).encode()
    whole = (*key, str(row["starts_on"]))
    if not writer.knows(whole):
        spans.add(row, number)
    writer.add(
        {POSITION_COLUMN: number, **row}, key=whole, content=content, course=row["course_id"]
    )


def _rows(cells: Mapping[str, str], known: Directory) -> Iterator[Row]:
    """Check the cells of one line and yield a row for each learner it means.

    Raises:
        ValueError: a cell is missing or wrong; the message begins with a code.
        KeyError: nobody knows the learner.
    """
    text = "".join(cells.values())
    if any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("bad_text: a NUL character, or bytes that are no text")
    for column in ("course", "group", "learner"):
        if not normalize_id(cells[column]):
            raise ValueError(f"missing: {column} is empty")
    role = _ROLES.get(plain(cells["role"]))
    if role is None:
        raise ValueError(f"bad_value: role is {cells['role'][:40]!r}, not learner or teacher")
    begins, ends = _day(cells, "from"), _day(cells, "until")
    if begins and ends and ends < begins:
        raise ValueError(f"ends_before_start: until ({ends}) is before from ({begins})")
    group = normalize_id(cells["group"])
    row = {
        "group_id": f"{PEOPLES_GROUPS}:{group}",
        "course_id": find_course(known, cells["course"]),
        "name": group,
        "rolling": _is_rolling(cells["rolling"]),
        "role": role,
        "starts_on": begins,
        "ends_on": ends,
    }
    for learner in sorted(_learners(cells["learner"], role, known)):
        yield {"learner_id": learner, **row}


def _learners(text: str, role: str, known: Directory) -> Sequence[str]:
    try:
        return sorted(find_learners(known, text))
    except KeyError:
        if role == "learner":
            raise
        name = normalize_email(text) if "@" in text else normalize_id(text)
        return [f"{PEOPLES_GROUPS}:{name}"]


def _is_rolling(text: str) -> bool:
    word = plain(text)
    if word not in _YES | _NO:
        raise ValueError(f"bad_value: rolling is {text[:40]!r}, not yes or no")
    return word in _YES


def _day(cells: Mapping[str, str], column: str) -> date | None:
    return parse_day(cells[column], column) if cells[column] else None
