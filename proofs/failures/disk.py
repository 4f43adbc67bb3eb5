"""A8: the disk fills up or fails; one message, the right exit code, and the next run goes on."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from proofs.failures.disk_refusals import few_files, read_only
from proofs.failures.disk_syscalls import failing, postgres_failing
from proofs.ingest.crash_run import AS_OF, RUN, small_school
from proofs.promise import IDLE, Setting, Try
from proofs.rig.command import School, school
from proofs.rig.in_process import server
from proofs.rig.invariants import find_violations
from proofs.rig.messages import describe_bad_message
from proofs.rig.mounts import may_mount, mounted
from proofs.rig.shared_server import oulad
from proofs.rig.state import State, state_in, state_of

#: Sizes of the disk, as shares of what a run without want of room takes.
HOMES = (0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85)
LAKES = (0.01, 0.1, 0.3, 0.6, 0.9)
#: MB of the one disk that everybody has heard of.
SMALL_MB = 64
ROOMY_MB = 2048
MB = 1_000_000


def disk(setting: Setting) -> Iterator[Try]:
    """Run on disks that are full or fail, repair them, rerun, compare with an undisturbed run."""
    yield from _full(setting)
    yield from _failing(setting)


def _failing(setting: Setting) -> Iterator[Try]:
    """Let system calls fail, few files be open, disks turn read-only; run again; compare."""
    folder = setting.folder / "served"
    folder.mkdir()
    data = small_school(replace(setting, small=True, folder=folder))
    with server(folder) as there:
        with oulad(there, data) as (place, database):
            done = place.call(*RUN)
            if done.returncode:
                raise AssertionError(f"exit {done.returncode} without a fault: {done.stderr}")
            wanted = state_in(database, place.home)
        for deeds in (failing,) if setting.small else (failing, few_files, read_only):
            yield from deeds(there, setting, data, wanted)
    if not setting.small:
        yield from postgres_failing(setting, data, wanted)


def _full(setting: Setting) -> Iterator[Try]:
    """Run on disks of many sizes, give them room, run again, compare with a run that had room."""
    data = small_school(setting)
    with school(setting.folder / "clean", data, forks=True) as clean:
        clean.run(*AS_OF)
        wanted = state_of(clean)
        home, lake = taken(clean.home), taken(clean.home / "lake")
    if not may_mount(setting.folder / "try"):
        yield from _limited(setting, data, wanted)
        return
    tries = [(share * home, "home") for share in HOMES] + [
        (share * lake, "lake") for share in LAKES
    ]
    tries += [(SMALL_MB * MB, "home")]
    chosen = [(0.6 * home, "home"), (0.5 * lake, "lake")] if setting.small else tries
    for number, (size, part) in enumerate(chosen):
        folder = setting.folder / f"disk-{number}"
        with school(folder, data, forks=True) as place:
            small = place.home if part == "home" else place.home / "lake"
            with mounted(small, size):
                yield _on_small(place, small, f"{part} of {size / MB:.1f} MB", wanted)


def _on_small(place: School, small: Path, name: str, wanted: State) -> Try:
    done = place.call("run", place.source, *AS_OF)
    wrong = describe_bad_message(done.returncode, done.stderr) or violations_with_room(place, small)
    again = place.call("run", place.source, *AS_OF)
    if again.returncode != 0:
        wrong = wrong or f"with room again: {again.stderr[-400:]}"
    wrong = wrong or wanted.differs_from(state_of(place))
    place.stop()
    # A disk that was large enough proves nothing.
    return Try(name=name, wrong=wrong, landed="full" if done.returncode else IDLE)


def violations_with_room(place: School, small: Path) -> str:
    """Give the disk room, then look at what the failed run left; empty where all is well."""
    size = f"remount,size={ROOMY_MB}m"
    subprocess.run(["mount", "-o", size, str(small)], check=True)
    left = [path for path in (place.home / "spool").rglob("*.parquet") if path.is_file()]
    return f"half-written files are left: {left[0].name}" if left else find_violations(place)


def taken(folder: Path) -> int:
    """Bytes that a folder takes on a disk."""
    return sum(path.lstat().st_blocks * 512 for path in folder.rglob("*"))


def _limited(setting: Setting, data: Path, wanted: State) -> Iterator[Try]:
    """Where no disk may be mounted: no file may grow beyond a size."""
    for number, size in enumerate((0.1, 1, 4, 8)[: setting.many(4, 1)]):
        with school(setting.folder / f"limit-{number}", data, forks=True) as place:
            limit = ("proofs.rig.limiter", "bytes", str(int(size * MB)))
            done = place.call("run", place.source, *AS_OF, through=limit)
            wrong = describe_bad_message(done.returncode, done.stderr)
            again = place.call("run", place.source, *AS_OF)
            if again.returncode != 0:
                wrong = wrong or f"with room again: {again.stderr[-400:]}"
            wrong = wrong or wanted.differs_from(state_of(place))
            landed = "full" if done.returncode else IDLE
            yield Try(name=f"no file above {size} MB", wrong=wrong, landed=landed)
