"""Give the planification source its files from the lake, and the courses there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gradeline.base.errors import ObjectMissing
from gradeline.flows.courses.cursos_yml import Choices
from gradeline.lake import Lake
from gradeline.warehouse import Database
from gradeline.warehouse.slices import ledger

_FOLDER = "planification/"


class LakePlanFiles:
    """The plan files of a lake, by their names under planification/."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake

    def names(self) -> Sequence[str]:
        """Return the name of every plan file there is, sorted."""
        keys = sorted(stored.key for stored in self._lake.list(_FOLDER) if _is_plan(stored.key))
        return [key.removeprefix(_FOLDER) for key in keys]

    def read(self, name: str) -> bytes | None:
        """Return the bytes of one file; None where it is gone."""
        try:
            return self._lake.get(_FOLDER + name)
        except ObjectMissing:
            return None


def known_courses(database: Database, choices: Choices) -> Iterable[str]:
    """Return the courses that facts or cursos.yml name, as the facts spell them."""
    written = {entry.course_id for entry in choices.book.courses}
    return sorted(courses_of_facts(database) | written)


def courses_of_facts(database: Database) -> frozenset[str]:
    """Return the ids of the courses that facts name."""
    with database.connect() as connection:
        facts = ledger.snapshot(connection)
    return frozenset(course_id for fact in facts for course_id in fact.courses or ())


def _is_plan(key: str) -> bool:
    return key.count("/") == 2 and key.lower().endswith(".csv")
