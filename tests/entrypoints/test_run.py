"""What `gradeline run` prints, and which options it refuses."""

import json

import pytest

from gradeline.entrypoints.cli.app import main
from gradeline.entrypoints.cli.run_result import print_result
from gradeline.entrypoints.cli.screen import Screen
from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.flows.failures import Failure
from gradeline.flows.report.raw_json import RawJsonResult
from gradeline.flows.report.report import ReportResult
from gradeline.flows.run import RunResult
from gradeline.records.counts import LineCounts
from gradeline.records.slices import Slice
from gradeline.warehouse.slices.quarantine import Kind

COURSES = """
select _file, _line, 'exam' as category, course, 'exam/' || course as course_id from answers
"""
SLICES = [Slice(source="files:school", stream=name, window="a.csv") for name in ("items", "plan")]


def test_one_mistake_is_told_once(capfd):
    """Slices that one empty file stopped are counted, and their common reason is printed once."""
    failed = tuple((one, "a.csv is empty.") for one in SLICES)
    done = CollectOutcome(slices=2, failed=failed)
    code = print_result(RunResult(collected=(("files:school", done),)), Screen(json=False))
    notices = capfd.readouterr().err
    assert code == 1
    assert notices.count("is empty") == 1
    assert "items/a.csv and 1 more failed" in notices


def test_a_source_that_cannot_be_read_says_why_once(capfd):
    """The reason stands in one line, beside the count that nothing was read."""
    done = CollectOutcome(unread="The folder is not there.")
    print_result(RunResult(collected=(("files:school", done),)), Screen(json=False))
    printed = capfd.readouterr()
    assert printed.out == "files:school: nothing was read.\n"
    assert printed.err == (
        "1 problem to fix:\n- files:school could not be read: The folder is not there.\n"
    )


LINES = (
    LineCounts(stream="attempts", file="a.csv", without_row=3),
    LineCounts(stream="attempts", file="b.csv", with_several=1, rows=2),
)


def test_lines_that_gave_no_row_or_several_are_said(capfd):
    """A filter that loses lines and a join that doubles them show at the end of a run."""
    done = CollectOutcome(slices=2, done=2, lines=LINES)
    assert print_result(RunResult(collected=(("files:school", done),)), Screen(json=False)) == 0
    assert capfd.readouterr().err == (
        "files:school: 3 lines of a.csv gave no row of attempts.\n"
        "files:school: 1 line of b.csv gave 2 rows of attempts.\n"
    )


def test_raw_records_that_were_not_written_are_a_problem(capfd):
    """A file of `raw/` that failed while collecting shows at the end, and the run ends with 1."""
    failed = Failure(course_id="case/x", what="raw/case/x/users.json", reason="It is a folder.")
    collected = RunResult(raw_json=RawJsonResult(failed=(failed,)))
    done = collected.with_analysis(RunResult(report=ReportResult()))
    assert print_result(done, Screen(json=False)) == 1
    assert "raw/case/x/users.json failed: It is a folder." in capfd.readouterr().err


REJECTED = (
    Kind(
        source="files:school",
        file="a.csv",
        reason_code="wrong_width",
        records=1,
        place="a.csv, line 4",
        reason="wrong_width: 5 fields where the header has 4",
    ),
    Kind(
        source="files:school",
        file="b.csv",
        reason_code="bad_number",
        records=12,
        place="b.csv, line 2, column score",
        reason="bad_number: score is not a number that fits: 'oops'",
    ),
)


def test_records_in_quarantine_are_said_with_their_places(capfd):
    """Each reason of each file is told once, with how many records there are and the first."""
    assert print_result(RunResult(rejected=REJECTED), Screen(json=False)) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[:3] == [
        "13 records in quarantine:",
        "- files:school: a.csv, line 4: wrong_width: 5 fields where the header has 4",
        "- files:school: 12 records, the first b.csv, line 2, column score: bad_number: "
        "score is not a number that fits: 'oops'",
    ]
    assert "`gradeline quarantine ls`" in lines[3]


def test_machines_read_each_kind_of_records_in_quarantine(capfd):
    """`--json` gives source, file, reason and how many, one object a kind."""
    print_result(RunResult(rejected=REJECTED), Screen(json=True))
    printed = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [(one["file"], one["records"]) for one in printed] == [("a.csv", 1), ("b.csv", 12)]


def test_machines_read_of_each_file_how_many_lines_gave_no_row(capfd):
    """`--json` has the figures, file by file."""
    done = CollectOutcome(slices=2, done=2, lines=LINES)
    print_result(RunResult(collected=(("files:school", done),)), Screen(json=True))
    lines = json.loads(capfd.readouterr().out)["lines"]
    assert [(each["file"], each["without_row"], each["rows"]) for each in lines] == [
        ("a.csv", 3, 0),
        ("b.csv", 0, 2),
    ]


def test_a_long_list_of_such_lines_is_cut(capfd):
    """A thousand files do not hide what else a run has to say."""
    lines = [LineCounts(stream="events", file=f"{n}.csv", without_row=1) for n in range(1000)]
    done = CollectOutcome(slices=1000, done=1000, lines=tuple(lines))
    print_result(RunResult(collected=(("files:school", done),)), Screen(json=False))
    notes = capfd.readouterr().err.splitlines()
    assert len(notes) == 21
    assert "980 more notes of this kind" in notes[-1]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--as-of", "1900-01-01"], "--as-of 1900-01-01 is too far away"),
        (["--as-of", "9999-12-31"], "--as-of 9999-12-31 is too far away"),
        (["--since", "0001-01-01T00:00+14:00"], "--since 0001-01-01T00:00+14:00 is not a date"),
        (["--until", "9999-12-31T23:59-12:00"], "--until 9999-12-31T23:59-12:00 is not a date"),
        (["--since", "2024-02-01", "--until", "2024-02-01"], "--since 2024-02-01 is not before"),
    ],
)
def test_times_that_cannot_be_are_refused_by_the_name_of_their_option(
    options, message, capfd, tmp_path, monkeypatch
):
    """A time that no zone or calendar can count ends with exit code 2, not with a traceback."""
    monkeypatch.setenv("SCHOOL_TIMEZONE", "Europe/Madrid")
    assert main(["run", *options, "--home", str(tmp_path)]) == 2
    assert message in capfd.readouterr().err


@pytest.mark.parametrize(
    ("courses", "left", "end"),
    [
        (1, 0, "0 of 1 course was already up to date."),
        (2, 1, "1 of 2 courses was already up to date."),
        (2, 0, "0 of 2 courses were already up to date."),
    ],
)
def test_courses_that_were_up_to_date_are_counted_as_courses(courses, left, end, capfd):
    """Documents and courses are counted in their own units."""
    report = ReportResult(courses=courses, left=left)
    print_result(RunResult(report=report), Screen(json=False))
    assert capfd.readouterr().out == f"Wrote 0 documents; {end}\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--upload-only", "--no-upload"], "--upload-only and --no-upload exclude"),
        (["--download-only", "--analysis-only"], "--download-only and --analysis-only exclude"),
        (["--analysis-only", "--upload-only"], "--analysis-only and --upload-only exclude"),
    ],
)
def test_options_that_leave_nothing_to_do_are_refused(options, message, capfd):
    """A run that could only do nothing ends with exit code 2 and says why."""
    assert main(["run", *options]) == 2
    assert message in capfd.readouterr().err


def test_a_run_without_a_source_says_how_to_start(capfd, tmp_path, monkeypatch):
    """With nothing set, a run opens no database and names what to do."""
    monkeypatch.chdir(tmp_path)
    assert main(["run"]) == 2
    printed = capfd.readouterr().err
    assert printed.startswith("gradeline: No source is set")
    assert "gradeline demo" in printed
    assert not (tmp_path / "data" / "db").exists()


def test_a_source_that_is_not_set_up_is_answered_with_its_settings(capfd, tmp_path, monkeypatch):
    """`run grader` with none of its keys names the settings that are missing."""
    monkeypatch.chdir(tmp_path)
    assert main(["run", "grader"]) == 2
    assert "GRADER_API_URL, GRADER_CLIENT and GRADER_CLIENT_KEY" in capfd.readouterr().err
    assert not (tmp_path / "data" / "db").exists()


def test_a_mistake_in_one_mapping_stops_no_other_dataset(used_home, tmp_path, capfd, monkeypatch):
    """The other dataset is read, and the summary names the dataset, the file and the line."""
    for name, sql in (("bad", "select\nfrom from answers"), ("good", COURSES)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "courses.sql").write_text(sql)
        (tmp_path / name / "answers.csv").write_text("course\nalgebra\n")
    folders = [f"{name}={tmp_path / name}@{tmp_path / name}" for name in ("bad", "good")]
    monkeypatch.setenv("FILES_DATASETS", ";".join(folders))
    assert main(["run", "--download-only", "--home", str(used_home)]) == 1
    printed = capfd.readouterr()
    assert "files:good: 1 slice, 1 read. 1 record received = 1 stored" in printed.out
    assert printed.err.startswith("1 problem to fix:\n- files:bad could not be read: courses.sql, ")


def test_what_was_read_is_printed_although_the_course_is_unknown(
    used_home, tmp_path, capfd, monkeypatch
):
    """A run that ends at its second step says what the first one did."""
    (tmp_path / "courses.sql").write_text(COURSES)
    (tmp_path / "answers.csv").write_text("course\nalgebra\n")
    monkeypatch.setenv("FILES_DATASETS", f"school={tmp_path}@{tmp_path}")
    assert main(["run", "--category", "nope", "--home", str(used_home)]) == 2
    printed = capfd.readouterr()
    assert printed.out.startswith("files:school: 1 slice, 1 read.")
    assert printed.err == "gradeline: No category is called nope. Known categories: exam.\n"


def test_a_course_that_only_cursos_yml_names_is_told_as_such(used_home, capfd, monkeypatch):
    """Its category is known, so the error says that data is missing, not that nobody has it."""
    monkeypatch.setenv("FILES_DATASETS", "")
    (used_home / "cursos.yml").write_text("courses:\n  Álgebra:\n    m0m:\n      name: M\n")
    assert main(["run", "--analysis-only", "--category", "algebra", "--home", str(used_home)]) == 2
    assert "cursos.yml names Álgebra/m0m, but no data does." in capfd.readouterr().err


def test_a_plan_goes_on_after_a_source_that_cannot_be_read(used_home, tmp_path, capfd, monkeypatch):
    """`--plan` says why one source cannot be planned, plans the next one and ends with 1."""
    monkeypatch.setenv("FILES_DATASETS", "a=no-mapping@no-data;b=builtin:oulad@builtin:aaa")
    assert main(["run", "--plan", "--home", str(used_home)]) == 1
    printed = capfd.readouterr()
    assert "files:a could not be read: The folder no-data" in printed.err
    assert "files:b: " in printed.out
