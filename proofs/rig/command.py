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

from gradeline.warehouse import EmbeddedServer, open_warehouse, stop_embedded
from gradeline.warehouse.schema.views import ensure_views
from proofs.rig.forks import CommandSpec, ForkedProcess

ROOT = Path(__file__).resolve().parents[2]
#: A command that says nothing for so long hangs; far above what the largest proof needs.
LIMIT_S = 300
#: How long a child may take to notice that its parent is gone.
GRACE_S = 10


class RunningCommand:
    """A command under way, in a session of its own, its words kept in files.

    Not in pipes: a child that outlives the command would hold them open.
    """

    def __init__(
        self,
        module: str,
        arguments: Sequence[str],
        env: Mapping[str, str],
        folder: Path,
        *,
        forks: bool,
        under: Sequence[str] = (),
    ) -> None:
        self._arguments = [module, *arguments]
        self._out = _file()
        self._err = _file()
        self._process: ForkedProcess | subprocess.Popen[bytes]
        if forks:
            out, err = Path(self._out.name), Path(self._err.name)
            told = CommandSpec(
                module=module, arguments=arguments, env=env, folder=folder, out=out, err=err
            )
            self._process = ForkedProcess(told)
            return
        self._process = subprocess.Popen(
            [*under, sys.executable, "-m", module, *arguments],
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

    def terminate(self) -> None:
        """SIGTERM to the command alone, as a service manager stops it."""
        os.kill(self._process.pid, signal.SIGTERM)

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

    def find_survivors(self) -> str:
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


def _file() -> IO[str]:
    return tempfile.NamedTemporaryFile("w+", encoding="utf-8")


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
    forks: bool = False  #: whether calls are forks of a process that has imported everything
    under: Sequence[str] = ()  #: what starts the command, where it is no fork

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

    def start(self, *arguments: str, through: Sequence[str] = ("gradeline",)) -> RunningCommand:
        """The command, started; `through` is the module that runs it, and what that is told."""
        module, *told = through
        env, folder = self.environment(), self.home.parent
        arguments = (*told, *arguments)
        return RunningCommand(module, arguments, env, folder, forks=self.forks, under=self.under)

    def call(
        self, *arguments: str, through: Sequence[str] = ("gradeline",)
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


def make_home(folder: Path) -> Path:
    """A home with a migrated database, its server stopped: copying it is quicker than making it."""
    home = folder / "home"
    folder.mkdir()
    with open_warehouse(EmbeddedServer(home=home), say=lambda _: None) as database:
        ensure_views(database)
    stop_embedded(home)
    return home


@contextmanager
def school(
    folder: Path, data: Path, *, like: Path | None = None, forks: bool = False, **settings: str
) -> Iterator[School]:
    """A school in `folder`, its home empty or a copy; its server is stopped, its home removed."""
    folder.mkdir(parents=True)
    place = School(home=folder / "home", data=data, env=settings, forks=forks)
    if like is not None:
        # With owners: as root the data belong to another user.
        subprocess.run(["cp", "-a", str(like), str(place.home)], check=True)
    try:
        yield place
    finally:
        place.stop()
        shutil.rmtree(folder, ignore_errors=True)
