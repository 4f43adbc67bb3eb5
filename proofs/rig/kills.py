"""Killing a run: at a counted point or at a moment, and where it was then."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from proofs.promise import IDLE, SIGNAL
from proofs.rig.command import RunningCommand, School


@dataclass(frozen=True, kw_only=True)
class Kill:
    """When a run is to die."""

    name: str  #: for people
    at: str = "0"  #: the point at which it kills itself, for `proofs.rig.kill_points`; 0 = none
    moment: float | None = None  #: seconds after its points are there; killed from outside then


@dataclass(frozen=True)
class Record:
    """The file that the killer writes the points it passed into."""

    path: Path

    def labels(self) -> list[str]:
        """The points that were passed, in order."""
        return self.path.read_text().splitlines() if self.path.exists() else []


#: What is run to be killed: its module, which is told a record and a point, and its arguments.
Run = tuple[str, Sequence[str]]


def command(*arguments: str) -> Run:
    """The command with these arguments."""
    return "proofs.rig.kill_points", arguments


def run_undisturbed(place: School, record: Record, run: Run) -> float:
    """Let a run live; how many seconds it took since its points were there.

    Raises:
        AssertionError: it did not exit 0.
    """
    under_way = started(place, record, run)
    _wait_for_points(record, under_way)
    began = time.monotonic()
    done = under_way.ended()
    if done.returncode != 0:
        raise AssertionError(f"exit {done.returncode} without a kill: {done.stderr}")
    return time.monotonic() - began


def started(place: School, record: Record, run: Run, at: str = "0") -> RunningCommand:
    """A run, started with its points; it lives where `at` is 0."""
    module, arguments = run
    return place.start(*arguments, through=(module, str(record.path), at))


def killed(place: School, record: Record, run: Run, kill: Kill) -> tuple[str, str]:
    """Kill a run: where it was then, and what is wrong with what lives on."""
    under_way = started(place, record, run, kill.at)
    if kill.moment is not None:
        _wait_for_points(record, under_way)
        time.sleep(kill.moment)
        under_way.kill()
    done = under_way.ended()
    labels = record.labels()
    landed = labels[-1] if done.returncode == -signal.SIGKILL and labels else IDLE
    return landed, under_way.find_survivors()


def run_halted(
    place: School, record: Record, run: Run, at: str, deed: AbstractContextManager[object]
) -> tuple[bool, subprocess.CompletedProcess[str]]:
    """Halt a run at a point, enter the deed, let the run go on to its end, leave the deed.

    Whether it halted there at all, and how it ended.
    """
    halting = replace(place, env={**place.env, SIGNAL: signal.SIGSTOP.name})
    under_way = started(halting, record, run, at)
    process = psutil.Process(under_way.pid)
    while under_way.runs and process.status() != psutil.STATUS_STOPPED:
        time.sleep(0.002)
    if not under_way.runs:
        return False, under_way.ended()
    with deed:
        os.kill(under_way.pid, signal.SIGCONT)
        return True, under_way.ended()


def _wait_for_points(record: Record, under_way: RunningCommand) -> None:
    """Until then it only starts, and there is nothing to hit."""
    while under_way.runs and not record.path.exists():
        time.sleep(0.002)


def at_points(labels: Sequence[str], many: int, luck: random.Random) -> Iterator[Kill]:
    """Kills at so many points of an undisturbed run, of every kind.

    The fifth of a kind is the fifth in every run; the hundredth of all is not, as threads share
    the work.
    """
    for number in choose_kills(labels, many, luck):
        label = labels[number - 1]
        at = f"{label}@{labels[:number].count(label)}"
        yield Kill(name=f"kill {at}", at=at)


def at_moments(lasts: float, many: int, luck: random.Random) -> Iterator[Kill]:
    """Kills at so many moments of a run that lasts so many seconds."""
    for _ in range(many):
        moment = luck.uniform(0.02, 0.95) * lasts
        yield Kill(name=f"kill after {moment:.2f} s", moment=moment)


def choose_kills(points: Sequence[str], many: int, luck: random.Random) -> list[int]:
    """Some of these points (from 1): every kind of place in turn, each time another one."""
    kinds: dict[str, list[int]] = {}
    for number, label in enumerate(points, start=1):
        kinds.setdefault(label, []).append(number)
    turns = list(kinds)
    luck.shuffle(turns)
    found: list[int] = []
    while len(found) < min(many, len(points)):
        for label in turns:
            if kinds[label] and len(found) < many:
                found.append(kinds[label].pop(luck.randrange(len(kinds[label]))))
    return found
