"""What no figure counts is shown: in the result of a run, in the doctor, in the reports."""

import json

import pytest
from pypdf import PdfReader
from tests.conftest import copy_home
from tests.flows.learners.conftest import MAPPING, make_data, opened, run, short_folder

from gradeline.flows.refresh.unmatched import look_of
from gradeline.flows.upkeep.diagnose import Verdict, diagnose
from gradeline.warehouse import stop_embedded

__all__ = ["short_folder"]
ANSWERS = "data/answers.csv"


@pytest.fixture
def place(short_folder, migrated_home):
    """A school of two courses that was never run."""
    copy_home(migrated_home, short_folder / "home")
    make_data(short_folder / "data")
    (short_folder / "mapping").mkdir()
    for table, query in MAPPING.items():
        (short_folder / "mapping" / f"{table}.sql").write_text(query)
    yield short_folder
    stop_embedded(short_folder / "home")


def append(place, *rows):
    """Add lines to the answers: who, item, course, score, at, note."""
    with (place / ANSWERS).open("a", encoding="utf-8") as file:
        file.writelines(f"{row}\r\n" for row in rows)


def pdf(place, course):
    """The words of a course's PDF."""
    path = place / "home" / "reports" / "M" / course / "course_report.pdf"
    return " ".join("".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_ids_that_meet_nobody_are_shown(place):
    """Learners, items and courses in no table are counted by the run, the doctor and the report."""
    (place / "mapping" / "attempts.sql").write_text(
        MAPPING["attempts"].replace("a.course AS", "nullif(a.course, '') AS")
    )
    append(place, "011,i1,M/c2,0.5,2024-02-10,", "12,i99,M/c1,0.5,2024-02-10,")
    with opened(place) as parts:
        found = {(one.course_id, one.reason): one for one in run(parts).unmatched}
        (finding,) = (one for one in diagnose(parts) if one.what == "data that no figure counts")
    assert set(found) == {("M/c1", "item"), ("M/c2", "learner")}
    (example,) = found["M/c2", "learner"].examples
    assert (example.missing, example.similar) == ("files:s:011", "files:s:11")
    assert "M/c2: In no rate of the course: 1 attempt of 1 learner" in finding.message
    assert "'files:s:011' looks like 'files:s:11'" in pdf(place, "c2")


def test_attempts_without_any_course_are_shown(place):
    """A course that no courses row names has no report, but a word."""
    for table in set(MAPPING) - {"attempts"}:
        (place / "mapping" / f"{table}.sql").unlink()
    with opened(place) as parts:
        found = {one.course_id: (one.reason, one.rows) for one in run(parts).unmatched}
    assert found == {"M/c1": ("course", 100), "M/c2": ("course", 100)}


def blank_ids(place):
    """Let the mapping take blank courses and items for none."""
    query = MAPPING["attempts"].replace("a.course AS", "nullif(a.course, '') AS")
    query = query.replace("a.item AS", "nullif(a.item, '') AS")
    (place / "mapping" / "attempts.sql").write_text(query)


def test_attempts_that_name_no_course_or_item_are_shown(place):
    """A blank course, a blank item and a day to come are counted by the run and the doctor."""
    blank_ids(place)
    append(
        place,
        *("10,i1,,0.5,2024-02-10,", "12,,M/c1,0.5,2024-02-10,"),
        *("14,i1,M/c1,0.5,2099-02-10,", "15,i1,,0.5,2099-02-10,"),
    )
    with opened(place) as parts:
        found = {(one.course_id, one.reason): one for one in run(parts).unmatched}
        assert run(parts).unmatched == tuple(found.values())
        (finding,) = (one for one in diagnose(parts) if one.what == "data that no figure counts")
    assert set(found) == {
        *(("", "no_course"), ("", "future")),
        *(("M/c1", "no_item"), ("M/c1", "future")),
    }
    assert "In no course: 1 attempt of 1 learner without a course ID" in finding.message
    assert "Dated after today, so not counted yet: 1 attempt ('2099-02-10')" in pdf(place, "c1")
    assert "without an item ID ('files:s:12')" in pdf(place, "c1")


def test_facts_after_as_of_that_were_are_no_news(place):
    """Who looks back at an earlier day is not told of what came since."""
    append(place, "14,i1,M/c1,0.5,2024-09-10,")
    with opened(place) as parts:
        assert run(parts).unmatched == ()


def test_only_items_of_the_course_and_learners_of_the_source_look_like_it(place):
    """What another course or another dataset calls so is nobody's misspelling."""
    with (place / "data" / "items.csv").open("a", encoding="utf-8") as file:
        file.write("77,M/c2\r\n")
    append(place, "12,077,M/c1,0.5,2024-02-10,", "12,i01,M/c1,0.5,2024-02-10,")
    with opened(place) as parts:
        (found,) = run(parts).unmatched
    similar = {each.missing: each.similar for each in found.examples}
    assert similar == {"077": None, "i01": "i1"}


def test_learners_who_count_as_enrolled_without_a_row_are_shown(place):
    """Where memberships are inferred, a learner that `learners` does not name is said."""
    (place / "mapping" / "memberships.sql").unlink()
    append(place, "012,i1,M/c1,0.5,2024-02-10,")
    with opened(place) as parts:
        (found,) = run(parts).unmatched
        (finding,) = (one for one in diagnose(parts) if one.what == "data that no figure counts")
    assert (found.course_id, found.reason, found.rows) == ("M/c1", "unlisted", 1)
    assert "'files:s:012' looks like 'files:s:12'" in finding.message
    assert "Counted as enrolled, though no row of learners names them" in finding.message


def test_reports_show_what_waits_in_quarantine(place):
    """A report is written again when records of its data come to wait."""
    with opened(place) as parts:
        run(parts)
        assert "2 of 202 records of files:s wait in quarantine (attempts)" in pdf(place, "c1")
        append(place, "19,i1,M/c2,abc,2024-02-10,")
        assert len(run(parts).report.written) == 12
    assert "3 of 203 records of files:s wait in quarantine (attempts)" in pdf(place, "c1")


def test_a_slice_that_failed_is_shown(place):
    """The doctor says it is bad, and reports of what its source feeds are written again with it."""
    with opened(place) as parts:
        run(parts)
        (place / "data/people.csv").write_text("not,that\n1,2\n")
        assert len(run(parts).report.written) == 12
        (finding,) = (one for one in diagnose(parts) if one.what == "slices that failed")
    assert finding.verdict is Verdict.BAD
    assert "files:s/learners/people.csv" in finding.message
    assert "reads a column" in finding.message
    assert "1 slice of files:s (learners, people.csv) could not be loaded: " in pdf(place, "c1")


@pytest.mark.parametrize("written", ["0101", '"101"', "101.0", "\uff11\uff10\uff11", "#101"])
def test_spellings_of_a_number_look_alike(written):
    """Zeros before it, quotes, a fraction of zero and other digits do not hide an id."""
    assert look_of(written) == look_of("101")
    assert look_of(json.dumps(written)) != look_of("102")
