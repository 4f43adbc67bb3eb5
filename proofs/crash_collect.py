"""A1 over the network: a run over five systems is killed anywhere; the next ends as any does."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from gradeline.sandbox import Pace, every_system
from gradeline.warehouse import EmbeddedPlace, open_warehouse, stop_embedded
from proofs.aftermath import wrong_now
from proofs.command import School, Started, school
from proofs.crash import Record, chosen
from proofs.frame import IDLE, Setting, Try
from proofs.inside import DAY, Held, held_at

SPEED = 100.0
#: One hour of a day; of LearnWorlds and the database all there is.
SPAN = ("--download-only", "--since", f"{DAY:%F}T09:00", "--until", f"{DAY:%F}T10:00")
#: The rows are committed, and nothing that follows has happened: where others loaded the same
#: rows again (dlt #3023).
_COMMITTED = "after collect.load_slice"
_POINTS, _MOMENTS = 30, 20
#: Starting up takes so much of a run: a kill before it hits nothing.
_BEGINS = 0.25


def crash_collect(setting: Setting) -> Iterator[Try]:
    """Kill the command at points and at moments; look at what it left, run again, compare."""
    made = _made(setting.folder / "made")
    with every_system(Pace(speed=SPEED), first_day=DAY.date()) as systems:
        env = {**systems.settings, "FILES_DATASETS": ""}
        with _school(setting.folder / "clean", made, env) as clean:
            record = Record(setting.folder / "points")
            began = time.monotonic()
            done = _started(clean, record, "0").ended()
            lasts = time.monotonic() - began
            if done.returncode:
                raise AssertionError(f"exit {done.returncode} without a kill: {done.stderr}")
            wanted = held_at(clean.home)
        for number, (name, at, moment) in enumerate(_kills(setting, record, lasts), start=1):
            with _school(setting.folder / f"kill-{number}", made, env) as place:
                own = Record(setting.folder / f"record-{number}")
                landed, left = _killed(place, own, at, moment)
                yield Try(name=name, wrong=left or _after(place, wanted), landed=landed)


def _kills(
    setting: Setting, record: Record, lasts: float
) -> Iterator[tuple[str, str, float | None]]:
    """What to kill at: the place that is named after a bug, points of every kind, moments."""
    labels = record.labels()
    for _ in range(setting.many(3, 1)):
        at = f"{_COMMITTED}@{setting.luck.randint(1, labels.count(_COMMITTED))}"
        yield f"dlt #3023: kill {at}", at, None
    # One run passes a few places more or fewer than another: the last ones may not be reached.
    for number in chosen(labels[: len(labels) * 9 // 10], setting.many(_POINTS, 0), setting.luck):
        yield f"kill at point {number}", str(number), None
    for _ in range(setting.many(_MOMENTS, 0)):
        moment = setting.luck.uniform(_BEGINS, 0.95) * lasts
        yield f"kill after {moment:.2f} s", "0", moment


def _made(folder: Path) -> Path:
    """A home with a migrated database, its server stopped: copying it is quicker than making it."""
    folder.mkdir()
    with open_warehouse(EmbeddedPlace(home=folder / "home"), say=lambda _: None):
        pass
    stop_embedded(folder / "home")
    return folder / "home"


@contextmanager
def _school(folder: Path, made: Path, env: Mapping[str, str]) -> Iterator[School]:
    """A school whose home is a copy."""
    with school(folder, Path(), **env) as place:
        # With owners: as root the data belong to another user.
        subprocess.run(["cp", "-a", str(made), str(place.home)], check=True)
        yield place


def _started(place: School, record: Record, at: str) -> Started:
    through = ("-m", "proofs.killer", str(record.path), at)
    return place.start("run", *SPAN, through=through)


def _killed(place: School, record: Record, at: str, moment: float | None) -> tuple[str, str]:
    """Kill at a point or a moment: where it was then, and what is wrong with what lives on."""
    command = _started(place, record, at)
    if moment is not None:
        time.sleep(moment)
        command.kill()
    done = command.ended()
    labels = record.labels()
    landed = labels[-1] if done.returncode == -signal.SIGKILL and labels else IDLE
    return landed, command.outlived_by()


def _after(place: School, wanted: Held) -> str:
    """Look at what the kill left, run again undisturbed, and compare all that is there."""
    wrong = wrong_now(place)
    done = place.call("run", *SPAN)
    if done.returncode:
        return wrong or f"the rerun failed: {done.stdout[-300:]} {done.stderr[-500:]}"
    return wrong or wanted.differs_from(held_at(place.home))
