"""Read the raw files of a LearnWorlds slice, record by record, into facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from gradeline.records.ids import normalize_id
from gradeline.records.slices import PlannedSlice
from gradeline.sources.learnworlds.fetch import read_enrolments, read_lines
from gradeline.sources.learnworlds.pages import decode
from gradeline.sources.learnworlds.records import (
    CONTENTS,
    BadRecord,
    EnrolmentDays,
    Row,
    course_row,
    grade_row,
    response_row,
    unit_row,
    user_row,
)
from gradeline.sources.learnworlds.streams import fact_schema, key_of
from gradeline.sources.reading.fact_writer import DuplicateKey, SliceWriter
from gradeline.sources.source import Reading

#: Rows of one row group of the fact file.
_ROW_GROUP = 5_000
_DUPLICATE = "duplicate_key: the same id came before with other values"
_INSTANTS = ("submitted_at", "modified_at", "created_at")

#: What a record gives: rows without slice and position.
_RowsOf = Callable[[bytes], Iterable[Row]]


class _ResponseLine(msgspec.Struct):
    """A line of the responses' raw file."""

    assessment: str
    response: msgspec.Raw


_RESPONSE_LINES = msgspec.json.Decoder(_ResponseLine)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """What the rows of people depend on beside the records."""

    timezone: ZoneInfo  #: decides on what day somebody came into a course
    group_tags: Sequence[str] = ()  #: how tags that are groups begin


def read_slice(planned: PlannedSlice, raws: Sequence[Path], facts: Path, reader: Reader) -> Reading:
    """Write the rows of a slice to `facts` and count what became of its records.

    Raises:
        WrongAnswer: a file as a whole cannot be read.
    """
    schema = fact_schema(planned.slice.stream)
    with SliceWriter(facts, planned.slice, schema, row_group=_ROW_GROUP) as writer:
        records = _Records(planned, writer)
        if planned.slice.stream == "contents":
            _read_contents(planned, raws[0], records)
        else:
            rows_of = _rows_of(planned, raws, reader)
            for number, record in enumerate(read_lines(raws[0]), start=1):
                records.add(number, record, rows_of)
        return writer.finish()


def _read_contents(planned: PlannedSlice, path: Path, records: _Records) -> None:
    """Read the contents of a course, of which each unit is a record."""
    contents = decode(path.read_bytes(), CONTENTS, "the contents of a course")
    place = {**_place(planned), "category": planned.detail["category"]}
    units = ((section, unit) for section in contents.sections for unit in section.units)
    for number, (section, unit) in enumerate(units, start=1):
        row = partial(unit_row, contents, section, unit)
        records.add(number, msgspec.json.encode(unit), lambda _, row=row: [{**place, **row()}])  # type: ignore[misc]


def _rows_of(planned: PlannedSlice, raws: Sequence[Path], reader: Reader) -> _RowsOf:
    match planned.slice.stream:
        case "courses":
            return lambda record: [_placed_course(course_row(record), planned)]
        case "grades":
            return lambda record: [{**_place(planned), **grade_row(record)}]
        case "responses":
            return lambda record: [{**_place(planned), **_response(record)}]
    known = read_enrolments(raws[1]) if len(raws) > 1 else {}
    by_pair = {(normalize_id(user_id), course): each for (user_id, course), each in known.items()}
    enrolled = EnrolmentDays(by_pair=by_pair, timezone=reader.timezone)
    user = partial(user_row, group_tags=reader.group_tags)
    if planned.slice.stream == "users":
        return lambda record: [_in_course(user(record), _place(planned), enrolled)]
    return lambda record: _in_courses(user(record), planned, enrolled)


def _place(planned: PlannedSlice) -> Row:
    return {"course": planned.detail["course"], "course_id": planned.detail["course_id"]}


def _placed_course(row: Row, planned: PlannedSlice) -> Row:
    places: Any = planned.detail["places"]
    place = places.get(row["course"])
    if place is None:
        raise BadRecord("bad_field: categories are not a list of names")
    return {
        **row,
        "course_id": place["course_id"],
        "category": place["category"],
        "starts_on": _day(place["starts_on"]),
        "ends_on": _day(place["ends_on"]),
    }


def _response(record: bytes) -> Row:
    parsed = decode(record, _RESPONSE_LINES, "a response")
    return response_row(bytes(parsed.response), parsed.assessment)


def _in_course(user: Row, place: Row, enrolled: EnrolmentDays) -> Row:
    return {**place, **user, **enrolled.days(user["user_id"], place["course"])}


def _in_courses(user: Row, planned: PlannedSlice, enrolled: EnrolmentDays) -> Iterator[Row]:
    """Yield a row for each course of a suspended person."""
    places: Any = planned.detail["places"]
    for user_id, course in enrolled.of_user(user["user_id"]):
        if course in places:
            place = {"course": course, "course_id": places[course]["course_id"]}
            yield {**place, **user, **enrolled.days(user_id, course)}


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


class _Records:
    """The records of one slice on their way into its facts."""

    def __init__(self, planned: PlannedSlice, writer: SliceWriter) -> None:
        self._stream = planned.slice.stream
        self._columns = fact_schema(self._stream).names[2:]
        self._writer = writer

    def add(self, number: int, record: bytes, rows_of: _RowsOf) -> None:
        """Store the rows of a record, or reject it."""
        try:
            for row in rows_of(record):
                self._add_row(row)
        except (BadRecord, DuplicateKey) as error:
            reason = _DUPLICATE if isinstance(error, DuplicateKey) else str(error)
            self._writer.reject(f"{self._stream}.json, record {number}", reason, record)

    def _add_row(self, row: Row) -> None:
        position = self._writer.counts.stored
        # Only what was handed in says how new the facts are.
        instants = _INSTANTS if self._stream in ("grades", "responses") else ()
        self._writer.add(
            row,
            key=tuple(row.get(name, position) for name in key_of(self._stream)),
            content=repr([row[name] for name in self._columns]).encode(),
            course=row["course_id"],
            at=next((row[name] for name in instants if row.get(name)), None),
        )
