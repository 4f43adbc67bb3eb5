"""Every benchmark runs to its end, on as little data as it takes."""

import os
import re
from pathlib import Path

import pytest
from bench.__main__ import BENCHES
from proofs.rig.command import ROOT, RunningCommand
from proofs.rig.oulad import cut


@pytest.fixture(scope="module")
def few_learners(tmp_path_factory) -> Path:
    """Files as OULAD's publishers lay them out, with twelve learners of one course."""
    return cut(tmp_path_factory.mktemp("bench") / "aaa", presentations=("2013J",), learners=12)


#: Those that start whole services or runs, or take half a minute: `make prove` runs them.
LONG = ("api", "dwh", "ingest", "load", "refresh", "reports", "whole-run", "wide")


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.slow if n in LONG else ()) for n in BENCHES]
)
def test_a_benchmark_runs_once_on_one_event_and_few_learners(name, few_learners):
    """One round of it: what it compares is equal, and it prints its table or its peak of memory."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "BENCH_OULAD": str(few_learners)}
    arguments = ["--name", name, "--rounds", "1", "--events", "1", "--learners", "20"]
    arguments += ["--lines", "100"]
    done = RunningCommand("bench", arguments, env, ROOT, forks=True).ended()
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"median s|answers/s|peak \d+ MB", done.stdout)
