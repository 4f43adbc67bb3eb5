"""What documents were made from, so that a rerun writes only those that changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "documents"

#: The ids of a course and of a group of it; an empty group is the course itself.
Place = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class WrittenDocuments:
    """The documents of one course, or of one group of it, as they were written last."""

    key: str  #: the digest of all that they show
    paths: tuple[str, ...]  #: their keys in the lake


def read_documents(connection: Connection) -> Mapping[Place, WrittenDocuments]:
    """Read what documents were made from, those of courses and those of groups."""
    rows = connection.execute(query(_FILE, "read")).fetchall()
    return {
        (course_id, group_id): WrittenDocuments(key=key, paths=tuple(paths))
        for course_id, group_id, key, paths in rows
    }


def record_documents(connection: Connection, place: Place, key: str, paths: Sequence[str]) -> None:
    """Store what the documents of a course or a group were made from.

    Args:
        connection: the caller owns its transaction.
        place: whose documents they are.
        key: the digest of all that they show.
        paths: their keys in the lake.
    """
    course_id, group_id = place
    values = {"course_id": course_id, "group_id": group_id, "key": key, "paths": list(paths)}
    connection.execute(query(_FILE, "record"), values)


def remove_records(connection: Connection, places: Sequence[Place]) -> None:
    """Remove what the documents of these places were made from; they are to be deleted, too."""
    ids = {
        "course_ids": [course_id for course_id, _ in places],
        "group_ids": [group_id for _, group_id in places],
    }
    connection.execute(query(_FILE, "remove"), ids)
