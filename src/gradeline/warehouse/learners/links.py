"""Links: which ids of different sources belong to one learner, as people entered them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "links"


@dataclass(frozen=True, kw_only=True, order=True)
class Link:
    """One person as one source knows them."""

    learner_id: str  #: the id that all sources share
    source: str
    external_id: str  #: the source's own id


def lock(connection: Connection) -> None:
    """Make others who write links wait until the caller's transaction ends."""
    connection.execute(query(_FILE, "lock"))


def ls(
    connection: Connection, *, source: str | None = None, learner_id: str | None = None
) -> list[Link]:
    """List all links, or those of a source or a learner, in the order of learners."""
    rows = connection.execute(query(_FILE, "ls"), {"source": source, "learner_id": learner_id})
    return [Link(source=s, external_id=e, learner_id=learner) for s, e, learner in rows]


@dataclass(frozen=True, kw_only=True)
class LinkedCourse:
    """What the results of a course hold of one id."""

    learner_id: str
    course_id: str
    attempts: int
    submitted: int  #: items handed in


def linked_courses(connection: Connection, learners: Collection[str]) -> list[LinkedCourse]:
    """Read what published results hold of these ids, by course and id."""
    rows = connection.execute(query(_FILE, "courses"), {"learners": sorted(learners)})
    return [
        LinkedCourse(learner_id=who, course_id=course, attempts=attempts, submitted=submitted)
        for who, course, attempts, submitted in rows
    ]


def put(connection: Connection, links: Iterable[Link], by: str | None = None) -> int:
    """Store these links in the place of earlier ones of the same ids; how many changed.

    Args:
        connection: the caller owns its transaction.
        links: what to store.
        by: who makes them; None = not known.
    """
    distinct = sorted({(link.source, link.external_id): link for link in links}.values())
    values = {
        "sources": [link.source for link in distinct],
        "external_ids": [link.external_id for link in distinct],
        "learner_ids": [link.learner_id for link in distinct],
        "by": by,
    }
    return connection.execute(query(_FILE, "add"), values).rowcount


def remove(connection: Connection, learners: Collection[str]) -> int:
    """Delete all links of these learners; how many there were."""
    return connection.execute(query(_FILE, "remove"), {"learners": sorted(learners)}).rowcount


def remove_links(connection: Connection, links: Iterable[Link]) -> int:
    """Delete these links alone; how many there were."""
    found = list(links)
    values = {
        "sources": [link.source for link in found],
        "external_ids": [link.external_id for link in found],
    }
    return connection.execute(query(_FILE, "remove_links"), values).rowcount
