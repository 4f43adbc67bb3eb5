"""Sync courses: add the courses of a school to cursos.yml; what people wrote there stays."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from gradeline.flows.courses.cursos_yml import FILE, parse_choices
from gradeline.flows.courses.cursos_yml_edit import NewCourse, add_courses
from gradeline.lake import Lake
from gradeline.records.course_list import CourseList, plain
from gradeline.sources.source import ListsCourses

#: The courses as the school lists them.
RAW_FILE = "courses_raw.json"


@dataclass(frozen=True, kw_only=True)
class SyncResult:
    """What a sync did."""

    listed: int  #: courses that the school lists
    added: tuple[str, ...]  #: course ids written into cursos.yml
    left: tuple[str, ...]  #: course ids of cursos.yml that the school does not list


def sync_courses(source: ListsCourses, lake: Lake, home_file: Path) -> SyncResult:
    """Write the school's courses into `cursos.yml` and `courses_raw.json` of the store.

    A course that is in cursos.yml, in whatever category, is left as people wrote it, and so is one
    that counts for another course. A new one is added under the first of its categories, with its
    title and the four standard KPIs.

    Args:
        source: the school.
        lake: the store that holds both files.
        home_file: the cursos.yml to begin with where the store has none.

    Raises:
        SourceError: the school does not list its courses; nothing is changed.
        WrongUse: cursos.yml cannot be read.
    """
    offered = source.list_courses()
    text, where = _read_file(lake, home_file)
    book = parse_choices(text.encode(), where).book if text.strip() else CourseList()
    categories = [course.category_in(book) for course in offered]
    joined = {plain(text.partition(":")[2]) for entry in book.courses for text in entry.also}
    new = [
        NewCourse(category=category, course=course.course, name=course.title)
        for course, category in zip(offered, categories, strict=True)
        if next(book.named(course.course), None) is None
        and plain(f"{category}/{course.course}") not in joined
    ]
    _write_changed(lake, FILE, add_courses(text, new, where))
    records = json.dumps([json.loads(course.record) for course in offered], indent=2)
    _write_changed(lake, RAW_FILE, records + "\n")
    pairs = zip(offered, categories, strict=True)
    named = {plain(f"{category}/{course.course}") for course, category in pairs}
    return SyncResult(
        listed=len(offered),
        added=tuple(f"{course.category}/{course.course}" for course in new),
        left=tuple(
            entry.course_id for entry in book.courses if plain(entry.course_id) not in named
        ),
    )


def _read_file(lake: Lake, home_file: Path) -> tuple[str, str]:
    """Return the text of cursos.yml, and how messages name the file."""
    if lake.exists(FILE):
        return lake.get(FILE).decode("utf-8-sig"), f"{FILE} in {lake.url}"
    if home_file.exists():
        return home_file.read_bytes().decode("utf-8-sig"), str(home_file)
    return "", FILE


def _write_changed(lake: Lake, key: str, text: str) -> None:
    """Write a file unless it has this content already."""
    content = text.encode()
    if content and not (lake.exists(key) and lake.get(key) == content):
        lake.replace(key, content)
