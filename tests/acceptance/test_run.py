"""The real command on real data: what a person types and reads."""

import json

import pytest

AS_OF = ("--as-of", "2015-12-31")


def _accounted(row: dict[str, int]) -> int:
    """Records of a slice that are stored, were there already, or are in quarantine."""
    return row["stored"] + row["already there"] + row["quarantined"]


def test_a_run_ends_with_the_documents_people_expect(counted):
    """PDF, XLSX, KPIs and tables lie under the names that people know."""
    assert (counted.home / "reports/AAA/2013J/course_report.pdf").read_bytes()[:5] == b"%PDF-"
    assert (counted.home / "reports/AAA/2013J/course_report.xlsx").read_bytes()[:2] == b"PK"
    assert (counted.home / "processed/AAA/2013J/grades.csv").exists()
    kpis = json.loads((counted.home / "metrics/kpi/AAA/2013J/kpi.json").read_text())
    assert set(kpis["attendance_rate"]) == {"value", "n", "low", "high", "as_of"}


def test_a_second_run_says_that_there_is_nothing_to_do(counted):
    """The second run collects no slice and writes no document, and says so."""
    assert "nothing" in counted.run(*AS_OF).lower()


def test_a_plan_changes_nothing(aaa):
    """`--plan` names the slices to collect and leaves the lake empty."""
    done = aaa.call("run", aaa.source, "--plan")
    assert done.returncode == 0
    assert "files:school/attempts/" in done.stdout
    assert not [path for path in (aaa.home / "lake").rglob("*") if path.is_file()]


def test_lines_for_machines_are_json(counted):
    """`--json` prints one object a line, each slice lawful."""
    done = counted.call("slices", "ls", "--json")
    slices = [json.loads(line) for line in done.stdout.splitlines()]
    assert sum(row["received"] for row in slices) > 0
    assert [row for row in slices if row["received"] != _accounted(row)] == []


def test_sources_shows_what_the_ledger_holds(counted):
    """`sources` names the source and how many of its slices are loaded."""
    assert "files:school" in counted.call("sources").stdout


def test_settings_shows_where_a_value_comes_from(aaa):
    """`settings` prints every setting with its value and origin."""
    assert str(aaa.home) in aaa.call("settings").stdout


def test_doctor_finds_nothing_wrong_with_a_working_home(counted):
    """`doctor` ends with 0 where everything works."""
    done = counted.call("doctor")
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_empty_quarantine_says_so(counted):
    """`quarantine ls` of clean data says that there is nothing."""
    assert "nothing" in counted.call("quarantine", "ls").stdout.lower()


def test_an_unknown_source_is_wrong_use(aaa):
    """A source that settings do not name ends with 2 and the names there are."""
    done = aaa.call("run", "moodle")
    assert done.returncode == 2
    assert "files:school" in done.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--category", "nope"], "No category is called nope. Known categories: AAA."),
        (["--course", "nope"], "No course is called nope. Available courses: AAA/2013J."),
        (["--category", "aaa", "--course", "nope"], "No course is called aaa/nope."),
    ],
)
def test_an_unknown_category_or_course_is_answered_with_those_there_are(options, message, counted):
    """Exit code 2, with the names to choose from."""
    done = counted.call("run", "--analysis-only", *options)
    assert done.returncode == 2
    assert message in done.stderr
