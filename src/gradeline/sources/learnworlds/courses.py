"""Where each course of the school belongs: its category, its days, its place in the lake."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from gradeline.base.errors import WrongAnswer
from gradeline.records.course_list import CourseList

#: The category of a course that has none, neither in cursos.yml nor at the school.
NO_CATEGORY = "sin-categoria"


class ListedCourse(msgspec.Struct):
    """A course as the school lists it."""

    id: str
    title: str | None = None
    categories: list[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where one course belongs."""

    course: str  #: the school's own name of it
    category: str
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def course_id(self) -> str:
        """`category/course`, which is also the window of its slices."""
        return f"{self.category}/{name_of(self.course)}"

    def told(self) -> dict[str, str | None]:
        """The place as JSON can hold it."""
        return {
            "course_id": self.course_id,
            "category": self.category,
            "starts_on": None if self.starts_on is None else self.starts_on.isoformat(),
            "ends_on": None if self.ends_on is None else self.ends_on.isoformat(),
        }


def listed(records: Iterable[bytes]) -> Sequence[ListedCourse]:
    """The courses among these records, by their names; what is none is left to quarantine.

    Raises:
        WrongAnswer: none of them is a course, so the list has another form.
    """
    found, broken = [], None
    for record in records:
        try:
            found.append(msgspec.json.decode(record, type=ListedCourse))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            broken = error
    if broken is not None and not found:
        raise WrongAnswer(
            f"LearnWorlds listed courses in another form than it documents ({broken}).",
            hint="Check SCHOOL_DOMAIN. If it is correct, report that the API changed.",
        )
    return sorted((each for each in found if each.id), key=lambda each: each.id)


def places(courses: Iterable[ListedCourse], book: CourseList) -> Mapping[str, Place]:
    """Each course's place: as cursos.yml has it, else by the first of its categories."""
    return {each.id: _place(each, book) for each in courses}


def name_of(text: str) -> str:
    """A category or course as one part of a course id: NFC, without slashes or edge spaces."""
    return unicodedata.normalize("NFC", text).replace("/", "-").strip().strip(".") or "-"


def category_of(course: ListedCourse) -> str:
    """Return the first of the school's own categories of a course, as one part of a course id."""
    names = (name_of(name) for name in course.categories or () if name.strip())
    return next(names, NO_CATEGORY)


def _place(course: ListedCourse, book: CourseList) -> Place:
    entry = book.find_entry(name_of(course.id), course.categories or ())
    if entry is None:
        return Place(course=course.id, category=book.spell_category(category_of(course)))
    return Place(
        course=course.id,
        category=entry.category,
        starts_on=entry.starts_on,
        ends_on=entry.ends_on,
    )
