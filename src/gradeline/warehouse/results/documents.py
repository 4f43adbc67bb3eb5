"""What the documents of each course were made from, so that a rerun leaves right ones alone."""

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
    """What is noted for each course id."""
    rows = connection.execute(query(_FILE, "read")).fetchall()
    return {
        course_id: CourseDocuments(key=key, paths=tuple(paths)) for course_id, key, paths in rows
    }


def record_documents(
    connection: Connection, course_id: str, key: str, paths: Sequence[str]
) -> None:
    """Remember what a course's documents were made from."""
    connection.execute(
        query(_FILE, "record"),
        {"course_id": course_id, "key": key, "paths": list(paths)},
    )
