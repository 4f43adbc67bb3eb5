"""Samples how much memory a group of processes holds, shared pages counted once."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType


class Memory:
    """While open, samples the PSS of the processes; `peak` is the most they held together.

    PSS divides a shared page among those who map it, so that PostgreSQL's shared buffers
    count once, however many backends there are. Unit: bytes.
    """

    def __init__(self, processes: Callable[[], Iterable[int]], every: float = 0.05) -> None:
        self.peak = 0
        self.at_peak: dict[str, int] = {}
        self.samples = 0
        self._processes = processes
        self._every = every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        """Begin to sample."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take no more samples."""
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(self._every):
            self._sample()

    def _sample(self) -> None:
        held: dict[str, int] = {}
        for pid in set(self._processes()):
            name, size = proportional_set_size(pid)
            held[name] = held.get(name, 0) + size
        self.samples += 1
        if sum(held.values()) > self.peak:
            self.peak, self.at_peak = sum(held.values()), held

    def text(self) -> str:
        """The peak and what it was made of, in MB, for people."""
        parts = ", ".join(
            f"{name} {size / 1e6:.0f}"
            for name, size in sorted(self.at_peak.items(), key=lambda part: -part[1])
        )
        return f"peak {self.peak / 1e6:.0f} MB ({parts}; {self.samples} samples)"


def proportional_set_size(pid: int) -> tuple[str, int]:
    """The name and PSS in bytes of a process; 0 where it has ended."""
    folder = Path("/proc") / str(pid)
    try:
        name = (folder / "comm").read_text().strip()
        rollup = (folder / "smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return "ended", 0
    line = next((line for line in rollup.splitlines() if line.startswith("Pss:")), "Pss: 0 kB")
    return name, int(line.split()[1]) * 1024


def family(pid: int) -> list[int]:
    """A process and all that descend from it; empty once it has ended."""
    found = [pid]
    for each in found:
        # Asked of each process itself: looking through all there are takes 10 ms a sample.
        for thread in _threads(each):
            try:
                found += map(int, (thread / "children").read_text().split())
            except (FileNotFoundError, ProcessLookupError):
                continue  # it has ended meanwhile
    return found if Path(f"/proc/{pid}").exists() else []


def _threads(pid: int) -> list[Path]:
    try:
        return list(Path(f"/proc/{pid}/task").iterdir())
    except (FileNotFoundError, ProcessLookupError):
        return []  # it has ended meanwhile


def server_of(home: Path) -> list[int]:
    """The embedded PostgreSQL of a home: its postmaster and all backends; empty when down."""
    pid_file = home / "db" / "postmaster.pid"
    found = sorted(home.glob("db/**/postmaster.pid")) if not pid_file.exists() else [pid_file]
    for path in found:
        try:
            first = path.read_text().splitlines()[:1]
        except FileNotFoundError:
            continue  # initdb starts servers of its own, which are gone at once
        if first and first[0].strip().isdigit():
            return family(int(first[0]))
    return []


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0))
