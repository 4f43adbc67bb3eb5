"""Commands in processes of their own, forked from one that has imported all they need.

Starting Python and importing takes as long as a run over a small school, and a kill before that
is over hits nothing. What is forked is the command in everything else: a process and a session
of its own, with its own environment, folder and words.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import runpy
import subprocess
import sys
import time
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

#: What the process has imported that others are forked from.
_IMPORTED = ["__main__", "proofs", "gradeline.entrypoints.cli", "proofs.rig.preloaded"]


@dataclass(frozen=True, kw_only=True)
class CommandSpec:
    """All that a forked command is told."""

    module: str  #: run as `python -m`
    arguments: Sequence[str]
    env: Mapping[str, str]
    folder: Path
    out: Path
    err: Path


class ForkedProcess:
    """A forked command under way, to be asked as a `subprocess.Popen` is."""

    def __init__(self, words: CommandSpec) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_IMPORTED)
        self._words = words
        self._process = context.Process(target=_become, args=(words,))
        self._process.start()
        self.pid = self._process.pid or 0

    def poll(self) -> int | None:
        """Its exit code, below zero where a signal ended it; null while it runs."""
        return self._process.exitcode

    def kill(self) -> None:
        """SIGKILL, to it alone."""
        self._process.kill()

    def wait(self, timeout: float) -> int:
        """Its exit code once it has ended.

        Raises:
            subprocess.TimeoutExpired: it has not.
        """
        self._process.join(timeout)
        code = self.poll()
        if code is None:
            raise subprocess.TimeoutExpired([self._words.module, *self._words.arguments], timeout)
        return code


def _become(words: CommandSpec) -> None:
    os.setsid()
    for number, path in ((1, words.out), (2, words.err)):
        file = os.open(path, os.O_WRONLY | os.O_APPEND)
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(words.env)
    time.tzset()
    os.chdir(words.folder)
    warnings.simplefilter("error")
    sys.argv = [words.module, *words.arguments]
    try:
        runpy.run_module(words.module, run_name="__main__", alter_sys=True)
    finally:
        # Python up to 3.12 ends a process of multiprocessing without what was registered for it.
        atexit._run_exitfuncs()
