"""The canonical tables, declared once as Arrow schemas; everything else is derived from them.

`*_on` are school days, `at` is an instant in UTC, ids are text. A learner's id is
`source:external` unless `learner_links` gives another one; a group's id is `source:external`
always, so that two schools' group `1` are two groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

import pyarrow as pa

INSTANT = pa.timestamp("us", tz="UTC")
SCORE = pa.decimal128(9, 6)
WEIGHT = pa.decimal128(12, 6)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A canonical table: its columns, its key and its references."""

    name: str  #: as in SQL
    meaning: str  #: one row of it, in one sentence
    schema: pa.Schema  #: columns and types; a field that is not nullable is required
    key: tuple[str, ...]  #: the columns that name a row
    references: tuple[tuple[str, str, str], ...] = ()  #: (column, table, its column)
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()  #: (column, the values it may take)


def _columns(*columns: tuple[str, pa.DataType, bool]) -> pa.Schema:
    return pa.schema(
        [pa.field(name, kind, nullable=not required) for name, kind, required in columns]
    )


LEARNERS = Table(
    name="learners",
    meaning="A person who learns, as one source knows them.",
    schema=_columns(
        ("learner_id", pa.string(), True),
        ("name", pa.string(), False),
        ("email", pa.string(), False),
        ("source", pa.string(), True),
    ),
    key=("learner_id",),
)

COURSES = Table(
    name="courses",
    meaning="A course: one run of a subject that learners are enrolled in.",
    schema=_columns(
        ("course_id", pa.string(), True),
        ("category", pa.string(), True),
        ("course", pa.string(), True),
        ("title", pa.string(), False),
        ("starts_on", pa.date32(), False),
        ("ends_on", pa.date32(), False),
    ),
    key=("course_id",),
)

GROUPS = Table(
    name="groups",
    meaning="A group of a course that a curator looks after; it has a row for each of its courses.",
    schema=_columns(
        ("group_id", pa.string(), True),
        ("course_id", pa.string(), True),
        ("name", pa.string(), False),
        ("rolling", pa.bool_(), True),
    ),
    key=("group_id", "course_id"),
    references=(("course_id", "courses", "course_id"),),
)

MEMBERSHIPS = Table(
    name="memberships",
    meaning="A person's place in a course, and in a group of it if any, from a day to a day.",
    schema=_columns(
        ("learner_id", pa.string(), True),
        ("group_id", pa.string(), False),
        ("course_id", pa.string(), True),
        ("role", pa.string(), True),
        ("starts_on", pa.date32(), False),
        ("ends_on", pa.date32(), False),
        ("outcome", pa.string(), False),
    ),
    # With the first day, since people leave a group and come back to it.
    key=("learner_id", "group_id", "course_id", "role", "starts_on"),
    references=(("course_id", "courses", "course_id"), ("group_id", "groups", "group_id")),
    choices=(("role", ("learner", "teacher", "staff")), ("outcome", ("pass", "fail", "withdrawn"))),
)

ITEMS = Table(
    name="items",
    meaning="Something a learner answers or hands in: a task, a quiz, an assessment.",
    schema=_columns(
        ("item_id", pa.string(), True),
        ("course_id", pa.string(), True),
        ("title", pa.string(), False),
        ("topic_id", pa.string(), False),
        ("level_id", pa.string(), False),
        ("kind", pa.string(), False),
        ("max_score", SCORE, False),
        ("weight", WEIGHT, False),
        ("due_on", pa.date32(), False),
        ("active", pa.bool_(), True),
    ),
    key=("course_id", "item_id"),
    references=(("course_id", "courses", "course_id"),),
)

ATTEMPTS = Table(
    name="attempts",
    meaning="One try of one learner at one item; score is 0..1, response the answer's beginning.",
    schema=_columns(
        ("attempt_id", pa.string(), True),
        ("learner_id", pa.string(), True),
        ("course_id", pa.string(), False),
        ("group_id", pa.string(), False),
        ("item_id", pa.string(), False),
        ("topic_id", pa.string(), False),
        ("level_id", pa.string(), False),
        ("kind", pa.string(), True),
        ("correct", pa.bool_(), False),
        ("score", SCORE, False),
        ("hints", pa.int32(), False),
        ("duration_s", pa.decimal128(12, 3), False),
        ("at", INSTANT, True),
        ("source", pa.string(), True),
        ("response", pa.string(), False),
    ),
    key=("attempt_id",),
    references=(("course_id", "courses", "course_id"),),
    choices=(("kind", ("answer", "run", "carried")),),
)

EVENTS = Table(
    name="events",
    meaning="Something a learner did, or `count` of the same at one instant.",
    schema=_columns(
        ("event_id", pa.string(), True),
        ("learner_id", pa.string(), True),
        ("course_id", pa.string(), False),
        ("group_id", pa.string(), False),
        ("type", pa.string(), True),
        ("session_id", pa.string(), False),
        ("count", pa.int64(), True),
        ("at", INSTANT, True),
        ("properties", pa.string(), False),
    ),
    key=("event_id",),
    references=(("course_id", "courses", "course_id"),),
)

EVENT_DAYS = Table(
    name="event_days",
    meaning="What a learner did in a course on one school day: events summed by type.",
    schema=_columns(
        ("learner_id", pa.string(), True),
        ("course_id", pa.string(), False),
        ("group_id", pa.string(), False),
        ("type", pa.string(), True),
        ("day", pa.date32(), True),
        ("events", pa.int64(), True),
        ("count", pa.int64(), True),
    ),
    key=("learner_id", "course_id", "group_id", "type", "day"),
)

PLAN = Table(
    name="plan",
    meaning="An item that a course expects done by a day.",
    schema=_columns(
        ("course_id", pa.string(), True),
        ("item_id", pa.string(), True),
        ("due_on", pa.date32(), True),
        ("status", pa.string(), True),
    ),
    key=("course_id", "item_id"),
    references=(("course_id", "courses", "course_id"), ("item_id", "items", "item_id")),
)

#: People fill it, so it is not a view; links that sources supply are read in addition.
LEARNER_LINKS = Table(
    name="learner_links",
    meaning="One person known to a source under an id of its own.",
    schema=_columns(
        ("source", pa.string(), True),
        ("external_id", pa.string(), True),
        ("learner_id", pa.string(), True),
    ),
    key=("source", "external_id"),
)

CANONICAL = MappingProxyType(
    {
        table.name: table
        for table in (
            LEARNERS,
            COURSES,
            GROUPS,
            MEMBERSHIPS,
            ITEMS,
            ATTEMPTS,
            EVENTS,
            EVENT_DAYS,
            PLAN,
            LEARNER_LINKS,
        )
    }
)
