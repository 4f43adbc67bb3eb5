"""The links between courses, as the last run read them from cursos.yml."""

from __future__ import annotations

from collections.abc import Collection

from gradeline.records.course_links import CourseLink, CourseLinks
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "course_links"


def read_course_links(connection: Connection) -> CourseLinks:
    """Read all links between courses."""
    rows = connection.execute(query(_FILE, "ls"))
    return CourseLinks(
        links=tuple(
            CourseLink(source=source, external_id=external_id, course_id=course_id)
            for source, external_id, course_id in rows
        )
    )


def replace_course_links(
    connection: Connection, links: CourseLinks, *, keep: Collection[str] = ()
) -> int:
    """Store these links in the place of all others; how many changed.

    Args:
        connection: the caller owns its transaction.
        links: all that there are.
        keep: courses whose earlier links stay, since what people wrote of them is wrong.
    """
    values = {
        "sources": [link.source for link in links.links],
        "external_ids": [link.external_id for link in links.links],
        "course_ids": [link.course_id for link in links.links],
        "keep": sorted(keep),
    }
    connection.execute(query(_FILE, "lock"))
    removed = connection.execute(query(_FILE, "remove_others"), values).rowcount
    return removed + connection.execute(query(_FILE, "add"), values).rowcount
