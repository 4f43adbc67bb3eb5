"""A9: PostgreSQL is killed, stopped or in trouble while a run works; nothing is lost."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psutil

from proofs.failures.postgres_interference import pg_trouble
from proofs.ingest.crash_load import COLLECTS, written
from proofs.ingest.crash_run import RUN, small_school
from proofs.promise import IDLE, Setting, Try
from proofs.rig.command import School, make_home, school
from proofs.rig.kills import Record, Run, choose_kills, command, run_undisturbed, started
from proofs.rig.messages import describe_bad_message
from proofs.rig.state import state_of


def pg_down(setting: Setting) -> Iterator[Try]:
    """End PostgreSQL or put it into trouble at points of a run; then run again; compare."""
    yield from _gone(setting.within("gone"))
    yield from pg_trouble(setting.within("trouble"))


def _gone(setting: Setting) -> Iterator[Try]:
    """SIGKILL to the postmaster, or to all of PostgreSQL, or a shutdown; then run again."""
    made = make_home(setting.folder / "made")
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
        run_undisturbed(clean, record, run)
        wanted = state_of(clean)
    for number, at in enumerate(choose_kills(record.labels(), many, setting.luck), start=1):
        with _copied(folder / f"down-{number}", like) as place:
            blow = setting.luck.choice(list(_BLOWS))
            own = Record(folder / f"record-{number}")
            landed, code, said = _struck(place, own, run, at, _BLOWS[blow])
            wrong = describe_bad_message(code, said)
            again = started(place, own, run).ended()
            if again.returncode != 0:
                wrong = f"the rerun failed: {again.stderr[-500:]}"
            wrong = wrong or wanted.differs_from(state_of(place))
            yield Try(name=f"{blow} at point {at} of a {what}", wrong=wrong, landed=landed)


@contextmanager
def _copied(folder: Path, like: School) -> Iterator[School]:
    with school(folder, like.data, like=like.home, forks=True) as place:
        yield replace(place, mapping=like.mapping)


def postmaster(home: Path) -> int | None:
    """The process of a home's server; null while there is none."""
    for pid_file in sorted((home / "db").rglob("postmaster.pid")):
        first = pid_file.read_text().splitlines()[:1]
        if first and first[0].strip().isdigit():
            return int(first[0])
    return None


def _struck(
    place: School, record: Record, run: Run, at: int, blow: Callable[[int], None]
) -> tuple[str, int, str]:
    """Strike the server once the run has passed a point: where it was, its exit code, its words."""
    under_way = started(place, record, run)
    while under_way.runs and _passed(record.path) < at:
        time.sleep(0.001)
    landed = IDLE
    server = postmaster(place.home)
    if under_way.runs and server is not None:
        landed = record.labels()[-1]
        blow(server)
    done = under_way.ended()
    return landed, done.returncode, done.stderr


def _passed(record: Path) -> int:
    return record.read_bytes().count(b"\n") if record.exists() else 0


def _kill(server: int) -> None:
    os.kill(server, signal.SIGKILL)


def _kill_all(server: int) -> None:
    backends = psutil.Process(server).children(recursive=True)
    _kill(server)
    for backend in backends:
        backend.kill()


def _shut_down(server: int) -> None:
    """As its administrator does: every session is ended, what is in memory is written."""
    os.kill(server, signal.SIGINT)


#: What may be done to a server, by name.
_BLOWS: Mapping[str, Callable[[int], None]] = {
    "kill of the postmaster": _kill,
    "kill of all of PostgreSQL": _kill_all,
    "fast shutdown": _shut_down,
}
