"""The streams of LearnWorlds: what a course has, who is in it and what they handed in."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from gradeline.records.streams import (
    POSITION_COLUMN,
    SLICE_COLUMN,
    SLICE_ID_COLUMN,
    RowTable,
    Stream,
)
from gradeline.records.tables import INSTANT, SCORE

SOURCE = "learnworlds"
#: Raised when reading changes, so that everything is read again.
VERSION = 3
#: The window of what is asked for once for the whole school.
WHOLE_SCHOOL = "all"

GRADE = pa.decimal128(9, 4)
POINTS = pa.decimal128(14, 4)

_COURSE = (("course", pa.string(), True), ("course_id", pa.string(), True))
_USER = (
    ("user_id", pa.string(), True),
    ("email", pa.string(), False),
    ("username", pa.string(), False),
    ("role", pa.string(), True),
    ("suspended", pa.bool_(), True),
    ("created_at", INSTANT, False),
    ("last_login_at", INSTANT, False),
    ("enrolled_at", INSTANT, False),
    ("enrolled_on", pa.date32(), False),
    ("expires_on", pa.date32(), False),
    ("groups", pa.string(), False),
)
_WORK = (
    ("user_id", pa.string(), True),
    ("email", pa.string(), False),
    ("unit_id", pa.string(), True),
    ("grade", GRADE, False),
    ("score", SCORE, False),
    ("created_at", INSTANT, False),
    ("modified_at", INSTANT, False),
    ("submitted_at", INSTANT, False),
)
_COLUMNS: Mapping[str, tuple[tuple[str, pa.DataType, bool], ...]] = {
    "courses": (
        *_COURSE,
        ("category", pa.string(), True),
        ("title", pa.string(), False),
        ("access", pa.string(), False),
        ("starts_on", pa.date32(), False),
        ("ends_on", pa.date32(), False),
        ("created_at", INSTANT, False),
    ),
    "contents": (
        *_COURSE,
        ("category", pa.string(), True),
        ("course_title", pa.string(), False),
        ("section_id", pa.string(), False),
        ("section_title", pa.string(), False),
        ("unit_id", pa.string(), False),
        ("unit_type", pa.string(), False),
        ("unit_title", pa.string(), False),
        ("graded", pa.bool_(), True),
    ),
    "users": (*_COURSE, *_USER),
    "suspended": (*_COURSE, *_USER),
    "grades": (
        *_COURSE,
        ("grade_id", pa.string(), True),
        ("unit_type", pa.string(), False),
        *_WORK,
    ),
    "responses": (
        *_COURSE,
        ("response_id", pa.string(), True),
        *_WORK,
        ("passed", pa.bool_(), False),
        ("blocks", pa.int32(), True),
        ("points", POINTS, False),
        ("max_points", POINTS, False),
        ("answer", pa.string(), False),
    ),
}
#: What names a row within its slice.
_KEYS = {
    "courses": ("course",),
    "contents": (POSITION_COLUMN,),
    "users": ("user_id",),
    "suspended": ("course", "user_id"),
    "grades": ("grade_id",),
    "responses": ("response_id",),
}


def content_schema(stream: str) -> pa.Schema:
    """Return the columns that a record gives."""
    return _schema(_COLUMNS[stream])


def fact_schema(stream: str) -> pa.Schema:
    """Return the columns of the stream's fact files."""
    head = ((SLICE_COLUMN, pa.string(), True), (POSITION_COLUMN, pa.int64(), True))
    return _schema((*head, *_COLUMNS[stream]))


def key_of(stream: str) -> tuple[str, ...]:
    """Return what names a record within its slice."""
    return _KEYS[stream]


def row_tables() -> Mapping[str, RowTable]:
    """Return the warehouse table of each stream."""
    head = ((SLICE_ID_COLUMN, pa.int64(), True), (POSITION_COLUMN, pa.int64(), True))
    return {
        stream: RowTable(
            name=f"learnworlds_{stream}",
            schema=_schema((*head, *columns)),
            key=(SLICE_ID_COLUMN, *_KEYS[stream]),
        )
        for stream, columns in _COLUMNS.items()
    }


def streams() -> Mapping[str, Stream]:
    """Return every stream, in the order of loading."""
    tables = row_tables()
    return {
        name: Stream(name=name, schema=fact_schema(name), tables=(tables[name],), version=VERSION)
        for name in _COLUMNS
    }


def _schema(columns: tuple[tuple[str, pa.DataType, bool], ...]) -> pa.Schema:
    return pa.schema([pa.field(name, kind, nullable=not given) for name, kind, given in columns])
