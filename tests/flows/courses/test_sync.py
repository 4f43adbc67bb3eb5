"""cursos.yml grows by what the school offers; what people wrote in it stays."""

import re

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
        ("{starts_on: soon}", "`date | null`, got `str` - at `courses.M.a.starts_on`"),
        ("{starts_on: 2024-06-30, ends_on: 2024-01-08}", "ends before it starts"),
        ("{kpis: [nonsense]}", "is not a KPI"),
        ("{kpis: attendance_rate}", "at `courses.M.a.kpis`"),
        ("{starts_on: 2024-13-01}", "is not YAML: month must be in"),
        ("{name: [Bio]}", "at `courses.M.a.name`"),
        ("3", "got `int` - at `courses.M.a`"),
    ],
)
def test_what_cannot_be_meant_is_refused(entry, says):
    """The message names the course."""
    with pytest.raises(WrongUse, match=re.escape(says)):
        parse_choices(f"courses:\n  M:\n    a: {entry}\n".encode(), "cursos.yml")


def test_one_course_stands_once():
    """Accents and case tell no courses apart."""
    with pytest.raises(WrongUse, match="twice"):
        parse_choices("courses:\n  Más:\n    a:\n  mas:\n    A:\n".encode(), "cursos.yml")


def _bomb(levels: int, join: str) -> str:
    """Lines each of which names the one before it ten times."""
    lines = [f"a0: &a0 {join.replace('*', 'x: 1' if '<<' in join else '1')}"]
    for level in range(1, levels):
        aliases = ", ".join([f"*a{level - 1}"] * 10)
        lines.append(f"a{level}: &a{level} {join.replace('*', aliases)}")
    return "\n".join([*lines, f"courses: {{A: {{a: {{starts_on: *a{levels - 1}}}}}}}"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (_bomb(9, "[*]"), "unfolds to more than"),
        (_bomb(9, "{<<: [*]}").replace("<<: [x: 1]", "x: 1"), "unfolds to more than"),
        ("courses: &a {A: *a}", "unfolds to more than"),
        ("courses: " + "[" * 100_000, "is not YAML"),
        ("courses: {A: {a: {name: " + "x" * 16_000_000 + "}}}", "is longer than"),
        ("courses: !!timestamp x", "is not YAML"),
        ("courses: !!python/object:os.system {}", "is not YAML"),
        ("courses: {A: 1", "is not YAML"),
        ("courses: [A]", "has no `courses:`"),
    ],
)
def test_a_hostile_file_is_refused_at_once(text, says):
    """Aliases of aliases, endless nesting and tags of Python fill no memory and run no code."""
    for read in (lambda: parse_choices(text.encode(), "cursos.yml"), lambda: add(text)):
        with pytest.raises(WrongUse, match=says):
            read()


def add(text: str) -> str:
    """The text with one course more."""
    return add_courses(text, [new()], "cursos.yml")


def test_a_comment_stays_with_what_it_precedes():
    """A course is added before the comment on the next category, or at the end of the file."""
    lines = [line.strip() for line in add(WRITTEN).splitlines()]
    assert lines.index("- response_rate") < lines.index("# the others")
    assert add(add(WRITTEN)) == add(WRITTEN)


@pytest.mark.parametrize("name", ["yes", "1:30", "a\nb", "# x", " ", "é: {", "null", "2024-01-01"])
def test_any_name_is_written_as_text(name):
    """Names that YAML takes for something else are quoted."""
    text = add_courses(WRITTEN, [new(name, name, name)], "cursos.yml")
    assert yaml.safe_load(text)["courses"][name][name]["name"] == name


def test_an_alias_for_a_category_is_not_written_to():
    """A course that would appear in two categories is refused; the file stays as it was."""
    with pytest.raises(WrongUse, match="aliases would repeat"):
        add("courses:\n  A: &a\n    b:\n  Matemáticas: *a\n")
