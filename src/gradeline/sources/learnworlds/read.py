"""From the raw files of a LearnWorlds slice to its facts: one record after the other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from gradeline.records.counts import Counts
from gradeline.records.slices import PlannedSlice, RejectedRecord
from gradeline.records.streams import POSITION_COLUMN, SLICE_COLUMN
from gradeline.sources.learnworlds.fetch import enrolments, lines_of
from gradeline.sources.learnworlds.pages import as_json
from gradeline.sources.learnworlds.records import (
    BadRecord,
    Contents,
    Enrolled,
    Row,
    course_row,
    grade_row,
    response_row,
    unit_row,
    user_row,
)
from gradeline.sources.learnworlds.streams import fact_schema, key_of
from gradeline.sources.source import Reading

#: Rows that are gathered before they are written.
_AT_ONCE = 5_000
_INSTANTS = ("submitted_at", "modified_at", "created_at")

#: What a record gives: rows without slice and position.
_RowsOf = Callable[[bytes], Iterable[Row]]


class _Answered(msgspec.Struct):
    """A line of the responses' raw file."""

    assessment: str
    response: msgspec.Raw


def read_slice(
    planned: PlannedSlice, raws: Sequence[Path], facts: Path, timezone: ZoneInfo
) -> Reading:
    """Write the rows of a slice to `facts` and say what became of all of its records.

    Raises:
        WrongAnswer: a file as a whole is none of the source's own.
    """
    try:
        with _Facts(planned, facts) as kept:
            if planned.slice.stream == "contents":
                _read_contents(planned, raws[0], kept)
            else:
                rows_of = _rows_of(planned, raws, timezone)
                for number, record in enumerate(lines_of(raws[0]), start=1):
                    kept.take(number, record, rows_of)
    except BaseException:
        facts.unlink(missing_ok=True)
        raise
    return kept.reading()


def _read_contents(planned: PlannedSlice, path: Path, kept: _Facts) -> None:
    """The contents of a course are one answer; each unit of it is a record."""
    contents = as_json(path.read_bytes(), Contents, "the contents of a course")
    place = {**_place(planned), "category": planned.detail["category"]}
    units = ((section, unit) for section in contents.sections for unit in section.units)
    for number, (section, unit) in enumerate(units, start=1):
        row = partial(unit_row, contents, section, unit)
        kept.take(number, msgspec.json.encode(unit), lambda _, row=row: [{**place, **row()}])  # type: ignore[misc]


def _rows_of(planned: PlannedSlice, raws: Sequence[Path], timezone: ZoneInfo) -> _RowsOf:
    match planned.slice.stream:
        case "courses":
            return lambda record: [_placed_course(course_row(record), planned)]
        case "grades":
            return lambda record: [{**_place(planned), **grade_row(record)}]
        case "responses":
            return lambda record: [{**_place(planned), **_response(record)}]
    enrolled = Enrolled(
        by_pair=enrolments(raws[1]) if len(raws) > 1 else {},
        timezone=timezone,
    )
    if planned.slice.stream == "users":
        return lambda record: [_in_course(user_row(record), _place(planned), enrolled)]
    return lambda record: _in_courses(user_row(record), planned, enrolled)


def _place(planned: PlannedSlice) -> Row:
    return {"course": planned.detail["course"], "course_id": planned.detail["course_id"]}


def _placed_course(row: Row, planned: PlannedSlice) -> Row:
    told: Any = planned.detail["places"]
    place = told.get(row["course"])
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
    said = as_json(record, _Answered, "a response")
    return response_row(bytes(said.response), said.assessment)


def _in_course(user: Row, place: Row, enrolled: Enrolled) -> Row:
    return {**place, **user, **enrolled.days(user["user_id"], place["course"])}


def _in_courses(user: Row, planned: PlannedSlice, enrolled: Enrolled) -> Iterator[Row]:
    """A row for each course of a suspended person."""
    told: Any = planned.detail["places"]
    for user_id, course in enrolled.of_user(user["user_id"]):
        if course in told:
            place = {"course": course, "course_id": told[course]["course_id"]}
            yield {**place, **user, **enrolled.days(user_id, course)}


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


class _Facts:
    """The rows of one slice on their way into Parquet, and what became of the others."""

    def __init__(self, planned: PlannedSlice, path: Path) -> None:
        self._stream = planned.slice.stream
        self._slice = str(planned.slice)
        self._schema = fact_schema(self._stream)
        self._path = path
        self._waiting: list[Row] = []
        self._seen: dict[tuple[object, ...], bytes] = {}
        self._broken: list[RejectedRecord] = []
        self._stored = self._twins = self._sum = 0
        self._courses: set[str] = set()
        self._span: list[datetime] = []

    def __enter__(self) -> _Facts:
        self._file = pq.ParquetWriter(self._path, self._schema, compression="zstd")
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        self._file.close()

    def take(self, number: int, record: bytes, rows_of: _RowsOf) -> None:
        """Keep the rows of a record, or the record as broken."""
        try:
            for row in rows_of(record):
                self._keep(row)
        except BadRecord as error:
            place = f"{self._stream}.json, record {number}"
            self._broken.append(RejectedRecord(place=place, reason=str(error), raw=record))

    def _keep(self, row: Row) -> None:
        told = repr([row[name] for name in self._schema.names[2:]]).encode()
        digest = hashlib.blake2b(told, digest_size=8).digest()
        position = self._stored
        key = tuple(row.get(name, position) for name in key_of(self._stream))
        before = self._seen.setdefault(key, digest)
        if before is not digest:
            if before != digest:
                raise BadRecord("duplicate_key: the same id came before with other values")
            self._twins += 1
            return
        self._sum += int.from_bytes(digest)
        self._stored += 1
        self._courses.add(row["course_id"])
        self._note(next((row[name] for name in _INSTANTS if row.get(name)), None))
        self._waiting.append({**row, SLICE_COLUMN: self._slice, POSITION_COLUMN: position})
        if len(self._waiting) >= _AT_ONCE:
            self._flush()

    def _note(self, at: datetime | None) -> None:
        """Only what was handed in tells how new the facts are."""
        if at is not None and self._stream in ("grades", "responses"):
            self._span = [min([at, *self._span]), max([at, *self._span])]

    def _flush(self) -> None:
        columns: Mapping[str, list[object]] = {
            name: [row[name] for row in self._waiting] for name in self._schema.names
        }
        self._file.write_table(pa.table(columns, schema=self._schema))
        self._waiting.clear()

    def reading(self) -> Reading:
        """What became of all records."""
        return Reading(
            counts=Counts(
                received=self._stored + self._twins + len(self._broken),
                stored=self._stored,
                already_there=self._twins,
                quarantined=len(self._broken),
            ),
            broken=self._broken,
            checksum=f"{self._sum % (1 << 64):016x}",
            courses=frozenset(self._courses),
            earliest=self._span[0] if self._span else None,
            latest=self._span[-1] if self._span else None,
        )
