"""Plan files of any name are found and read, and courses have one spelling."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from tests.metrics.facts_in_lake import parts_in, settle

from gradeline.base.errors import InputBroken
from gradeline.flows.courses.cursos_yml import parse_choices
from gradeline.flows.courses.plan_files import LakePlanFiles, known_courses
from gradeline.lake import open_lake
from gradeline.records.course_list import CourseList
from gradeline.sources.planification.match import match
from gradeline.warehouse import Database

#: Files as people name them, and courses that they are for.
NAMES = {
    "Lesson 1: Start?/plan #12.csv": "lesson 1: start?/plan #12",
    "Lesson 1!3A Start!3F/plan !2312.csv": "Lesson 1: Start?/plan #12",
    unicodedata.normalize("NFD", "Matemáticas/álgebra.csv"): "Matematicas/Álgebra",
    "M/tab\tx.CSV": "M/tab\tx",
    "con/aux. .csv": "con/aux. ",
    "M/50%25.csv": "M/50%25",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_file_of_any_name_is_read(tmp_path: Path, name: str) -> None:
    """Its course takes it, written as people write it or as folders of courses are."""
    file = tmp_path / "planification" / name
    file.parent.mkdir(parents=True)
    file.write_bytes(b"plan")
    files = LakePlanFiles(open_lake(f"file:{tmp_path}"))
    found = match(files.names(), [NAMES[name]], CourseList())
    assert files.read(found.files[NAMES[name]]) == b"plan"


def test_a_file_that_cannot_be_read_says_which(tmp_path: Path) -> None:
    """A link that leads in a circle is an error of that file."""
    place = tmp_path / "planification" / "M" / "a.csv"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"plan")
    files = LakePlanFiles(open_lake(f"file:{tmp_path}"))
    files.names()
    place.unlink()
    place.mkdir()
    with pytest.raises(InputBroken, match=r"planification/M/a.csv cannot be read"):
        files.read("M/a.csv")


def test_a_course_has_one_spelling(tmp_path: Path, warehouse: Database) -> None:
    """What cursos.yml calls otherwise is the course of the facts."""
    parts = parts_in(tmp_path, warehouse)
    courses = [{"course_id": "maths/2024"}, {"course_id": "MATHS/2024"}]
    settle(parts, {("courses", "all"): courses})
    choices = parse_choices("courses:\n  Máths: {2024: , 2025: }\n".encode(), "cursos.yml")
    assert list(known_courses(warehouse, choices)) == ["MATHS/2024", "Máths/2025", "maths/2024"]
