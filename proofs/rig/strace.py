"""System calls of the command: which ones it makes on its files, and what it does when one fails.

`strace` makes a call fail without making it: the product has no hook for this. It counts the
calls of each thread by itself, so a fault may hit several threads, each at its n-th call.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from proofs.rig.command import School
from proofs.rig.state import UNFINISHED

#: What is looked at; one of them is made to fail.
_LOOKED_AT = (
    *("openat", "mkdir", "write", "pwrite64", "ftruncate", "fsync", "fdatasync", "close"),
    *("rename", "renameat", "renameat2", "link", "linkat"),
)
_BEGINS = re.compile(r"(?P<thread>\d+) +(?P<call>\w+)\((?P<told>.*)")
_ENDS = re.compile(r"(?P<thread>\d+) +<\.\.\. (?P<call>\w+) resumed>(?P<told>.*)")
_PATH = re.compile(r'[<"](?P<path>/[^<>"]*)[>"]')


@dataclass(frozen=True, kw_only=True)
class Call:
    """One system call, as it was traced."""

    name: str
    paths: tuple[str, ...]  #: of files that it names
    number: int  #: the first of its thread is 1
    writes: bool  #: it makes, opens for writing or changes a file
    failed_by_us: bool

    def under(self, home: Path) -> str:
        """Where in the home, by its first two folders; empty where it is about something else."""
        within = [
            Path(path).relative_to(home) for path in self.paths if path.startswith(f"{home}/")
        ]
        if not within:
            return ""
        first, *more = within[0].parts
        return f"{first}/{more[0]}" if first == "lake" and more else first


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One call that fails."""

    call: str
    error: str  #: as the system names it, e.g. EIO
    number: int  #: of the thread's calls
    stays: bool = False  #: all later ones fail as well

    def __str__(self) -> str:
        """For people: `EIO of fsync 3`."""
        return f"{self.error} of {self.call} {self.number}{' and on' if self.stays else ''}"


@dataclass(frozen=True)
class Trace:
    """The calls of a run, in the order in which they began."""

    log: Path

    @cached_property
    def calls(self) -> list[Call]:
        """All of them."""
        counted: Counter[tuple[str, str]] = Counter()
        return list(_calls(self.log.read_text(errors="replace").splitlines(), counted))

    def believed(self) -> str:
        """A new file that was named or synced again after it could not be synced; empty = none.

        Folders are left out: others put names into them too, and sync those.
        """
        lost: set[str] = set()
        for call in self.calls:
            again = call.name in ("fsync", "fdatasync") and set(call.paths) & lost
            named = call.name.startswith(("link", "rename")) and set(call.paths[:1]) & lost
            if again or named:
                return f"{call.name} of {call.paths[0]} after it could not be synced"
            if call.failed_by_us and call.name in ("fsync", "fdatasync"):
                lost.update(path for path in call.paths if UNFINISHED in path)
        return ""


def may_trace(folder: Path) -> bool:
    """Whether strace is there and may make a call fail."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(
        ["strace", "-f", "--seccomp-bpf", "-qq", "-o", str(folder / "tried"), "true"],
        capture_output=True,
        check=False,
    )
    return tried.returncode == 0


def traced(place: School, log: Path, fault: Fault | None = None) -> School:
    """The school, its commands run under strace, which writes their calls into a file."""
    under = ["strace", "-f", "--seccomp-bpf", "-qq", "-y", "-s", "0", "-o", str(log)]
    under += ["-e", f"trace={','.join(_LOOKED_AT)}"]
    if fault is not None:
        when = f"{fault.number}{'+' if fault.stays else ''}"
        under += ["-e", f"inject={fault.call}:error={fault.error}:when={when}"]
    # So that the n-th call is the same one in each run.
    same = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    return replace(place, under=tuple(under), env={**place.env, **same}, forks=False)


def _calls(lines: Sequence[str], counted: Counter[tuple[str, str]]) -> Iterator[Call]:
    ends = _endings(lines)
    for number, line in enumerate(lines):
        begun = _BEGINS.match(line)
        if begun is None:
            continue
        counted[begun["thread"], begun["call"]] += 1
        told = begun["told"] + ends.get(number, "")
        yield Call(
            name=begun["call"],
            paths=tuple(found["path"] for found in _PATH.finditer(begun["told"])),
            number=counted[begun["thread"], begun["call"]],
            writes=not begun["call"].startswith("open")
            or any(flag in told for flag in ("O_WRONLY", "O_RDWR", "O_CREAT")),
            failed_by_us="(INJECTED)" in told,
        )


def _endings(lines: Sequence[str]) -> dict[int, str]:
    """How calls ended that were interrupted by others, by the number of their first line."""
    begun: dict[tuple[str, str], int] = {}
    ends: dict[int, str] = {}
    for number, line in enumerate(lines):
        if line.endswith("<unfinished ...>") and (first := _BEGINS.match(line)):
            begun[first["thread"], first["call"]] = number
        elif last := _ENDS.match(line):
            ends[begun.pop((last["thread"], last["call"]), -1)] = last["told"]
    return ends
