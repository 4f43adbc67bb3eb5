"""A folder with every mistake that people make: one run keeps what is good and names the rest."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from proofs.rig.command import School, school
from tests.acceptance.conftest import open_ground
from tests.acceptance.mistakes import MISTAKES

#: Half a minute of a processor: `make prove` runs it.
pytestmark = pytest.mark.slow

SETTINGS = {"SCHOOL_TIMEZONE": "America/Santiago"}


@dataclass(frozen=True, kw_only=True)
class Ended:
    """What one run of all datasets said and left."""

    place: School
    code: int
    said: str
    slices: list[dict[str, Any]]
    quarantine: list[dict[str, Any]]

    def of(self, name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the rows of one dataset."""
        return [row for row in rows if row["slice"].startswith(f"files:{name}/")]

    def users(self, name: str) -> str:
        """Return the list of learners of the one course of a dataset."""
        return (self.place.home / "processed" / name / "x" / "users.csv").read_text("utf-8-sig")

    def learners(self, name: str) -> list[str]:
        """Return the ids of those learners as their files have them."""
        rows = csv.DictReader(self.users(name).splitlines())
        return [row["learner_id"].rpartition(":")[2] for row in rows]

    def kpis(self, name: str) -> dict[str, Any]:
        """Return the figures of the one course of a dataset."""
        file = self.place.home / "metrics" / "kpi" / name / "x" / "kpi.json"
        return dict(json.loads(file.read_text()))


@pytest.fixture(scope="module")
def ended(migrated_home) -> Iterator[Ended]:
    """All datasets in one home, run once by the real command."""
    with open_ground() as ground:
        named = ";".join(each.write(name, ground / "sets") for name, each in MISTAKES.items())
        with school(ground / "school", ground / "sets", like=migrated_home, forks=True) as made:
            place = School(
                home=made.home,
                data=made.data,
                forks=True,
                env={**SETTINGS, "FILES_DATASETS": named},
            )
            done = place.call("run", "--as-of", "2024-09-20")
            listed = [
                [json.loads(line) for line in place.call(*words, "--json").stdout.splitlines()]
                for words in (("slices", "ls"), ("quarantine", "ls", "--limit", "1000"))
            ]
            yield Ended(
                place=place,
                code=done.returncode,
                said=done.stdout + done.stderr,
                slices=listed[0],
                quarantine=listed[1],
            )


def test_the_run_ends_with_one_and_no_stack(ended):
    """Nothing that is wrong in a dataset is an unexpected error, and the exit code tells of it."""
    assert ended.code == 1, ended.said
    assert "Traceback" not in ended.said
    assert "unexpected" not in ended.said


@pytest.mark.parametrize("name", MISTAKES)
def test_every_good_row_is_stored(ended, name):
    """Of each dataset the attempts that are right are stored, and no record is lost."""
    rows = ended.of(name, ended.slices)
    attempts = [row["stored"] for row in rows if "/attempts/" in row["slice"]]
    assert sum(attempts) == MISTAKES[name].stored
    assert [row for row in rows if row["received"] != _accounted(row)] == []


def _accounted(row: dict[str, Any]) -> int:
    return int(row["stored"] + row["already there"] + row["quarantined"])


@pytest.mark.parametrize("name", MISTAKES)
def test_every_bad_row_is_named_under_its_own_file_and_line(ended, name):
    """Quarantine has these records of the dataset, each once, with the value that is wrong."""
    found = ended.of(name, ended.quarantine)
    expected = MISTAKES[name].quarantined
    assert sorted(row["place"] for row in found) == sorted(expected)
    for row in found:
        assert row["reason"].startswith(expected[row["place"]])


@pytest.mark.parametrize("name", [name for name, each in MISTAKES.items() if each.quarantined])
def test_the_summary_has_the_first_bad_row_of_each_kind(ended, name):
    """Of the rows of a file with one reason it gives the number, and place and value of one."""
    kinds = {}
    for row in ended.of(name, ended.quarantine):
        kinds.setdefault((row["place"].partition(", ")[0], row["reason"].partition(":")[0]), row)
    for row in kinds.values():
        assert ended.said.count(f"{row['place']}: {row['reason']}\n") == 1


@pytest.mark.parametrize("name", MISTAKES)
def test_every_course_is_reported(ended, name):
    """Each course of a dataset that could be read has its documents, in a folder of its own."""
    courses = MISTAKES[name].courses
    for folder in [f"{name}/x"] if courses is None else courses:
        files = {path.name for path in (ended.place.home / "reports" / folder).iterdir()}
        assert {"course_report.pdf", "course_report.xlsx"} <= files


def test_no_other_course_is_reported(ended):
    """There are as many reports as courses."""
    made = list((ended.place.home / "reports").rglob("course_report.pdf"))
    counts = [1 if each.courses is None else len(each.courses) for each in MISTAKES.values()]
    assert len(made) == sum(counts)


@pytest.mark.parametrize("name", [name for name, each in MISTAKES.items() if each.said])
def test_every_problem_is_said_once(ended, name):
    """The end of the run names the dataset, the file, and what is wrong, in one place."""
    assert ended.said.count(MISTAKES[name].said) == 1, ended.said


def test_values_stay_what_was_written(ended):
    """Identifiers keep their digits, letters and accents; those that differ by blanks are one."""
    assert set(ended.learners("repeated")) == {"102", "0B2AD6AC-6A1F-4E5E-8B9F-0A2A8A6D1A11"}
    shared = ended.learners("shared")
    assert {"10000000000000000000001", "10000000000000000000002"} <= set(shared)
    assert "1234567890123456" in shared
    assert ended.learners("blank") == ["101"]
    assert "Ana Núñez" in ended.users("spanish")


def test_figures_are_those_a_teacher_expects(ended):
    """Right is a score of 1, a carried grade no activity, and a log tells who is in the course."""
    assert ended.kpis("verdict")["average_grade_all"]["value"] == 50
    assert ended.kpis("carried")["attendance_rate"]["value"] is None
    assert ended.kpis("blank")["response_rate"]["value"] == 1
    assert len(ended.learners("shared")) > MISTAKES["shared"].stored
