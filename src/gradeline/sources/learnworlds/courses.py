"""Where each course of the school belongs: its category, its days, its place in the lake."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from gradeline.base.errors import WrongAnswer
from gradeline.records.course_list import CourseEntry, CourseList, plain

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
    """The first of the school's own categories."""
    given = [each for each in course.categories or () if each.strip()]
    return name_of(given[0]) if given else NO_CATEGORY


def _place(course: ListedCourse, book: CourseList) -> Place:
    written = _written(course, book)
    if written is None:
        return Place(course=course.id, category=_spelled(category_of(course), book))
    return Place(
        course=course.id,
        category=written.category,
        starts_on=written.starts_on,
        ends_on=written.ends_on,
    )


def _written(course: ListedCourse, book: CourseList) -> CourseEntry | None:
    """Its entry in cursos.yml; where several bear its name, the one in a category it has."""
    entries = list(book.named(name_of(course.id)))
    own = {plain(each) for each in course.categories or ()}
    fitting = [each for each in entries if plain(each.category) in own]
    return next(iter([*fitting, *entries]), None)


def _spelled(category: str, book: CourseList) -> str:
    """The category as cursos.yml spells it, if another course of it stands there."""
    wanted = plain(category)
    same = (each.category for each in book.courses if plain(each.category) == wanted)
    return next(same, category)
