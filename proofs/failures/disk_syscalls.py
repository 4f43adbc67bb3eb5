"""A8: a system call on one of our files fails; one message, nothing half, the next run goes on."""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from gradeline.warehouse import Database
from proofs.ingest.crash_run import RUN
from proofs.promise import IDLE, Setting, Try
from proofs.rig.command import School, make_home, school
from proofs.rig.in_process import HomeServer
from proofs.rig.invariants import find_violations_in
from proofs.rig.kills import choose_kills
from proofs.rig.messages import describe_bad_message
from proofs.rig.shared_server import oulad
from proofs.rig.state import DOCUMENTS, State, digests, state_in, state_of
from proofs.rig.strace import Call, Fault, Trace, may_trace, traced

#: Calls and how each may fail. A close that fails has written nothing more; a write that fails
#: for ever could not say so.
FAULTS: Mapping[str, tuple[str, ...]] = {
    "openat": ("EROFS", "EIO", "EMFILE"),
    "mkdir": ("EROFS", "EDQUOT"),
    "write": ("EIO", "EDQUOT"),
    "pwrite64": ("EIO", "EDQUOT"),
    "fsync": ("EIO",),
    "close": ("EIO",),
    "rename": ("EIO", "EROFS"),
    "link": ("EIO", "EDQUOT"),
}
#: How a person is told of each.
_WORDS = {
    "EIO": "Input/output error",
    "EROFS": "Read-only file system",
    "EMFILE": "Too many open files",
    "EDQUOT": "no room|[Qq]uota exceeded",
}
#: Those of which all later ones may fail as well.
_MAY_STAY = frozenset({"fsync", "rename", "link"})


def failing(there: HomeServer, setting: Setting, data: Path, wanted: State) -> Iterator[Try]:
    """Let calls of every kind fail, each time in a new home; run again; compare."""
    if not may_trace(setting.folder):
        # Told as a try at rest: it proves nothing.
        yield Try(name="no call fails: strace is not here or may not trace", landed=IDLE)
        return
    with oulad(there, data) as (place, _):
        trace = Trace(setting.folder / "calls")
        done = traced(place, trace.log).call(*RUN)
        if done.returncode:
            raise AssertionError(f"exit {done.returncode} without a fault: {done.stderr}")
        faults = list(_faults(trace.calls, place.home, setting))
    for number, fault in enumerate(faults, start=1):
        with oulad(there, data) as (place, database):
            trace = Trace(setting.folder / f"calls-{number}")
            yield _failed(place, database, trace, fault, wanted)
            trace.log.unlink()


def postgres_failing(setting: Setting, data: Path, wanted: State) -> Iterator[Try]:
    """Let the embedded server's log of writes fail to be synced; run again; compare."""
    if not may_trace(setting.folder):
        return
    made = make_home(setting.folder / "made")
    for number in (1, 4):
        folder = setting.folder / f"postgres-{number}"
        with school(folder, data, like=made, forks=True) as place:
            trace = Trace(setting.folder / f"server-{number}")
            # Of ours nobody calls this; of PostgreSQL's each process that commits.
            fault = Fault(call="fdatasync", error="EIO", number=number)
            done = traced(place, trace.log, fault).call(*RUN)
            wrong = describe_bad_message(done.returncode, done.stderr)
            again = place.call(*RUN)
            if again.returncode:
                wrong = wrong or f"without the fault: {again.stderr[-400:]}"
            wrong = wrong or wanted.differs_from(state_of(place))
            landed = _landing(trace, place.home)
            yield Try(name=f"{fault} of each process of PostgreSQL", wrong=wrong, landed=landed)


def _faults(calls: list[Call], home: Path, setting: Setting) -> Iterator[Fault]:
    """Make calls on files of the home fail: every kind of call, in every folder."""
    ours = [each for each in calls if each.writes and each.name in FAULTS and each.under(home)]
    labels = [f"{each.name} {each.under(home)}" for each in ours]
    for number in choose_kills(labels, setting.many(40, 2), setting.luck):
        yield _fault(ours[number - 1], setting.luck)


def _fault(call: Call, luck: random.Random) -> Fault:
    stays = call.name in _MAY_STAY and luck.random() < 0.5
    error = luck.choice(FAULTS[call.name])
    return Fault(call=call.name, error=error, number=call.number, stays=stays)


def _failed(place: School, database: Database, trace: Trace, fault: Fault, wanted: State) -> Try:
    done = traced(place, trace.log, fault).call(*RUN)
    landed = _landing(trace, place.home)
    # A fault on a pipe is not part of this promise.
    wrong = "" if landed == IDLE else told_of(fault.error, done)
    wrong = wrong or trace.believed() or unlike(place, database, done, wanted)
    return Try(name=str(fault), wrong=wrong, landed=landed)


def _landing(trace: Trace, home: Path) -> str:
    """Where the fault came first; nothing was proved where it hit no file of the home."""
    hit = [each for each in trace.calls if each.failed_by_us]
    ours = [f"{each.name} {each.under(home)}" for each in hit if each.under(home)]
    return ours[0] if ours else IDLE


def told_of(error: str, done: subprocess.CompletedProcess[str]) -> str:
    """What is wrong with how a run ended that met an error of the system: it must be named."""
    said = " ".join(done.stderr.split())
    named = not done.returncode or re.search(_WORDS[error], said)
    silent = "" if named else f"nothing is said of {error}: {said[-300:]}"
    return describe_bad_message(done.returncode, done.stderr) or silent


def unlike(
    place: School, database: Database, done: subprocess.CompletedProcess[str], wanted: State
) -> str:
    """What is wrong with what a run left, and with a run after it when nothing fails any more."""
    wrong = find_violations_in(database, place.home) or _half(place.home, wanted)
    if not done.returncode:
        wrong = wrong or wanted.differs_from(state_in(database, place.home))
    again = place.call(*RUN)
    if again.returncode:
        wrong = wrong or f"without the fault: {again.stderr[-400:]}"
    return wrong or wanted.differs_from(state_in(database, place.home))


def _half(home: Path, wanted: State) -> str:
    """An object or document that stands there with other bytes than at the end; empty = none."""
    there = digests(home, "lake")
    for part in DOCUMENTS:
        there |= digests(home, part)
    all_wanted = {**wanted.objects, **wanted.documents}
    half = sorted(path for path, digest in there.items() if all_wanted.get(path) != digest)
    return f"{half[0]} is not what an undisturbed run writes" if half else ""
