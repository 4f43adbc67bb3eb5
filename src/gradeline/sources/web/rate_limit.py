"""A system's limit on requests, kept by all threads and processes that share a folder.

A limit of 30 requests in 10 seconds is 30 turns, each a file that one request at a time holds
locked. A turn is free again 10 seconds after its last request *ended*: that request arrived
before it ended, so however long requests travel, no 10 seconds of the system's own clock see 31.
A process that dies leaves its locks to the operating system and its turns marked as taken; they
are free 10 seconds after somebody finds them.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Lock

from filelock import FileLock, Timeout

#: How often turns are looked at that others hold right now, in seconds.
_LOOK_AGAIN_S = 0.05
_TAKEN = "taken"


class Turnstile:
    """Lets at most `requests` through in any `per_s` seconds."""

    def __init__(self, folder: Path, url: str, *, requests: int, per_s: float) -> None:
        host = re.sub(r"[^A-Za-z0-9.-]+", "-", url.partition("://")[2])[:60].strip("-")
        self._folder = folder / f"{host}-{sha256(url.encode()).hexdigest()[:8]}"
        self._requests = requests
        self._per_s = per_s
        self._first = 0
        self._counting = Lock()

    @contextmanager
    def turn(self, until: float, sleep: Callable[[float], None]) -> Iterator[bool]:
        """Inside, one request may be made; False where none is free before `until` (monotonic)."""
        while True:
            found = self._free()
            if isinstance(found, _Turn):
                try:
                    yield True
                finally:
                    found.end()
                return
            if time.monotonic() + found > until:
                yield False
                return
            sleep(found)

    def _free(self) -> _Turn | float:
        """A turn that is now taken, or how many seconds to wait before looking again."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._counting:
            self._first = (self._first + 1) % self._requests
            first = self._first
        wait = self._per_s
        for number in range(self._requests):
            turn = _Turn(self._folder / str((first + number) % self._requests), self._per_s)
            left = turn.take()
            if left == 0:
                return turn
            wait = min(wait, left)
        return wait


class _Turn:
    """One request of the limit: a file with the instant from which it may be made again."""

    def __init__(self, path: Path, per_s: float) -> None:
        self._path = path
        self._per_s = per_s
        # A lock object of its own for each request excludes threads as well as processes.
        self._lock = FileLock(f"{path}.lock", blocking=False)

    def take(self) -> float:
        """Seconds until it may be taken; 0 = it is taken now, until `end`."""
        try:
            self._lock.acquire()
        except Timeout:
            return _LOOK_AGAIN_S
        left = self._left()
        if left > 0:
            self._lock.release()
            return left
        self._path.write_text(_TAKEN, encoding="ascii")
        return 0

    def end(self) -> None:
        """The request ended."""
        try:
            self._path.write_text(repr(time.monotonic() + self._per_s), encoding="ascii")
        finally:
            self._lock.release()

    def _left(self) -> float:
        """Seconds until the turn is free, its last holder being dead or done."""
        if not self._path.exists():
            return 0
        text = self._path.read_text(encoding="ascii")
        instant = time.monotonic()
        free_at = float(text) if re.fullmatch(r"[0-9.]+(e[+-]?\d+)?", text) else None
        # The clock begins anew when the machine does: then the instant may lie far ahead.
        if free_at is None or free_at > instant + self._per_s:
            free_at = instant + self._per_s
            self._path.write_text(repr(free_at), encoding="ascii")
        return max(0.0, free_at - instant)
