"""A1: the run is killed at any point; the next run leaves what an undisturbed run leaves."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from proofs.aftermath import rewritten, stamps, wrong_now
from proofs.command import School, Started, school
from proofs.frame import IDLE, Setting, Try
from proofs.publishers import cut
from proofs.state import State, state_of

#: All of module AAA is over then, so that the day of the proof changes nothing.
AS_OF = ("--as-of", "2015-12-31")


def crash_run(setting: Setting) -> Iterator[Try]:
    """The whole run, from files to documents."""
    return _crash(setting, AS_OF, quick=2)


def crash_load(setting: Setting) -> Iterator[Try]:
    """Only the way into lake and warehouse, where most of the writing is."""
    return _crash(setting, (*AS_OF, "--download-only"), quick=8)


def _crash(setting: Setting, arguments: tuple[str, ...], quick: int) -> Iterator[Try]:
    data = small_school(setting)
    with school(setting.folder / "clean", data) as clean:
        record = Record(setting.folder / "points")
        began = time.monotonic()
        done = _started(clean, record, 0, arguments).ended()
        lasts = time.monotonic() - began
        if done.returncode != 0:
            raise AssertionError(f"exit {done.returncode} without a kill: {done.stderr}")
        wanted = state_of(clean)
    # One run passes a few places more or fewer than another: the last ones may not be reached.
    labels = record.labels()
    points = chosen(labels[: len(labels) * 19 // 20], setting.many(20, quick), setting.luck)
    kills = [(f"kill at point {at}", at, None) for at in points]
    moments = [setting.luck.uniform(0.05, 0.95) * lasts for _ in range(setting.many(12, 0))]
    kills += [(f"kill after {moment:.2f} s", 0, moment) for moment in moments]
    for number, (name, at, moment) in enumerate(kills, start=1):
        with school(setting.folder / f"kill-{number}", data) as place:
            own = Record(setting.folder / f"record-{number}")
            landed, left = _killed(place, own, at, moment, arguments)
            wrong = left or _after(place, arguments, wanted)
            yield Try(name=name, wrong=wrong, landed=landed)


def small_school(setting: Setting) -> Path:
    """All of module AAA, or sixty learners of one presentation for the quick subset."""
    if not setting.small:
        return cut(setting.folder / "data")
    return cut(setting.folder / "data", presentations=("2013J",), learners=60, luck=setting.luck)


def chosen(points: list[str], many: int, luck: random.Random) -> list[int]:
    """Which points to kill at (from 1): every kind of place in turn, each time another one."""
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


@dataclass(frozen=True)
class Record:
    """The file that the killer writes the points it passed into."""

    path: Path

    def labels(self) -> list[str]:
        """The points that were passed, in order."""
        return self.path.read_text().splitlines() if self.path.exists() else []


def _started(place: School, record: Record, at: int, arguments: tuple[str, ...]) -> Started:
    """The run, started through the killer; at = 0 lets it live."""
    through = ("-m", "proofs.killer", str(record.path), str(at))
    return place.start("run", place.source, *arguments, through=through)


def _killed(
    place: School, record: Record, at: int, moment: float | None, arguments: tuple[str, ...]
) -> tuple[str, str]:
    """Kill at a point or a moment: where it was then, and what is wrong with what lives on."""
    command = _started(place, record, at, arguments)
    if moment is not None:
        time.sleep(moment)
        command.kill()
    done = command.ended()
    labels = record.labels()
    landed = labels[-1] if done.returncode == -signal.SIGKILL and labels else IDLE
    return landed, command.outlived_by()


def _after(place: School, arguments: tuple[str, ...], wanted: State) -> str:
    """Look at what the kill left, run again undisturbed, and compare all that is there."""
    wrong = wrong_now(place)
    objects = stamps(place.home, "lake")
    done = place.call("run", place.source, *arguments)
    if done.returncode != 0:
        return f"the rerun failed: {done.stderr[-500:]}"
    written = rewritten(objects, stamps(place.home, "lake"))
    return "; ".join(filter(None, (wrong, written, wanted.differs_from(state_of(place)))))
