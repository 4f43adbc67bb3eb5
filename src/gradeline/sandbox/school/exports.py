"""What the school exports into files: who is in which course, tasks, and clicks on its pages."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gradeline.sandbox.school.school import Course, School, shipped

_OUTCOMES = {"Pass": "pass", "Distinction": "pass", "Fail": "fail", "Withdrawn": "withdrawn"}


def write_exports(school: School, folder: Path) -> None:
    """Write `courses.csv`, `students.csv`, `tasks.csv` and the courses' clicks into a folder.

    Raises:
        OSError: a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(folder / "courses.csv", ("course", "starts_on", "ends_on"), _courses(school))
    header = ("student", "name", "email", "course", "joined_on", "left_on", "outcome")
    write_csv(folder / "students.csv", header, _students(school))
    write_csv(folder / "tasks.csv", ("task", "course", "title"), _tasks(school))
    for course in school.courses:
        clicks = folder / "clicks" / f"part-{course.slug}.parquet"
        clicks.parent.mkdir(exist_ok=True)
        pq.write_table(_clicks(course), clicks)


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table as people's programs do: UTF-8, commas.

    Raises:
        OSError: it cannot be written.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _courses(school: School) -> Iterable[Sequence[object]]:
    for course in school.courses:
        yield course.slug, course.starts, course.starts + timedelta(days=course.days)


def _students(school: School) -> Iterable[Sequence[object]]:
    for course in school.courses:
        for enrolment in course.enrolments:
            who = enrolment.learner
            left = enrolment.left.date() if enrolment.left else ""
            outcome = _OUTCOMES[enrolment.result]
            yield who.number, who.name, who.email, course.slug, enrolment.at.date(), left, outcome


def _tasks(school: School) -> Iterable[Sequence[object]]:
    for course in school.courses:
        for item, title in zip(course.items, course.wording.tasks, strict=True):
            yield item.block, course.slug, title


def _clicks(course: Course) -> pa.Table:
    """Return columns student, course, kind: string; clicks: int64; day: date32."""
    place = f"code_module={course.module}/code_presentation={course.presentation}"
    rows = pq.ParquetFile(shipped() / "studentVle" / place / "part-0.parquet").read()
    people = {str(enrolment.learner.number) for enrolment in course.enrolments}
    students = _whole(rows["id_student"]).cast(pa.string())
    pages = _whole(rows["id_site"]).cast(pa.string())
    kinds = _kinds()
    kind = pc.take(pa.array(kinds.values()), pc.index_in(pages, pa.array(kinds)))
    start = (course.starts - date(1970, 1, 1)).days
    table = pa.table(
        {
            "student": students,
            "course": pa.repeat(course.slug, len(rows)),
            "kind": kind,
            "clicks": _whole(rows["sum_click"]),
            "day": pc.add(_whole(rows["date"]), start).cast(pa.int32()).cast(pa.date32()),
        }
    )
    return table.filter(pc.is_in(students, pa.array(sorted(people))))


def _kinds() -> dict[str, str]:
    """Return the kind of each page of the site, by its number."""
    with (shipped() / "vle.csv").open(encoding="utf-8", newline="") as file:
        return {row["id_site"]: row["activity_type"] for row in csv.DictReader(file)}


def _whole(numbers: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return whole numbers that the publishers' files hold as floats."""
    return numbers.cast(pa.int64())
