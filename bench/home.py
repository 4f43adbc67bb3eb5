"""A home for a benchmark with the whole of OULAD in it, made by the real command."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
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


def run(
    home: Path, *arguments: str, source: str = SOURCE, settings: Mapping[str, str] | None = None
) -> RunResult:
    """`gradeline run` over all of OULAD, our processes and PostgreSQL watched together.

    Args:
        home: where it runs.
        arguments: options of the command.
        source: which is named; empty = none is, so that everything due is delivered.
        settings: more of them, such as where to deliver.

    Raises:
        AssertionError: it did not exit 0.
    """
    began = time.perf_counter()
    process = _command(home, "run", *filter(None, [source]), *arguments, settings=settings)
    with Memory(_all_of(process.pid, home)) as memory:
        out, err = process.communicate()
    if process.returncode:
        raise AssertionError(f"exit {process.returncode}: {out}\n{err}")
    return RunResult(seconds=time.perf_counter() - began, memory=memory, out=out)


def call(home: Path, settings: Mapping[str, str], *arguments: str) -> None:
    """Any command of a home.

    Raises:
        AssertionError: it did not exit 0.
    """
    process = _command(home, *arguments, settings=settings)
    out, err = process.communicate()
    if process.returncode:
        raise AssertionError(f"exit {process.returncode}: {out}\n{err}")


def settings_of(home: Path) -> dict[str, str]:
    """The settings that name the home and the publishers' files."""
    return {
        "GRADELINE_HOME": str(home),
        "FILES_DATASETS": DATASETS,
    }


def _all_of(pid: int, home: Path) -> Callable[[], list[int]]:
    return lambda: [*family(pid), *server_of(home)]


def _command(
    home: Path, *arguments: str, settings: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "gradeline", *arguments],
        env={**os.environ, **settings_of(home), **(settings or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
