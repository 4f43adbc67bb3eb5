"""The last line of a run, and its figures for Prometheus."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from gradeline.base.errors import DiskFull
from gradeline.entrypoints.cli.app import main
from gradeline.entrypoints.cli.run_end import print_summary, push_summary, summarise
from gradeline.entrypoints.cli.screen import Screen
from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.flows.deliver.result import DeliveryResult
from gradeline.flows.report.report import ReportResult
from gradeline.flows.run import RunResult
from gradeline.records.counts import Counts
from gradeline.settings import read_settings

AT = datetime(2026, 12, 1, 8, tzinfo=UTC)
COUNTS = Counts(received=5, stored=3, already_there=1, quarantined=1)
RESULT = RunResult(
    collected=(("grader", CollectOutcome(counts=COUNTS)), ("files", CollectOutcome(counts=COUNTS))),
    report=ReportResult(written=("a.pdf", "a.xlsx")),
    delivery=DeliveryResult(sent={"email": 2}, waiting=1),
)


def test_a_run_ends_in_one_line_for_machines(capfd):
    """What it did, in figures of all sources together, and its exit code."""
    print_summary(summarise(RESULT, None), Screen(json=True), AT, AT)
    assert json.loads(capfd.readouterr().out)["run"] == {
        "started_at": "2026-12-01T08:00:00+00:00",
        "ended_at": "2026-12-01T08:00:00+00:00",
        "exit_code": 0,
        "received": 10,
        "stored": 6,
        "quarantined": 2,
        "courses": 0,
        "documents": 2,
        "sent": 2,
        "waiting": 1,
        "problems": 0,
    }


def test_people_get_no_such_line(capfd):
    """They have read it all before."""
    print_summary(summarise(RESULT, None), Screen(json=False), AT, AT)
    assert capfd.readouterr().out == ""


def test_an_error_that_ended_a_run_is_counted_with_its_exit_code():
    """What was collected before counts as well."""
    summary = summarise(RESULT, DiskFull("The disk is full."))
    assert (summary.exit_code, summary.problems, summary.stored) == (1, 1, 6)


def test_a_run_that_cannot_begin_ends_in_that_line_too(tmp_path, monkeypatch, capfd):
    """A run without a source is wrong use."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FILES_DATASETS", raising=False)
    assert main(["run", "--json", "--home", str(tmp_path / "home")]) == 2
    assert json.loads(capfd.readouterr().out.splitlines()[-1])["run"]["exit_code"] == 2


def test_a_gateway_that_is_away_is_a_warning(tmp_path, capfd):
    """The run ends as it would have."""
    settings = read_settings(home=tmp_path, overrides={"METRICS_PUSH_URL": "http://127.0.0.1:9"})
    push_summary(summarise(RESULT, None), settings, Screen(json=False), AT, 1.5)
    assert "Warning: The figures of this run were not pushed" in capfd.readouterr().err
