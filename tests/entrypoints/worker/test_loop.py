"""The loop: each chore when it is due, and an end in good order."""

from __future__ import annotations

import signal

import pytest

from gradeline.entrypoints.worker.loop import Chore, Stop, do_chores


class Hours(Stop):
    """A day without waiting: it is over after so many seconds of its own clock."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.at, self._end = 0.0, seconds

    @property
    def told(self) -> bool:
        """Whether the day is over."""
        return self.at >= self._end

    def wait(self, seconds: float) -> None:
        """Let the time pass."""
        self.at += seconds


def test_each_chore_comes_as_often_as_it_says():
    """One chore every minute, another every second second; the first comes first."""
    day, seen = Hours(120), []
    chores = [
        Chore(every_s=60, do=lambda: bool(seen.append(("slow", day.at)))),
        Chore(every_s=2, do=lambda: bool(seen.append(("fast", day.at)))),
    ]
    do_chores(chores, day, lambda: day.at)
    assert seen[:3] == [("slow", 0), ("fast", 0), ("fast", 2)]
    assert [name for name, _ in seen].count("slow") == 2
    assert [name for name, _ in seen].count("fast") == 60


def test_a_chore_with_more_to_do_comes_again_at_once():
    """Jobs that wait are done one after the other, without a pause."""
    day, left = Hours(1), [True, True, False]
    times = []

    def do() -> bool:
        times.append(day.at)
        return left.pop(0)

    do_chores([Chore(every_s=1, do=do)], day, lambda: day.at)
    assert times == [0, 0, 0]


def test_sigterm_between_two_jobs_ends_at_once():
    """Only what is being finished is waited for."""
    stop = Stop()
    with stop.listening(), pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGTERM)
    assert stop.told
