"""What no figure counts is shown: in the result of a run, in the doctor, in the reports."""

import json
from dataclasses import dataclass

import pytest
from pypdf import PdfReader
from tests.flows.learners.conftest import (
    MAPPING,
    copy_of,
    counted,
    make_school,
    open_folder,
    opened,
    run,
)

from gradeline.flows.refresh.unmatched import look_of
from gradeline.flows.run import RunResult
from gradeline.flows.upkeep.diagnose import Finding, Verdict, diagnose
from gradeline.records.data_quality import UnmatchedRows
from gradeline.warehouse import stop_embedded

#: Half a minute of a processor: `make prove` runs it.
pytestmark = pytest.mark.slow

__all__ = ["counted"]
ANSWERS = "data/answers.csv"


@pytest.fixture
def place(migrated_home):
    """A school of two courses that was never run."""
    with open_folder() as folder:
        make_school(folder, migrated_home)
        yield folder
        stop_embedded(folder / "home")


def append(place, *rows):
    """Add lines to the answers: who, item, course, score, at, note."""
    with (place / ANSWERS).open("a", encoding="utf-8") as file:
        file.writelines(f"{row}\r\n" for row in rows)


def pdf(place, course):
    """The words of a course's PDF."""
    path = place / "home" / "reports" / "M" / course / "course_report.pdf"
    return " ".join("".join(page.extract_text() for page in PdfReader(path).pages).split())


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a run, the doctor and the PDF of each course say."""

    run: RunResult
    findings: dict[str, Finding]
    c1: str
    c2: str

    @property
    def unmatched(self) -> dict[tuple[str, str], UnmatchedRows]:
        """What no figure counts, by course and reason."""
        return {(one.course_id, one.reason): one for one in self.run.unmatched}

    @property
    def words(self) -> str:
        """What the doctor says of it."""
        return self.findings["data that no figure counts"].message


def told(place):
    """Run the school, and read what is said of it."""
    with opened(place) as parts:
        done = run(parts)
        findings = {one.what: one for one in diagnose(parts)}
    return Told(run=done, findings=findings, c1=pdf(place, "c1"), c2=pdf(place, "c2"))


@pytest.fixture(scope="module")
def odd(counted):
    """A school after a run that finds rows of every kind that no figure counts."""
    with copy_of(counted) as place:
        query = MAPPING["attempts"].replace("a.course AS", "nullif(a.course, '') AS")
        query = query.replace("a.item AS", "nullif(a.item, '') AS")
        (place / "mapping" / "attempts.sql").write_text(query)
        with (place / "data" / "items.csv").open("a", encoding="utf-8") as file:
            file.write("77,M/c2\r\n")
        append(
            place,
            *("011,i1,M/c2,0.5,2024-02-10,", "12,i99,M/c1,0.5,2024-02-10,"),
            *("12,077,M/c1,0.5,2024-02-10,", "12,i01,M/c1,0.5,2024-02-10,"),
            *("10,i1,,0.5,2024-02-10,", "12,,M/c1,0.5,2024-02-10,"),
            *("14,i1,M/c1,0.5,2099-02-10,", "15,i1,,0.5,2099-02-10,"),
        )
        yield told(place)


def test_every_kind_of_row_that_no_figure_counts_is_found(odd):
    """Ids that meet nobody, blank ids, and days to come."""
    assert set(odd.unmatched) == {
        *(("M/c1", "item"), ("M/c2", "learner")),
        *(("", "no_course"), ("", "future")),
        *(("M/c1", "no_item"), ("M/c1", "future")),
    }


def test_ids_that_meet_nobody_are_shown(odd):
    """Learners, items and courses in no table are counted by the run, the doctor and the report."""
    (example,) = odd.unmatched["M/c2", "learner"].examples
    assert (example.missing, example.similar) == ("files:s:011", "files:s:11")
    assert "M/c2: In no rate of the course: 1 attempt of 1 learner" in odd.words
    assert "'files:s:011' looks like 'files:s:11'" in odd.c2


def test_attempts_that_name_no_course_or_item_are_shown(odd):
    """A blank course, a blank item and a day to come are counted by the doctor and the report."""
    assert "In no course: 1 attempt of 1 learner without a course ID" in odd.words
    assert "Dated after today, so not counted yet: 1 attempt ('2099-02-10')" in odd.c1
    assert "without an item ID ('files:s:12')" in odd.c1


def test_only_items_of_the_course_and_learners_of_the_source_look_like_it(odd):
    """What another course or another dataset calls so is nobody's misspelling."""
    examples = odd.unmatched["M/c1", "item"].examples
    similar = {each.missing: each.similar for each in examples}
    assert similar == {"077": None, "i01": "i1", "i99": None}


def test_attempts_without_any_course_are_shown(place):
    """A course that no courses row names has no report, but a word."""
    for table in set(MAPPING) - {"attempts"}:
        (place / "mapping" / f"{table}.sql").unlink()
    with opened(place) as parts:
        found = {one.course_id: (one.reason, one.rows) for one in run(parts).unmatched}
        assert {one.course_id: (one.reason, one.rows) for one in run(parts).unmatched} == found
    assert found == {"M/c1": ("course", 100), "M/c2": ("course", 100)}


def test_learners_who_count_as_enrolled_without_a_row_are_shown(place):
    """Where memberships are inferred, a learner that `learners` does not name is said."""
    (place / "mapping" / "memberships.sql").unlink()
    append(place, "012,i1,M/c1,0.5,2024-02-10,")
    said = told(place)
    (found,) = said.run.unmatched
    assert (found.course_id, found.reason, found.rows) == ("M/c1", "unlisted", 1)
    assert "'files:s:012' looks like 'files:s:12'" in said.words
    assert "Counted as enrolled, though no row of learners names them" in said.words


@pytest.fixture(scope="module")
def worse(counted):
    """A school before and after a run over a broken row, a late fact and a file that is another."""
    with copy_of(counted) as place:
        before = pdf(place, "c1")
        append(place, "19,i1,M/c2,abc,2024-02-10,", "14,i1,M/c1,0.5,2024-09-10,")
        (place / "data/people.csv").write_text("not,that\n1,2\n")
        yield before, told(place)


def test_facts_after_as_of_that_were_are_no_news(worse):
    """Who looks back at an earlier day is not told of what came since."""
    assert worse[1].run.unmatched == ()


def test_reports_show_what_waits_in_quarantine(worse):
    """A report is written again when records of its data come to wait."""
    before, after = worse
    assert "2 of 202 records of files:s wait in quarantine (attempts)" in before
    assert len(after.run.report.written) == 12
    assert "3 of 204 records of files:s wait in quarantine (attempts)" in after.c1


def test_a_slice_that_failed_is_shown(worse):
    """The doctor says it is bad, and so do reports of what its source feeds."""
    finding = worse[1].findings["slices that failed"]
    assert finding.verdict is Verdict.BAD
    assert "files:s/learners/people.csv" in finding.message
    assert "reads a column" in finding.message
    assert "1 slice of files:s (learners, people.csv) could not be loaded: " in worse[1].c1


@pytest.mark.parametrize("written", ["0101", '"101"', "101.0", "\uff11\uff10\uff11", "#101"])
def test_spellings_of_a_number_look_alike(written):
    """Zeros before it, quotes, a fraction of zero and other digits do not hide an id."""
    assert look_of(written) == look_of("101")
    assert look_of(json.dumps(written)) != look_of("102")
