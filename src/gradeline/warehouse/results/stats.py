"""Read published results one entity at a time, as whoever asks may see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import md5
from typing import Any

import msgspec
from psycopg.rows import dict_row

from gradeline.records.course_figures import CourseFigures
from gradeline.records.course_outline import CourseOutline
from gradeline.records.course_report import LearnerStanding
from gradeline.records.group_figures import GroupFigures
from gradeline.records.intervals import rate
from gradeline.records.measures import Measure
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.results.attempts import Selection
from gradeline.warehouse.results.course import learner_standing, measures_of
from gradeline.warehouse.sql import query

_FILE = "stats"


class Entity(StrEnum):
    """What figures are about, by the name of its list."""

    GROUP = "groups"
    COURSE = "courses"
    LEVEL = "levels"
    TOPIC = "topics"
    LEARNER = "learners"


@dataclass(frozen=True, kw_only=True)
class PublishedBuild:
    """A build, and when its results were last found to be those of today."""

    build_id: int
    as_of: datetime  #: facts later than this did not exist for it
    published_at: datetime
    confirmed_at: datetime


@dataclass(frozen=True, kw_only=True)
class EntityName:
    """An entity that whoever asks may see."""

    id: str
    key: str  #: a short name that stays the same
    name: str = ""  #: of a group
    courses: tuple[str, ...] = ()  #: of a group


@dataclass(frozen=True, kw_only=True)
class Leaderboard:
    """The rows of a leaderboard with rank up to 100."""

    rankings: tuple[Mapping[str, Any], ...]  #: rank, score; learner_id and name where shown
    size: int  #: learners in it, shown or not


@dataclass(frozen=True, kw_only=True)
class PlanOfLearners:
    """What is due for the learners of a course whom whoever asks may see."""

    learners: int  #: enrolled today
    due: int  #: the most that is due for one of them
    behind: int
    up_to_date_rate: Measure


def short_key(id_: str) -> str:
    """Return the key of an id, as the function of that name in the database does."""
    return md5(id_.encode(), usedforsecurity=False).hexdigest()[:16]


def read_build(connection: Connection) -> PublishedBuild | None:
    """Read the newest build; None = nothing was computed yet."""
    row = connection.execute(query(_FILE, "build")).fetchone()
    return PublishedBuild(**dict(zip(_BUILD, row, strict=True))) if row else None


_BUILD = ("build_id", "as_of", "published_at", "confirmed_at")


def list_entities(connection: Connection, entity: Entity) -> tuple[EntityName, ...]:
    """Return every group, course, level or topic that may be seen, in order."""
    return tuple(_found(connection, entity, None))


def find_entity(connection: Connection, entity: Entity, name: str) -> EntityName | None:
    """Find an entity by its id or its key; None = it may not be seen, or does not exist."""
    found = sorted(_found(connection, entity, name), key=lambda each: each.id != name)
    return found[0] if found else None


def _found(connection: Connection, entity: Entity, name: str | None) -> Iterator[EntityName]:
    for id_, key, *more in connection.execute(query(_FILE, entity.value), {"name": name}):
        title, courses = more or ("", ())
        yield EntityName(id=id_, key=key, name=title, courses=tuple(courses))


def read_stat(connection: Connection, selection: Selection) -> Mapping[str, Measure] | None:
    """Read the prepared figures of a selection; None = there are none that may be seen."""
    if selection.row is None:
        return None
    values = dict(zip(("type", "entity_id"), selection.row, strict=True))
    row = connection.execute(query(_FILE, "stat"), values).fetchone()
    return measures_of(row[0]) if row else None


def read_stats(
    connection: Connection, kind: str, selection: Selection
) -> Iterator[tuple[Selection, Mapping[str, Measure]]]:
    """Read the prepared figures of one type within a selection: of what, and the figures.

    Args:
        connection: sees what whoever asks may see.
        kind: a type of materialized_stats.
        selection: its group, course, level or topic; all others are None.
    """
    names = ("group_id", "course_id", "level_id", "topic_id")
    for *ids, metrics in connection.execute(
        query(_FILE, "stats_of"), {"type": kind, **asdict(selection)}
    ):
        yield Selection(**dict(zip(names, ids, strict=True))), measures_of(metrics)


def read_leaderboard(connection: Connection, scope: str, scope_id: str) -> Leaderboard | None:
    """Read a leaderboard, with names where these may be seen; None = there is none."""
    values = {"scope": scope, "scope_id": scope_id}
    row = connection.execute(query(_FILE, "leaderboard"), values).fetchone()
    return Leaderboard(rankings=tuple(row[0]), size=row[1]) if row else None


def read_course_figures(connection: Connection, course_id: str) -> CourseFigures | None:
    """Read the figures of a whole course; None = they may not be seen."""
    row = connection.execute(query(_FILE, "course"), {"course_id": course_id}).fetchone()
    return msgspec.convert(row[0], CourseFigures) if row else None


def read_outlines(
    connection: Connection, course_id: str | None = None
) -> Mapping[str, CourseOutline]:
    """Read what courses consist of: course id → its outline; of one course, or of all seen."""
    cursor = connection.cursor(row_factory=dict_row)
    rows = cursor.execute(query(_FILE, "outlines"), {"course_id": course_id}).fetchall()
    return {row["course_id"]: msgspec.convert(row, CourseOutline) for row in rows}


def read_headlines(connection: Connection, group_id: str) -> tuple[GroupFigures, ...]:
    """Read the headline figures of a group in each of its courses."""
    rows = connection.execute(query(_FILE, "groups_of"), {"group_id": group_id})
    return tuple(msgspec.convert(figures, GroupFigures) for (figures,) in rows)


def read_progress(
    connection: Connection,
    *,
    learner_id: str | None = None,
    course_id: str | None = None,
    group_id: str | None = None,
    at_risk: bool = False,
) -> tuple[tuple[str, LearnerStanding], ...]:
    """Read how learners stand: (course id, standing) of one learner, or of those of one course.

    Args:
        connection: sees what whoever asks may see.
        learner_id: this learner alone.
        course_id: this course alone.
        group_id: learners of this group alone.
        at_risk: those at risk alone.
    """
    cursor = connection.cursor(row_factory=dict_row)
    values = {
        "learner_id": learner_id,
        "course_id": course_id,
        "group_id": group_id,
        "at_risk": at_risk,
    }
    rows = cursor.execute(query(_FILE, "progress"), values).fetchall()
    return tuple((row["course_id"], learner_standing(row)) for row in rows)


def read_plan(
    connection: Connection, course_id: str, group_id: str | None = None
) -> PlanOfLearners:
    """Compute what is due for the learners of a course who may be seen; or of one of its groups."""
    values = {"course_id": course_id, "group_id": group_id}
    row = connection.execute(query(_FILE, "plan"), values).fetchone()
    learners, pairs, missing, behind, due, as_of = row or (0, 0, 0, 0, 0, None)
    up_to_date = rate(pairs - missing, pairs, as_of)
    return PlanOfLearners(learners=learners, due=due, behind=behind, up_to_date_rate=up_to_date)
