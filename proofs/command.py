"""The real command in processes of its own, in a home of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psutil

ROOT = Path(__file__).resolve().parents[1]
#: A command that says nothing for so long hangs; far above what the largest proof needs.
LIMIT_S = 300
#: How long a child may take to notice that its parent is gone.
GRACE_S = 10


class Started:
    """A command under way, in a session of its own, its words kept in files.

    Not in pipes: a child that outlives the command would hold them open.
    """

    def __init__(self, arguments: Sequence[str], env: Mapping[str, str], folder: Path) -> None:
        self._arguments = arguments
        self._out: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - read later
        self._err: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - read later
        self._process = subprocess.Popen(
            arguments,
            env=dict(env),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=self._out,
            stderr=self._err,
            start_new_session=True,
        )

    @property
    def runs(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    def kill(self) -> None:
        """SIGKILL to the command alone; its children must notice by themselves."""
        self._process.kill()

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def ended(self, limit_s: float = LIMIT_S) -> subprocess.CompletedProcess[str]:
        """Wait for its end; what it said.

        Raises:
            subprocess.TimeoutExpired: it hangs; it and its children are ended.
        """
        try:
            code = self._process.wait(timeout=limit_s)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            raise
        said = [_whole(file) for file in (self._out, self._err)]
        return subprocess.CompletedProcess(self._arguments, code, *said)

    def outlived_by(self) -> str:
        """Children that are still there some time after the command; they are ended then."""
        end = time.monotonic() + GRACE_S
        while (left := self._children()) and time.monotonic() < end:
            time.sleep(0.1)
        names = [" ".join(child.cmdline())[-80:] for child in left if child.is_running()]
        if left:
            os.killpg(self._process.pid, signal.SIGKILL)
        return f"{len(names)} children outlive the command: {names[0]}" if names else ""

    def _children(self) -> list[psutil.Process]:
        return [
            child
            for child in psutil.process_iter(["pid"])
            if child.pid != self._process.pid and _session(child.pid) == self._process.pid
        ]


def _session(pid: int) -> int:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return 0


def _whole(file: IO[str]) -> str:
    with file:
        file.seek(0)
        return file.read()


@dataclass(frozen=True, kw_only=True)
class School:
    """A home and the data it reads; every call of the command is a new process."""

    home: Path
    data: Path
    mapping: str = "builtin:oulad"
    source: str = "files:school"
    env: Mapping[str, str] = field(default_factory=dict)  #: settings beside the usual ones

    def environment(self) -> dict[str, str]:
        """What the command sees: nothing of the caller's but where programs are."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), str(ROOT)))),
            "PYTHONWARNINGS": "error",
            "GRADELINE_HOME": str(self.home),
            "FILES_DATASETS": f"{self.source.partition(':')[2]}={self.mapping}@{self.data}",
            **self.env,
        }

    def start(self, *arguments: str, through: Sequence[str] = ("-m", "gradeline")) -> Started:
        """The command, started; `through` is how Python comes to it."""
        command = [sys.executable, *through, *arguments]
        return Started(command, self.environment(), self.home.parent)

    def call(
        self, *arguments: str, through: Sequence[str] = ("-m", "gradeline")
    ) -> subprocess.CompletedProcess[str]:
        """The command, run to its end, whatever the end is."""
        return self.start(*arguments, through=through).ended()

    def run(self, *arguments: str) -> str:
        """`gradeline run` of the school's source; what it printed.

        Raises:
            AssertionError: it did not exit 0.
        """
        done = self.call("run", self.source, *arguments)
        if done.returncode != 0:
            raise AssertionError(f"exit {done.returncode}: {done.stdout}\n{done.stderr}")
        return done.stdout

    def stop(self) -> None:
        """End the embedded server, if there is one."""
        if any(self.home.glob("db/**/postmaster.pid")):
            self.call("stop")


@contextmanager
def school(folder: Path, data: Path, **settings: str) -> Iterator[School]:
    """A school with an empty home in `folder`; its server is stopped and its home removed."""
    folder.mkdir(parents=True)
    place = School(home=folder / "home", data=data, env=settings)
    try:
        yield place
    finally:
        place.stop()
        shutil.rmtree(folder, ignore_errors=True)
