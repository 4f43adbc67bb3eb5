"""The courses of a school: category, days and course id of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from gradeline.base.errors import WrongAnswer
from gradeline.records.course_list import CourseList
from gradeline.records.ids import normalize_id

#: The category of a course that has none, neither in cursos.yml nor at the school.
NO_CATEGORY = "sin-categoria"


class ListedCourse(msgspec.Struct):
    """A course as the school lists it."""

    id: str
    title: str | None = None
    categories: list[str] | None = None


_COURSES = msgspec.json.Decoder(ListedCourse)


@dataclass(frozen=True, kw_only=True)
class Place:
    """The category, id and days of one course."""

    course: str  #: the school's own name of it
    category: str
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def course_id(self) -> str:
        """`category/course`, which is also the window of its slices."""
        return f"{self.category}/{name_of(self.course)}"

    def to_json(self) -> dict[str, str | None]:
        """Return it as JSON values; `detail` of a planned slice has it."""
        return {
            "course_id": self.course_id,
            "category": self.category,
            "starts_on": None if self.starts_on is None else self.starts_on.isoformat(),
            "ends_on": None if self.ends_on is None else self.ends_on.isoformat(),
        }


def parse_courses(records: Iterable[bytes]) -> Sequence[ListedCourse]:
    """Parse records as courses, sorted by name; reading rejects those that are not courses.

    Raises:
        WrongAnswer: none of them is a course, so the list has another shape.
    """
    courses, broken = [], None
    for record in records:
        try:
            courses.append(_COURSES.decode(record))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            broken = error
    if broken is not None and not courses:
        raise WrongAnswer(
            f"LearnWorlds listed courses in another form than it documents ({broken}).",
            hint="Check SCHOOL_DOMAIN. If it is correct, report that the API changed.",
        )
    return sorted((each for each in courses if each.id), key=lambda each: each.id)


def place_courses(courses: Iterable[ListedCourse], book: CourseList) -> Mapping[str, Place]:
    """Return each course's place: from cursos.yml, else by the first of its categories."""
    return {each.id: _place(each, book) for each in courses}


def name_of(text: str) -> str:
    """Normalise a name as one part of a course id: NFC, no slashes, no blanks at its ends."""
    return normalize_id(text).replace("/", "-").strip(".") or "-"


def category_of(course: ListedCourse) -> str:
    """Return the first of the school's own categories of a course, as one part of a course id."""
    names = (name_of(name) for name in course.categories or () if name.strip())
    return next(names, NO_CATEGORY)


def _place(course: ListedCourse, book: CourseList) -> Place:
    entry = book.find_entry(name_of(course.id), course.categories or ())
    if entry is None:
        return Place(course=course.id, category=book.spell_category(category_of(course)))
    return Place(
        course=course.id, category=entry.category, starts_on=entry.starts_on, ends_on=entry.ends_on
    )
