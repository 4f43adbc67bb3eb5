"""The courses of `cursos.yml`, as plain values that any package may hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class CourseEntry:
    """One course of cursos.yml."""

    category: str  #: spelled as in the file; it names folders
    course: str  #: the course's own name, e.g. `nivel-1-m30m`
    starts_on: date | None = None  #: its first day
    ends_on: date | None = None  #: its last day
    plan: str | None = None  #: the name of its file under planification/<category>/
    also: tuple[str, ...] = ()  #: its ids in other systems, each `source:id`

    @property
    def course_id(self) -> str:
        """`category/course`."""
        return f"{self.category}/{self.course}"


@dataclass(frozen=True, kw_only=True)
class CourseList:
    """All courses of cursos.yml, in their order."""

    courses: Sequence[CourseEntry] = ()

    def of_course(self, course_id: str) -> CourseEntry | None:
        """Return the entry of a course; accents and case make no difference."""
        name = plain(course_id)
        return next((entry for entry in self.courses if plain(entry.course_id) == name), None)

    def spell_category(self, category: str) -> str:
        """Return the category as it is spelled here, if a course of it is listed."""
        same = (e.category for e in self.courses if plain(e.category) == plain(category))
        return next(same, category)

    def find_entry(self, course: str, categories: Iterable[str]) -> CourseEntry | None:
        """Find the entry of a course of another system.

        Args:
            course: its name there, as one part of a course id.
            categories: its categories there; of several entries one in any of them is taken.
        """
        entries = list(self.named(course))
        own = {plain(category) for category in categories}
        fitting = [entry for entry in entries if plain(entry.category) in own]
        return next(iter([*fitting, *entries]), None)

    def named(self, course: str) -> Iterator[CourseEntry]:
        """Return the entries of that course in all categories."""
        name = plain(course)
        return (entry for entry in self.courses if plain(entry.course) == name)


def halves(course_id: str) -> tuple[str, str]:
    """Return category and course; the first slash separates them, without one there is none."""
    category, slash, course = course_id.partition("/")
    return (category, course) if slash else ("", course_id)


def plain(name: str) -> str:
    """Return a name without accents and case: `Matemáticas/m0m` and `matematicas/m0m` are one."""
    parts = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()
