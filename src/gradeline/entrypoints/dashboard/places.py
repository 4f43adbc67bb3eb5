"""Places: a group of a course, as addresses name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from fastapi import Depends

from gradeline.base.errors import NotFound
from gradeline.records.course_outline import CourseOutline
from gradeline.warehouse import Connection
from gradeline.warehouse.results.stats import (
    Entity,
    EntityName,
    find_entity,
    read_outlines,
    short_key,
)


@dataclass(frozen=True, kw_only=True)
class PlaceKeys:
    """The short names of a group and a course, as an address has them."""

    group: str
    course: str


async def read_keys(group: str, course: str) -> PlaceKeys:
    """Read the short names in the path of a request."""
    return PlaceKeys(group=group, course=course)


#: For the parameter of a route below `/groups/{group}/{course}`.
Keys: TypeAlias = Annotated[PlaceKeys, Depends(read_keys)]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A group of a course."""

    group: EntityName
    course_id: str
    outline: CourseOutline | None  #: what the course consists of; None = nothing is known

    @property
    def course(self) -> str:
        """The title of the course."""
        return self.outline.title if self.outline else self.course_id

    @property
    def url(self) -> str:
        """The address of the group's page."""
        return group_url(self.group.id, self.course_id)


def group_url(group_id: str, course_id: str) -> str:
    """Return the address of the page of a group of a course."""
    return f"/groups/{short_key(group_id)}/{short_key(course_id)}"


def find_place(connection: Connection, keys: PlaceKeys) -> Place:
    """Find a group of a course by the short names of both.

    Raises:
        NotFound: there is none, or whoever asks may not see it.
    """
    found = find_entity(connection, Entity.GROUP, keys.group)
    if found is None:
        raise NotFound
    course_id = next((each for each in found.courses if short_key(each) == keys.course), None)
    if course_id is None:
        raise NotFound
    outline = read_outlines(connection, course_id).get(course_id)
    return Place(group=found, course_id=course_id, outline=outline)


def course_url(course_id: str, group_id: str | None = None) -> str:
    """Return the address of a course's page, as a group answered it if one is given."""
    scope = "" if group_id is None else f"?group={short_key(group_id)}"
    return f"/courses/{short_key(course_id)}{scope}"


def learner_url(learner_id: str) -> str:
    """Return the address of a learner's page."""
    return f"/learners/{short_key(learner_id)}"
