"""The home of the sandbox's school: one school in the files that its people write."""

import csv
import unicodedata
from pathlib import Path

import pytest

from gradeline.flows.courses.cursos_yml import parse_choices
from gradeline.sandbox.school.home import CURATORS, LINKS, write_home


@pytest.fixture(scope="module")
def home(school, tmp_path_factory) -> Path:
    """The home as the demo finds it first."""
    folder = tmp_path_factory.mktemp("school")
    write_home(school, folder)
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_learner_is_in_one_group_of_each_course(home, school):
    """Four groups hold every enrolment once, and each curator looks after two of them."""
    lines = rows(home / "groups.csv")
    learners = [(row["course"], row["learner"]) for row in lines if row["role"] == "learner"]
    assert len(learners) == len(set(learners)) == sum(len(c.enrolments) for c in school.courses)
    assert len({row["group"] for row in lines}) == 4
    teachers = [row["learner"] for row in lines if row["role"] == "teacher"]
    assert sorted(teachers) == sorted([curator.email for curator in CURATORS] * 2)


def test_a_learner_has_one_id_in_each_system(home, school):
    """The links join the ids of six sources to one learner, and no id to two."""
    links = rows(home / LINKS)
    ids = {(row["source"], row["external_id"]) for row in links}
    assert len(ids) == len(links) == 6 * len(school.learners)
    assert {row["learner_id"] for row in links} == {each.username for each in school.learners}


def test_courses_and_people_are_named_in_three_scripts(home, school):
    """Titles and names are such as people write, in Latin, Cyrillic and Georgian."""
    choices = parse_choices((home / "cursos.yml").read_bytes(), "cursos.yml", strict=True)
    titles = [choice.title or "" for choice in choices.by_course.values()]
    for texts in (titles, [learner.name for learner in school.learners]):
        assert {unicodedata.name(text[0]).split()[0] for text in texts} == {
            *("LATIN", "CYRILLIC", "GEORGIAN")
        }


def test_what_people_changed_stays(school, home, tmp_path):
    """A second demo in the same home writes nothing over what is there."""
    write_home(school, tmp_path)
    (tmp_path / "groups.csv").write_text("course,group,learner\n", "utf-8")
    write_home(school, tmp_path)
    assert (tmp_path / "groups.csv").read_text("utf-8") == "course,group,learner\n"
    assert (tmp_path / LINKS).read_bytes() == (home / LINKS).read_bytes()
