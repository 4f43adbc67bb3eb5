"""Two runs share the work, and one that is killed leaves neither claims nor half a slice."""

import json
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pytest

from gradeline.records.slices import RejectedRecord
from gradeline.warehouse import Role
from gradeline.warehouse.rows import load
from gradeline.warehouse.slices import claims, ledger, quarantine


@contextmanager
def elsewhere(warehouse, action, **orders):
    """Another process that does `action` in this database; killed at the end."""
    login = dict(warehouse.logins[Role.LOADER].parameters)
    stdin = json.dumps(orders | {"login": login, "database": warehouse.name})
    program = [sys.executable, Path(__file__).with_name("elsewhere.py"), action]
    pipe = subprocess.PIPE
    with subprocess.Popen(program, stdin=pipe, stdout=pipe, text=True) as process:
        process.stdin.write(stdin)
        process.stdin.close()
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def other(warehouse):
    """A second run's connection for claims."""
    with warehouse.connect(Role.LOADER, autocommit=True) as connection:
        yield connection


def test_two_runs_never_claim_one_slice(loader, other):
    """Of two who ask for a slice one gets it, until it is let go."""
    assert claims.claim(loader, 5)
    assert not claims.claim(other, 5)
    assert claims.claim(other, 6)
    assert claims.release(loader, 5)
    assert claims.claim(other, 5)


def test_only_the_holder_lets_go(loader, other):
    """Giving back what somebody else holds changes nothing."""
    claims.claim(loader, 5)
    assert not claims.release(other, 5)
    assert not claims.claim(other, 5)


def test_a_claim_ends_with_its_process(warehouse, loader):
    """After `kill -9` of the holder the slice can be claimed within seconds."""
    with elsewhere(warehouse, "claim", slice_id=5) as process:
        assert process.stdout.readline() == "True\n"
        assert not claims.claim(loader, 5)
    until = time.monotonic() + 10
    while not (free := claims.claim(loader, 5)) and time.monotonic() < until:
        time.sleep(0.02)
    assert free


def test_a_kill_before_the_commit_leaves_everything_as_it_was(
    warehouse, loader, loaded, planned, answers
):
    """Rows, quarantine and ledger change together or not at all."""
    load.load_rows(loader, answers, loaded.slice_id, [_row(answers)])
    quarantine.replace(
        loader, loaded.slice_id, [RejectedRecord(place="line 2", reason="bad: row", raw=b"y")]
    )
    ledger.plan(loader, [planned(fingerprint="v2")])
    before = _all_of(loader)
    with elsewhere(warehouse, "load", slice_id=loaded.slice_id) as process:
        assert process.stdout.readline() == "settled\n"
        assert process.wait(timeout=30) == -signal.SIGKILL
    assert _all_of(loader) == before


def test_two_loads_of_one_slice_wait_for_each_other(warehouse, loader, loaded, answers):
    """While one transaction loads a slice, another that wants to waits for its end."""
    with warehouse.connect(Role.LOADER) as busy:
        load.load_rows(busy, answers, loaded.slice_id, [_row(answers)])
        loader.execute("set lock_timeout = '100ms'")
        with pytest.raises(Exception, match="lock timeout"):
            load.load_rows(loader, answers, loaded.slice_id, [_row(answers)])


def _row(table):
    """One row with nothing but its place."""
    values = {"slice_id": [1], "position": [0]}
    return pa.RecordBatch.from_pydict(
        {name: values.get(name, [None]) for name in table.schema.names}
    ).drop_columns("slice_id")


def _all_of(connection):
    """Every row of what a load changes."""
    tables = ("slices", "quarantine", "answers")
    return [connection.execute(f"select * from {t} order by 1, 2").fetchall() for t in tables]
