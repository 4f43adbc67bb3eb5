"""A worker in a process of its own, which lives as long as the process that started it."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

_log = logging.getLogger(__name__)

#: Seconds before a worker that ended by itself is started again; twice as long each time.
_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 60.0
#: Seconds that a worker gets to end its job.
_GRACE_S = 60.0


@contextmanager
def working_beside(home: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Run `gradeline worker` beside this process during the block; start it again if it ends.

    It is told to stop at the end of the block, and sees by its closed input if this process dies.
    """
    ended = Event()
    thread = Thread(target=_supervise, args=(home, say, ended), name="worker")
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _supervise(home: Path, say: Callable[[str], None], ended: Event) -> None:
    wait_s = _FIRST_WAIT_S
    while not ended.is_set():
        code = _run_until(home, ended)
        if ended.is_set():
            return
        say(f"The worker ended with code {code}; it starts again in {wait_s:g} seconds.")
        _log.error("the worker ended with code %d", code)
        ended.wait(wait_s)
        wait_s = min(2 * wait_s, _LONGEST_WAIT_S)


def _run_until(home: Path, ended: Event) -> int:
    """Run a worker until it ends, or is told to; return its exit code."""
    # -P: no file of the working folder is imported in place of ours.
    command = [sys.executable, "-P", "-m", "gradeline", "worker", "--with-parent"]
    command += ["--home", str(home)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as worker:
        while worker.poll() is None and not ended.wait(0.5):
            pass
        if worker.poll() is None:
            worker.terminate()
        try:
            return worker.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            worker.kill()
            return worker.wait()
