"""The home of the school: what its people write beside the settings.

That is which courses are one, who is in which group, who is who in the systems, the plans, and
the files that the school exports with their mapping.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import as_file, files
from pathlib import Path

from gradeline.sandbox.school.exports import write_csv, write_exports
from gradeline.sandbox.school.school import Course, School
from gradeline.sandbox.school.wording import EMPTY_COURSE

#: Who is who in the systems, for `gradeline learners link`.
LINKS = "links.csv"
#: OULAD gives no day for exams, and no results of them.
_EXAM = "Exam"
#: One learner in so many learns in the evening.
_EVENING_EVERY = 2


@dataclass(frozen=True, kw_only=True)
class Curator:
    """A person who looks after the groups of one time of the day."""

    email: str
    language: str


#: The curators of the morning and of the evening.
CURATORS = (
    Curator(email="carmen.vidal@school.example", language="es"),
    Curator(email="nina.orlova@school.example", language="ru"),
)


def write_home(school: School, home: Path) -> None:
    """Write what is not there yet; what people have changed stays.

    Raises:
        OSError: a file cannot be written.
    """
    home.mkdir(parents=True, exist_ok=True)
    exports = home / "exports" / "campus"
    if not exports.exists():
        write_exports(school, exports)
    mapping = home / "mapping" / "campus"
    if not mapping.exists():
        with as_file(files("gradeline.sandbox.school") / "mapping") as own:
            shutil.copytree(own, mapping)
    if not (home / "cursos.yml").exists():
        (home / "cursos.yml").write_text("\n".join(_cursos_yml(school)) + "\n", "utf-8")
    _write_new(home / "groups.csv", ("course", "group", "learner", "role"), _groups(school))
    _write_new(home / LINKS, ("source", "external_id", "learner_id"), _links(school))
    for course in school.courses:
        plan = home / "planification" / course.wording.category / f"{course.slug}.csv"
        plan.parent.mkdir(parents=True, exist_ok=True)
        _write_new(plan, ("date", "assessment_id", "assessment_name", "status"), _plan(course))


def _write_new(path: Path, header: Sequence[str], rows: Iterator[Sequence[object]]) -> None:
    if not path.exists():
        write_csv(path, header, rows)


def course_id(course: Course) -> str:
    """Return the id of a course in reports: that of LearnWorlds."""
    return f"{course.wording.category}/{course.slug}"


def _cursos_yml(school: School) -> Iterator[str]:
    yield "courses:"
    for course in school.courses:
        yield f"  {course.wording.category}:"
        yield f"    {course.slug}:"
        yield f"      name: {course.title}"
        yield "      also:"
        for system in _systems(school, course):
            yield f'      - "{system}"'
    yield f"  {EMPTY_COURSE.category}:"
    yield f"    {EMPTY_COURSE.slug}:"
    yield f"      name: {EMPTY_COURSE.title}"


def _systems(school: School, course: Course) -> Iterator[str]:
    """Yield what the other systems call a course; only the last one is practised in today."""
    yield f"files:campus:campus/{course.slug}"
    if course is school.courses[-1]:
        yield f"grader:Agora/{course.module}+{course.presentation}"
        yield f"postgres:school:school/{course.slug}"
        yield f"amplitude:{course.slug}"
        yield f"appmetrica:{course.slug}"


def _groups(school: School) -> Iterator[Sequence[object]]:
    for course in school.courses:
        for group, curator in zip(course.wording.groups, CURATORS, strict=True):
            yield course_id(course), group, curator.email, "teacher"
        for enrolment in course.enrolments:
            learner = enrolment.learner
            # By a digit other than that which chose the school's learners.
            group = course.wording.groups[learner.number // 3 % _EVENING_EVERY]
            yield course_id(course), group, learner.email, "learner"


def _links(school: School) -> Iterator[Sequence[object]]:
    for learner in school.learners:
        ids = {
            "learnworlds": learner.object_id,
            "files:campus": learner.number,
            "postgres:school": learner.number,
            "grader": learner.anonymous_id,
            "amplitude": learner.username,
            "appmetrica": learner.email,
        }
        for source, external_id in ids.items():
            yield source, external_id, learner.username


def _plan(course: Course) -> Iterator[Sequence[object]]:
    for item in course.items:
        if item.kind != _EXAM:
            due_on = course.starts + timedelta(days=item.due)
            yield due_on, item.object_id, course.title_of(item), "active"
