"""Mark the results that readers see, in the transaction that publishes them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from gradeline.records.small_cells import FEWEST_LEARNERS
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "readers"


@dataclass(frozen=True, kw_only=True)
class PublishedCell:
    """A row of results that readers may see, as far as hiding it goes."""

    type: str  #: as in materialized_stats, or `figures` of a group
    entity_id: str  #: of figures of a group the group
    course_id: str | None
    group_id: str | None
    level_id: str | None
    topic_id: str | None
    learners: int
    counted: int  #: what adds up over cells: graded attempts, of figures of a group learners


def read_cells(connection: Connection) -> Iterator[PublishedCell]:
    """Read the figures of courses, levels, topics and groups that readers may see."""
    for row in connection.execute(query(_FILE, "cells")):
        names = PublishedCell.__dataclass_fields__
        yield PublishedCell(**dict(zip(names, row, strict=True)))


def read_enrolled(connection: Connection) -> dict[str, int]:
    """Return the number of enrolled learners of each course."""
    return dict(connection.execute(query(_FILE, "enrolled")).fetchall())


def show_to_readers(
    connection: Connection,
    stats: Collection[tuple[str, str]],
    groups: Collection[tuple[str, str]],
) -> None:
    """Let readers see these rows and no others, and leaderboards without names.

    Args:
        connection: in the transaction that published the results.
        stats: (type, entity id) of rows of materialized_stats.
        groups: (group id, course id) of rows of group_figures.
    """
    values = {
        "types": [kind for kind, _ in stats],
        "entities": [entity_id for _, entity_id in stats],
        "groups": [group_id for group_id, _ in groups],
        "courses": [course_id for _, course_id in groups],
        "fewest": FEWEST_LEARNERS,
    }
    for step in ("show_stats", "show_groups", "forget_leaderboards", "store_leaderboards"):
        connection.execute(query(_FILE, step), values)
