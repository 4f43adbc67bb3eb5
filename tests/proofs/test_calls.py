"""What is read out of a trace of system calls."""

from pathlib import Path

import pytest
from proofs.rig.strace import Trace

FAILED = """7 openat(AT_FDCWD</h>, "/h/lake/.new#1", O_WRONLY|O_CREAT, 0666) = 3</h/lake/.new#1>
8 fsync(4</h/lake> <unfinished ...>
7 fsync(3</h/lake/.new#1>) = -1 EIO (Input/output error) (INJECTED)
8 <... fsync resumed>)             = 0
8 fsync(4</h/lake>) = 0
"""


@pytest.fixture
def traced(tmp_path):
    """A trace with these lines."""

    def trace(text: str) -> Trace:
        (tmp_path / "calls").write_text(text)
        return Trace(tmp_path / "calls")

    return trace


def test_calls_are_counted_for_each_thread(traced):
    """One that another thread interrupts counts once, and where a fault hit is seen."""
    calls = traced(FAILED).calls
    assert [(each.name, each.number) for each in calls] == [
        *(("openat", 1), ("fsync", 1), ("fsync", 1), ("fsync", 2)),
    ]
    assert [each.under(Path("/h")) for each in calls if each.failed_by_us] == ["lake/.new#1"]


@pytest.mark.parametrize(
    "believing",
    ['7 link("/h/lake/.new#1", "/h/lake/x") = 0\n', "7 fsync(3</h/lake/.new#1>) = 0\n"],
)
def test_a_file_that_is_believed_after_a_failed_sync_is_noticed(traced, believing):
    """Neither may it get its name nor be synced again; another file may."""
    assert traced(FAILED).believed() == ""
    assert "after it could not be synced" in traced(FAILED + believing).believed()
