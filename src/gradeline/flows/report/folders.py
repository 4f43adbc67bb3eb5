"""The folders of courses under reports/, metrics/kpi/, processed/ and raw/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gradeline.lake import apart, course_folder
from gradeline.warehouse import Database
from gradeline.warehouse.results.folders import choose_folders


def folders_of(database: Database, course_ids: Iterable[str]) -> Mapping[str, str]:
    """Return the folder of each of these courses, and of others that have one already.

    It is the two halves of the id. Where another course has that folder, or had it first on a
    system that ignores case (`Maths/2024` and `maths/2024`), a hash of the id follows. The choice
    is stored, so that a course which comes later moves no other one.
    """
    with database.connect() as connection:
        return choose_folders(connection, course_ids, _possible)


def _possible(course_id: str) -> Iterator[str]:
    folder = course_folder(course_id)
    yield folder
    yield apart(folder, course_id)
