"""A9: the embedded server is killed while a run works; it comes back and nothing is lost."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psutil

from proofs.command import School, made_home, school
from proofs.crash import RUN, small_school
from proofs.crash_load import COLLECTS, written
from proofs.frame import IDLE, Setting, Try
from proofs.kills import Record, Run, chosen, command, started, undisturbed
from proofs.state import state_of


def pg_down(setting: Setting) -> Iterator[Try]:
    """SIGKILL to the postmaster, or to all of PostgreSQL, at points of a run; then run again."""
    made = made_home(setting.folder / "made")
    whole = School(home=made, data=small_school(setting), forks=True)
    small = written(setting.folder, 1)
    loads = replace(whole, data=small / "data", mapping=str(small / "mapping"))
    yield from _down(setting, "run", whole, command(*RUN), setting.many(12, 1))
    yield from _down(setting, "load", loads, COLLECTS, setting.many(38, 0))


def _down(setting: Setting, what: str, like: School, run: Run, many: int) -> Iterator[Try]:
    """Kill the server of so many homes that begin as copies of a school's."""
    folder = setting.folder / what
    with _copied(folder / "clean", like) as clean:
        record = Record(folder / "points")
        undisturbed(clean, record, run)
        wanted = state_of(clean)
    for number, at in enumerate(chosen(record.labels(), many, setting.luck), start=1):
        with _copied(folder / f"down-{number}", like) as place:
            victim = setting.luck.choice(("postmaster", "all of PostgreSQL"))
            own = Record(folder / f"record-{number}")
            landed, code, said = _struck(place, own, run, at, victim == "postmaster")
            wrong = told_badly(code, said)
            again = started(place, own, run).ended()
            if again.returncode != 0:
                wrong = f"the rerun failed: {again.stderr[-500:]}"
            wrong = wrong or wanted.differs_from(state_of(place))
            yield Try(name=f"kill {victim} at point {at} of a {what}", wrong=wrong, landed=landed)


@contextmanager
def _copied(folder: Path, like: School) -> Iterator[School]:
    with school(folder, like.data, like=like.home, forks=True) as place:
        yield replace(place, mapping=like.mapping)


def told_badly(code: int, err: str) -> str:
    """What is wrong with how a run ended that met a fault: one message and exit 0 or 1, else."""
    if code not in (0, 1):
        return f"exit {code}: {err[-300:]}"
    if "Traceback" in err:
        return f"a stack trace was shown: {err[-300:]}"
    said = [line for line in err.splitlines() if line.startswith("gradeline: ")]
    if code == 1 and len(said) != 1:
        return f"{len(said)} messages instead of one: {err[-300:]}"
    return ""


def postmaster(home: Path) -> int | None:
    """The process of a home's server; null while there is none."""
    for pid_file in sorted((home / "db").rglob("postmaster.pid")):
        first = pid_file.read_text().splitlines()[:1]
        if first and first[0].strip().isdigit():
            return int(first[0])
    return None


def _struck(place: School, record: Record, run: Run, at: int, alone: bool) -> tuple[str, int, str]:
    """Kill the server once the run has passed a point: where it was, its exit code, its words."""
    under_way = started(place, record, run)
    while under_way.runs and _passed(record.path) < at:
        time.sleep(0.001)
    landed = IDLE
    server = postmaster(place.home)
    if under_way.runs and server is not None:
        landed = record.labels()[-1]
        _kill(server, alone)
    done = under_way.ended()
    return landed, done.returncode, done.stderr


def _passed(record: Path) -> int:
    return record.read_bytes().count(b"\n") if record.exists() else 0


def _kill(server: int, alone: bool) -> None:
    """SIGKILL to the postmaster, and to its backends where it is not to die alone."""
    backends = [] if alone else psutil.Process(server).children(recursive=True)
    os.kill(server, signal.SIGKILL)
    for backend in backends:
        backend.kill()
