"""The folder of each course's documents: chosen once, and never that of another course."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "course_folders"

#: Returns the folders a course may have, the best one first.
FoldersOf = Callable[[str], Iterator[str]]


def read_folders(connection: Connection) -> Mapping[str, str]:
    """Read the folders chosen so far: course id → its folder."""
    return dict(connection.execute(query(_FILE, "read")).fetchall())


def choose_folders(
    connection: Connection, course_ids: Iterable[str], folders_of: FoldersOf
) -> Mapping[str, str]:
    """Return the folder of every course that has one, after choosing those of new courses.

    A new course takes the first of its folders that no other course has, whatever their case.

    Args:
        connection: one in autocommit mode, or whose transaction is this call's alone.
        course_ids: courses that need a folder.
        folders_of: the folders a course may have; it must not end before a free one is found.
    """
    wanted = set(course_ids)
    chosen = read_folders(connection)
    if wanted <= chosen.keys():
        return chosen
    with connection.transaction():
        connection.execute(query(_FILE, "lock"))
        found = dict(read_folders(connection))
        taken = {folder.casefold() for folder in found.values()}
        new: dict[str, str] = {}
        for course_id in sorted(wanted - found.keys()):
            free = (one for one in folders_of(course_id) if one.casefold() not in taken)
            new[course_id] = next(free)
            taken.add(new[course_id].casefold())
        folders = list(new.values())
        connection.execute(
            query(_FILE, "store"),
            {
                "course_ids": list(new),
                "folders": folders,
                "folded": [folder.casefold() for folder in folders],
            },
        )
    return found | new
