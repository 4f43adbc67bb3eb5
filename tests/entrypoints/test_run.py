"""What `gradeline run` prints, and which options it refuses."""

import pytest

from gradeline.entrypoints.cli.app import main
from gradeline.entrypoints.cli.run_result import print_result
from gradeline.entrypoints.cli.screen import Screen
from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.flows.report.report import ReportResult
from gradeline.flows.run import RunResult
from gradeline.records.slices import Slice

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
    assert printed.err == "files:school could not be read: The folder is not there.\n"


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
        (["--upload-only"], "--upload-only has nothing to do"),
        (["--upload-only", "--no-upload"], "--upload-only has nothing to do"),
        (["--download-only", "--analysis-only"], "--download-only and --analysis-only exclude"),
        (["--analysis-only", "--upload-only"], "--analysis-only and --upload-only exclude"),
    ],
)
def test_options_that_leave_nothing_to_do_are_refused(options, message, capfd):
    """A run that could only do nothing ends with exit code 2 and says why."""
    assert main(["run", *options]) == 2
    assert message in capfd.readouterr().err
