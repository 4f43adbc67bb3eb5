"""What each course's documents were made from, so that a rerun writes only those that changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "documents"


@dataclass(frozen=True, kw_only=True)
class CourseDocuments:
    """The documents of one course as they were written last."""

    key: str  #: the digest of all that they show
    paths: tuple[str, ...]  #: their keys in the lake


def read_documents(connection: Connection) -> Mapping[str, CourseDocuments]:
    """Read what the documents of each course were made from: course id → its documents."""
    rows = connection.execute(query(_FILE, "read")).fetchall()
    return {
        course_id: CourseDocuments(key=key, paths=tuple(paths)) for course_id, key, paths in rows
    }


def remove_records(connection: Connection, course_ids: Sequence[str]) -> None:
    """Remove what the documents of these courses were made from; they are to be deleted, too."""
    connection.execute(query(_FILE, "remove"), {"course_ids": list(course_ids)})


def record_documents(
    connection: Connection, course_id: str, key: str, paths: Sequence[str]
) -> None:
    """Store what a course's documents were made from.

    Args:
        connection: the caller owns its transaction.
        course_id: whose documents they are.
        key: the digest of all that they show.
        paths: their keys in the lake.
    """
    connection.execute(
        query(_FILE, "record"), {"course_id": course_id, "key": key, "paths": list(paths)}
    )
