"""A system's rate limit, kept by all threads and processes that share a folder.

A limit of 30 requests in 10 seconds is 30 slots, each a file that one request at a time holds
locked. A slot is free again 10 seconds after its last request *ended*: that request arrived
before it ended, so however long requests travel, no 10 seconds of the system's own clock see 31.
When a process dies, the OS releases its locks and its slots stay marked as taken; they are free
10 seconds after another request finds them.
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

#: How often slots that others hold are checked again, in seconds.
_LOOK_AGAIN_S = 0.05
_TAKEN = "taken"


class RateLimiter:
    """Lets at most `requests` begin in any `per_s` seconds."""

    def __init__(self, folder: Path, url: str, *, requests: int, per_s: float) -> None:
        host = re.sub(r"[^A-Za-z0-9.-]+", "-", url.partition("://")[2])[:60].strip("-")
        self._folder = folder / f"{host}-{sha256(url.encode()).hexdigest()[:8]}"
        self._requests = requests
        self._per_s = per_s
        self._first = 0
        self._counting = Lock()

    @contextmanager
    def slot(self, until: float, sleep: Callable[[float], None]) -> Iterator[bool]:
        """Hold one slot of the limit inside the block, in which one request may be sent.

        Args:
            until: monotonic seconds at which waiting for a free slot ends.
            sleep: waits so many seconds.

        Yields:
            Whether a slot was free in time.
        """
        while True:
            slot = self._take_slot()
            if isinstance(slot, _Slot):
                try:
                    yield True
                finally:
                    slot.end()
                return
            if time.monotonic() + slot > until:
                yield False
                return
            sleep(slot)

    def _take_slot(self) -> _Slot | float:
        """Take a slot, or return how many seconds to wait before the next check."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._counting:
            self._first = (self._first + 1) % self._requests
            first = self._first
        wait = self._per_s
        for number in range(self._requests):
            slot = _Slot(self._folder / str((first + number) % self._requests), self._per_s)
            left = slot.take()
            if left == 0:
                return slot
            wait = min(wait, left)
        return wait


class _Slot:
    """One slot of the limit: a file with the instant from which it is free."""

    def __init__(self, path: Path, per_s: float) -> None:
        self._path = path
        self._per_s = per_s
        # A lock object of its own for each request excludes threads as well as processes.
        self._lock = FileLock(f"{path}.lock", blocking=False)

    def take(self) -> float:
        """Take the slot until `end` and return 0, or return the seconds until it may be free."""
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
        """Release the slot: its request ended now."""
        try:
            self._path.write_text(repr(time.monotonic() + self._per_s), encoding="ascii")
        finally:
            self._lock.release()

    def _left(self) -> float:
        """Return the seconds until the slot is free, its last holder being dead or done."""
        if not self._path.exists():
            return 0
        text = self._path.read_text(encoding="ascii")
        instant = time.monotonic()
        free_at = float(text) if re.fullmatch(r"[0-9.]+(e[+-]?\d+)?", text) else None
        # The clock restarts with the machine: then the instant may lie far ahead.
        if free_at is None or free_at > instant + self._per_s:
            free_at = instant + self._per_s
            self._path.write_text(repr(free_at), encoding="ascii")
        return max(0.0, free_at - instant)
