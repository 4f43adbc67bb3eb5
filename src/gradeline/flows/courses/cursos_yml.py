"""What people chose for each course in `cursos.yml`: its name and the KPIs that are shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from gradeline.base.errors import WrongUse
from gradeline.lake import Lake
from gradeline.records.course_book import CourseBook, WrittenCourse, plain
from gradeline.records.course_report import CourseReport
from gradeline.records.measures import COURSE_KPIS

#: Its name in the home and in the store.
FILE = "cursos.yml"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One course of cursos.yml."""

    title: str | None = None  #: the name people gave it
    kpis: tuple[str, ...] = COURSE_KPIS  #: the KPIs its report shows, in this order


@dataclass(frozen=True, kw_only=True)
class Choices:
    """All courses of cursos.yml by course id; a course that is not in it has the defaults."""

    by_course: Mapping[str, Choice] = field(default_factory=dict)
    #: the courses themselves, with their days and plan files
    book: CourseBook = field(default_factory=CourseBook)

    def key(self, course_id: str) -> str:
        """What a course's documents take from here, as text."""
        return repr(self.by_course.get(plain(course_id), Choice()))

    def apply_to(self, course: CourseReport) -> CourseReport:
        """The report as people want it: their name for the course, their KPIs."""
        choice = self.by_course.get(plain(course.course_id), Choice())
        return replace(course, title=choice.title or course.title, shown_kpis=choice.kpis)


def read_choices(path: Path) -> Choices:
    """The choices in a cursos.yml; none where the file is not there.

    Raises:
        WrongUse: the file is no YAML of that shape, or names a KPI that does not exist.
    """
    return parse_choices(path.read_bytes(), str(path)) if path.exists() else Choices()


def stored_choices(lake: Lake, path: Path) -> Choices:
    """The choices in the cursos.yml of the store, else in that of the home.

    Raises:
        WrongUse: as `read_choices`.
    """
    if lake.exists(FILE):
        return parse_choices(lake.get(FILE), f"{FILE} in {lake.url}")
    return read_choices(path)


def parse_choices(content: bytes, where: str) -> Choices:
    """The choices that a cursos.yml holds; `where` it lies is for messages.

    Raises:
        WrongUse: as `read_choices`.
    """
    found: dict[str, Choice] = {}
    written: list[WrittenCourse] = []
    for category, inside in _courses(content, where).items():
        if not isinstance(inside or {}, dict):
            raise WrongUse(f"{where}: {category} must be a mapping of courses.")
        for course, wanted in (inside or {}).items():
            course_id = f"{category}/{course}"
            if plain(course_id) in found:
                raise WrongUse(
                    f"{where} has {course_id} twice.", hint="Accents and case tell nothing apart."
                )
            found[plain(course_id)] = _choice(where, course_id, wanted)
            written.append(_written(where, (str(category), str(course)), wanted or {}))
    return Choices(by_course=found, book=CourseBook(courses=tuple(written)))


def _courses(content: bytes, where: str) -> Mapping[Any, Any]:
    try:
        told = yaml.safe_load(content.decode("utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WrongUse(f"{where} is not YAML: {error}.", hint="Mend the file.") from error
    courses = told.get("courses") if isinstance(told, dict) else None
    if not isinstance(courses, dict):
        raise WrongUse(
            f"{where} has no `courses:` at its top.", hint="See docs/reference/files.md."
        )
    return courses


def _choice(where: str, course_id: str, wanted: Any) -> Choice:
    wanted = wanted or {}
    if not isinstance(wanted, dict):
        raise WrongUse(f"{where}: {course_id} must be a mapping with name and kpis.")
    kpis = tuple(wanted.get("kpis") or COURSE_KPIS)
    unknown = [name for name in kpis if name not in COURSE_KPIS]
    if unknown:
        raise WrongUse(
            f"{where}: {course_id} asks for {', '.join(map(str, unknown))}, which is no KPI.",
            hint=f"Choose among {', '.join(COURSE_KPIS)}.",
        )
    return Choice(title=wanted.get("name"), kpis=kpis)


def _written(where: str, name: tuple[str, str], wanted: Mapping[str, Any]) -> WrittenCourse:
    category, course = (unicodedata.normalize("NFC", part) for part in name)
    plan = wanted.get("plan")
    entry = WrittenCourse(
        category=category,
        course=course,
        starts_on=_day(where, f"{category}/{course}: starts_on", wanted.get("starts_on")),
        ends_on=_day(where, f"{category}/{course}: ends_on", wanted.get("ends_on")),
        plan=None if plan is None else str(plan),
    )
    if entry.starts_on and entry.ends_on and entry.ends_on < entry.starts_on:
        raise WrongUse(f"{where}: {entry.course_id} ends before it starts.")
    return entry


def _day(where: str, what: str, value: Any) -> date | None:
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    raise WrongUse(
        f"{where}: {what} is {value!r}, which is no day.", hint="Write it as 2024-01-31."
    )
