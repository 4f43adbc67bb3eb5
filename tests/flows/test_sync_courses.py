"""cursos.yml grows by what the school offers; what people wrote in it stays."""

import pytest
import yaml

from gradeline.base.errors import WrongUse
from gradeline.flows.courses.cursos_yml import parse_choices
from gradeline.flows.courses.cursos_yml_edit import STANDARD_KPIS, NewCourse, add_courses

WRITTEN = """\
# ours
courses:
  Matemáticas:   # Ana looks after these
    lecciones-m0m:
      name: "Lecciones M30M"
      kpis: [attendance_rate]   # only this
      starts_on: 2024-01-08
      color: blue

  # the others
  Ciencias:
    bio:
      name: Bio
"""


def new(category="Matemáticas", course="nivel-2", name="Nivel: 2") -> NewCourse:
    """A course that the school offers."""
    return NewCourse(category=category, course=course, name=name)


def test_a_new_course_comes_at_the_end_of_its_category():
    """Every line that people wrote is still there, comments too, in its order."""
    text = add_courses(WRITTEN, [new()], "cursos.yml")
    assert [
        line for line in text.splitlines() if line in WRITTEN.splitlines()
    ] == WRITTEN.splitlines()
    told = yaml.safe_load(text)["courses"]["Matemáticas"]
    assert told["nivel-2"] == {"name": "Nivel: 2", "kpis": list(STANDARD_KPIS)}
    assert told["lecciones-m0m"]["color"] == "blue"


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# empty\n",
        "courses:\n",
        "courses: {}\n",
        "other: 1\n",
        "courses: {A: {b: {name: x}}}",
        WRITTEN.rstrip(),
        "courses:\n  Matemáticas:\n  B:\n    c:\n",
    ],
)
def test_whatever_stood_there_before_still_says_the_same(before):
    """Adding courses changes nothing else of what the file says."""
    told = yaml.safe_load(add_courses(before, [new(), new(category="Nueva: x")], "x")) or {}
    was = yaml.safe_load(before) or {}
    assert {**told["courses"]["Matemáticas"]}.pop("nivel-2")["name"] == "Nivel: 2"
    for category, courses in (was.get("courses") or {}).items():
        for course, wanted in (courses or {}).items():
            assert told["courses"][category][course] == wanted
    assert was.get("other") == told.get("other")


def test_days_and_plans_are_read():
    """starts_on and ends_on are days, plan is a file's name."""
    text = b"courses:\n  M:\n    a: {starts_on: 2024-01-08, ends_on: 2024-06-30, plan: lec}\n"
    (course,) = parse_choices(text, "cursos.yml").book.courses
    assert (course.starts_on.isoformat(), course.ends_on.isoformat()) == (
        "2024-01-08",
        "2024-06-30",
    )
    assert course.plan == "lec"


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("{starts_on: soon}", "no day"),
        ("{starts_on: 2024-06-30, ends_on: 2024-01-08}", "ends before it starts"),
        ("{kpis: [nonsense]}", "no KPI"),
    ],
)
def test_what_cannot_be_meant_is_refused(entry, says):
    """The message names the course."""
    with pytest.raises(WrongUse, match=says):
        parse_choices(f"courses:\n  M:\n    a: {entry}\n".encode(), "cursos.yml")


def test_one_course_stands_once():
    """Accents and case tell no courses apart."""
    with pytest.raises(WrongUse, match="twice"):
        parse_choices("courses:\n  Más:\n    a:\n  mas:\n    A:\n".encode(), "cursos.yml")
