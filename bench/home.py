"""A home for a benchmark with the whole of OULAD in it, made by the real command."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.memory import Memory, family, server_of
from bench.publishers import PARQUET

SOURCE = "files:oulad"
DATASETS = f"oulad=builtin:oulad@{PARQUET}"


@dataclass(frozen=True, kw_only=True)
class RunResult:
    """One run of the command: how long it took, how much memory all of it held, what it said."""

    seconds: float
    memory: Memory
    out: str


@contextmanager
def bench_home() -> Iterator[Path]:
    """A home that is gone afterwards, its server stopped."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        Path(folder).chmod(0o755)
        home = Path(folder) / "home"
        try:
            yield home
        finally:
            _command(home, "stop").communicate()


def run(home: Path, *arguments: str) -> RunResult:
    """`gradeline run` over all of OULAD, our processes and PostgreSQL watched together.

    Raises:
        AssertionError: it did not exit 0.
    """
    began = time.perf_counter()
    process = _command(home, "run", SOURCE, *arguments)
    with Memory(_all_of(process.pid, home)) as memory:
        out, err = process.communicate()
    if process.returncode:
        raise AssertionError(f"exit {process.returncode}: {out}\n{err}")
    return RunResult(seconds=time.perf_counter() - began, memory=memory, out=out)


def settings_of(home: Path) -> dict[str, str]:
    """The settings that name the home and the publishers' files."""
    return {
        "GRADELINE_HOME": str(home),
        "FILES_DATASETS": DATASETS,
    }


def _all_of(pid: int, home: Path) -> Callable[[], list[int]]:
    return lambda: [*family(pid), *server_of(home)]


def _command(home: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "gradeline", *arguments],
        env={**os.environ, **settings_of(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
