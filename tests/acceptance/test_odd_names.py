"""Courses of any name are all reported; what is wrong with one is named, and stops no other."""

import csv
import re
import unicodedata
from dataclasses import replace

import pytest
from proofs.rig.command import school

#: Ids as schools have them, by what is odd about them.
COURSES = {
    "colon": "case/Lesson 1: Start?",
    "signs": 'case/a"<b>|*#\\',
    "tab": "case/tab\there",
    "dot": "case/ends.",
    "device": "aux/CON",
    "dots": "../..",
    "long": f"case/{'é' * 300}",
    "emoji": "case/😀 שיעור",
    "case": "maths/2024",
    "other case": "Maths/2024",
    "no category": "m7a",
    "slashes": "a/b/c",
    "empty": "case/",
    "mistake": "case/plain",
    "file": "case/in the way",
}
ID = "SELECT _file, _line, id AS course_id, id AS category, 'same' AS course FROM runs"
GROUPS = "SELECT _file, _line, id || '/g' AS group_id, id AS course_id, FALSE AS rolling FROM runs"
PLACES = (
    "SELECT _file, _line, 's' AS learner_id, id || '/g' AS group_id, id AS course_id, "
    "'learner' AS role FROM runs"
)
ATTEMPTS = (
    "SELECT _file, _line, 's' AS learner_id, id AS course_id, 'answer' AS kind, "
    "0.5 AS score, '2024-01-18 10:00' AS at FROM runs"
)
MAPPING = {"courses": ID, "groups": GROUPS, "memberships": PLACES, "attempts": ATTEMPTS}
CHOICES = "courses:\n  CASE:\n    plain: {kpis: [nope]}\n  MATHS:\n    2024: {name: Sums}\n"


@pytest.fixture
def odd(ground, migrated_home):
    """A school of odd names, with a mistake in cursos.yml and a file where a folder belongs."""
    for name in ("mapping", "data"):
        (ground / name).mkdir()
    for table, query in MAPPING.items():
        (ground / "mapping" / f"{table}.sql").write_text(query)
    with (ground / "data" / "runs.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["id"], *([course] for course in COURSES.values())])
    with school(ground / "school", ground / "data", like=migrated_home, forks=True) as place:
        (place.home / "cursos.yml").write_text(CHOICES, encoding="utf-8")
        (place.home / "reports" / "case").mkdir(parents=True)
        (place.home / "reports" / "case" / "in the way").touch()
        yield replace(place, mapping=str(ground / "mapping"))


@pytest.mark.slow
def test_courses_of_any_name_are_reported(odd):
    """All courses but the two with a mistake have all documents, each in a folder of its own."""
    done = odd.call("run", odd.source, "--as-of", "2024-02-01")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    made = list((odd.home / "reports").rglob("course_report.pdf"))
    assert len(made) == len(COURSES) - 2
    assert len({unicodedata.normalize("NFC", str(path)).casefold() for path in made}) == len(made)
    assert all(path.parents[2] == odd.home / "reports" for path in made)
    problems = re.findall(r"^- (\S.*?) failed: ", done.stderr, re.MULTILINE)
    assert problems == [
        "CASE/plain",
        "reports/case/in the way/course_report.xlsx",
        "reports/case/in the way/course_report.pdf",
    ]
    assert "2 courses (case/, m7a): the id is not category/course" in done.stderr
    assert len(list((odd.home / "processed").rglob("users.csv"))) == len(COURSES) - 1


@pytest.mark.slow
def test_what_failed_is_written_once_it_can_be(odd):
    """After the mistakes are gone, the next run writes the two courses and ends with 0."""
    odd.call("run", odd.source, "--as-of", "2024-02-01")
    (odd.home / "cursos.yml").unlink()
    (odd.home / "reports" / "case" / "in the way").unlink()
    said = odd.run("--as-of", "2024-02-01")
    assert (odd.home / "reports" / "case" / "plain" / "course_report.pdf").exists()
    assert len(list((odd.home / "reports").rglob("course_report.pdf"))) == len(COURSES), said


@pytest.mark.slow
def test_a_course_of_an_odd_name_can_be_chosen(odd):
    """`--course` and `--category` take the name as the data have it."""
    odd.call("run", odd.source, "--download-only")
    chosen = ("--category", "Case", "--course", "lesson 1: START?")
    for options in (chosen, ("--course", "m7a")):
        odd.call("run", "--analysis-only", *options, "--as-of", "2024-02-01")
    made = (odd.home / "reports").rglob("course_report.pdf")
    assert {path.parent.name for path in made} == {"Lesson 1!3A Start!3F", "m7a"}
