"""Give the planification source its files from the lake, and the courses there are."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from gradeline.base.errors import BadKey, InputBroken, LakeError, ObjectMissing
from gradeline.flows.courses.cursos_yml import Choices
from gradeline.lake import Lake, unescape
from gradeline.records.course_list import plain
from gradeline.sources import KINDS
from gradeline.warehouse import Database
from gradeline.warehouse.course_links import read_course_links
from gradeline.warehouse.slices import ledger

_FOLDER = "planification"
_log = logging.getLogger(__name__)


class LakePlanFiles:
    """The plan files of a lake, by their names under planification/.

    In a folder on this machine a file may have any name. `!3A` in a name stands for `:`, as in
    the folders of courses.
    """

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._places: dict[str, Path | str] = {}

    def names(self) -> Sequence[str]:
        """Return the name of every plan file there is, sorted."""
        folder = self._lake.local_path(_FOLDER)
        found = _list_stored(self._lake) if folder is None else _list_local(folder)
        self._places = {_shown(name): place for name, place in found}
        return sorted(self._places)

    def read(self, name: str) -> bytes | None:
        """Return the bytes of one file; None where it is gone.

        Raises:
            InputBroken: it cannot be read.
        """
        if name not in self._places:
            self.names()
        place = self._places.get(name)
        try:
            if place is None:
                return None
            return place.read_bytes() if isinstance(place, Path) else self._lake.get(place)
        except (FileNotFoundError, ObjectMissing):
            return None
        except (OSError, LakeError, BadKey) as error:
            raise InputBroken(
                f"planification/{name} cannot be read: {error}", hint="Fix this and run again."
            ) from error


def _list_stored(lake: Lake) -> Iterator[tuple[str, str]]:
    """Yield the name and key of each plan file of a bucket."""
    for stored in lake.list(_FOLDER):
        if stored.key.count("/") == 2 and stored.key.lower().endswith(".csv"):
            yield stored.key.removeprefix(f"{_FOLDER}/"), stored.key


def _list_local(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name and path of each plan file in a folder of this machine."""
    for category in _entries(folder):
        for file in _entries(category):
            if file.suffix.lower() == ".csv" and file.is_file():
                yield f"{category.name}/{file.name}", file


def _entries(folder: Path) -> Sequence[Path]:
    """Return what a folder holds; one that may not be looked into is logged, and holds nothing."""
    try:
        return sorted(folder.iterdir()) if folder.is_dir() else ()
    except PermissionError as error:
        _log.warning("plan files in %s cannot be read: %s", folder, error)
        return ()


def _shown(name: str) -> str:
    """Return the name that a file is meant to have, as text that any encoding can hold."""
    category, _, file = (unescape(part) for part in name.partition("/"))
    meant = name if "/" in category + file else f"{category}/{file}"
    return meant.encode("utf-8", "backslashreplace").decode()


def known_courses(database: Database, choices: Choices) -> Iterable[str]:
    """Return the courses that facts or cursos.yml name, as the facts spell them.

    A course that cursos.yml spells in another way, `Maths/2024` for `maths/2024`, is that course.
    One that counts for another course is none of its own.
    """
    with database.connect() as connection:
        joined = {plain(link.external_id) for link in read_course_links(connection).links}
    known = courses_of_facts(database)
    spelled = {plain(course_id) for course_id in known} | joined
    written = {entry.course_id for entry in choices.book.courses}
    return sorted(known | {each for each in written if plain(each) not in spelled})


def courses_of_facts(database: Database) -> frozenset[str]:
    """Return the ids of the courses that facts count for; plans only follow what others name."""
    with database.connect() as connection:
        facts, links = ledger.snapshot(connection), read_course_links(connection)
    return frozenset(
        links.joined(fact.slice.source, course_id)
        for fact in facts
        for course_id in fact.courses or ()
        if not KINDS[fact.slice.source.partition(":")[0]].replaces_plans
    )
