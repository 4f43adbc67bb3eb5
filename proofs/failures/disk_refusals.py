"""A8: too few files may be open, or a disk takes no writes, from the start or all at once."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gradeline.warehouse import Database
from proofs.failures.disk_syscalls import told_of, unlike
from proofs.ingest.crash_run import RUN
from proofs.promise import IDLE, Setting, Try
from proofs.rig.command import School
from proofs.rig.in_process import HomeServer
from proofs.rig.kills import Record, at_points, command, run_halted, run_undisturbed
from proofs.rig.mounts import may_mount, mounted
from proofs.rig.shared_server import oulad
from proofs.rig.state import State

#: Files that may be open beside those that are open as the command begins.
FILES = tuple(range(16))
#: Disks of their own, in a home, that turn read-only; the whole home has its log open always.
PARTS = ("lake", "spool", "processed", "reports")
_ROOM = 256e6  # bytes, more than a run takes


def few_files(there: HomeServer, setting: Setting, data: Path, wanted: State) -> Iterator[Try]:
    """Let few files be open; run again without that; compare."""
    for many in (12,) if setting.small else FILES:
        with oulad(there, data) as (place, database):
            done = place.call(*RUN, through=("proofs.rig.limiter", "files", str(many)))
            landed = "few files" if done.returncode else IDLE
            wrong = told_of("EMFILE", done) or unlike(place, database, done, wanted)
            yield Try(name=f"{many} files may be open", wrong=wrong, landed=landed)


def read_only(there: HomeServer, setting: Setting, data: Path, wanted: State) -> Iterator[Try]:
    """Let a disk turn read-only before the run, or while it works; make it writable; compare."""
    if not may_mount(setting.folder / "may-mount"):
        yield Try(name="no disk may be mounted here, so none turned read-only")
        return
    for part in ("", *PARTS):
        with oulad(there, data) as (place, database), mounted(place.home / part, _ROOM):
            with _turned(place.home / part, []):
                done = place.call(*RUN)
            wrong = told_of("EROFS", done) or unlike(place, database, done, wanted)
            landed = "read-only" if done.returncode else IDLE
            yield Try(name=f"{part or 'home'} read-only from the start", wrong=wrong, landed=landed)
    with oulad(there, data) as (place, _):
        record = Record(setting.folder / "points")
        run_undisturbed(place, record, command(*RUN))
    points = list(at_points(record.labels(), setting.many(16, 1), setting.luck))
    for number, halt in enumerate(points):
        part = PARTS[number % len(PARTS)]
        with oulad(there, data) as (place, database), mounted(place.home / part, _ROOM):
            yield _in_the_middle(place, database, part, halt.at, wanted)


def _in_the_middle(place: School, database: Database, part: str, at: str, wanted: State) -> Try:
    turned: list[Path] = []
    own = Record(place.home.parent / "record")
    deed = _turned(place.home / part, turned)
    _, done = run_halted(place, own, command(*RUN), at, deed)
    wrong = told_of("EROFS", done) or unlike(place, database, done, wanted)
    # Without a write to that part afterwards, or while a file was open for writing, nothing was
    # proved.
    landed = f"read-only {part}" if turned and done.returncode else IDLE
    return Try(name=f"{part} read-only {at}", wrong=wrong, landed=landed)


@contextmanager
def _turned(disk: Path, turned: list[Path]) -> Iterator[None]:
    """Inside, a disk takes no writes; the system refuses that while a file is open for writing."""
    turn = ["mount", "-o", "remount,ro", str(disk)]
    if not subprocess.run(turn, capture_output=True, check=False).returncode:
        turned.append(disk)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
