"""Which plan file belongs to which course: by `plan:` in cursos.yml, by name, or by prefix."""

from __future__ import annotations

from collections.abc import Iterable

from gradeline.records.course_list import CourseList, halves, plain
from gradeline.sources.source import CourseFiles

_EXTENSION = ".csv"


def match(names: Iterable[str], courses: Iterable[str], book: CourseList) -> CourseFiles:
    """Give each course its file; one file may serve several courses.

    A course takes the file that cursos.yml names under `plan:`, else the file of its own name in
    its category's folder, else the one with the longest name that its own name begins with:
    `lecciones.csv` fits `lecciones-m0m`. Accents and case make no difference.
    """
    files, course_ids = sorted(names), sorted(set(courses))
    best = {course_id: _file_of(course_id, files, book) for course_id in course_ids}
    taken = {course_id: name for course_id, name in best.items() if name is not None}
    return CourseFiles(
        files=taken,
        unmatched=tuple(name for name in files if name not in taken.values()),
        without_file=tuple(course_id for course_id in course_ids if course_id not in taken),
    )


def _file_of(course_id: str, files: Iterable[str], book: CourseList) -> str | None:
    category, course = halves(plain(course_id))
    written = book.of_course(course_id)
    written_stem = (
        plain(written.plan).removesuffix(_EXTENSION) if written and written.plan else None
    )
    best: tuple[int, str] | None = None
    for name in files:
        folder, _, stem = plain(name).removesuffix(_EXTENSION).rpartition("/")
        if folder != category:
            continue
        fits = stem == written_stem if written_stem is not None else _begins(course, stem)
        if fits and (best is None or len(stem) > best[0]):
            best = (len(stem), name)
    return None if best is None else best[1]


def _begins(course: str, stem: str) -> bool:
    """Whether a course's name is the stem, or goes on after it with a sign that ends a word."""
    rest = course.removeprefix(stem)
    return bool(stem) and course.startswith(stem) and not rest[:1].isalnum()
