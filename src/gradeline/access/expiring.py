"""A cache of values that are known for a while; it never grows past a bound."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

#: Seconds of Unix time.
Clock = Callable[[], float]


class ExpiringCache(Generic[Key, Value]):
    """Keeps each value until an instant; threads may share it.

    Args:
        clock: tells the present instant.
        most: entries held at most; the oldest one makes room for a new one.
    """

    def __init__(self, clock: Clock, *, most: int = 4096) -> None:
        self._clock, self._most = clock, most
        self._entries: dict[Key, tuple[Value, float]] = {}
        self._lock = Lock()

    def get(self, key: Key) -> Value | None:
        """Return a value that is still known; None = it is not."""
        entry = self._entries.get(key)
        return None if entry is None or entry[1] <= self._clock() else entry[0]

    def put(self, key: Key, value: Value, *, until: float) -> None:
        """Keep a value until an instant."""
        with self._lock:
            self._entries.pop(key, None)
            if len(self._entries) >= self._most:
                del self._entries[next(iter(self._entries))]
            self._entries[key] = (value, until)

    def drop(self, key: Key) -> None:
        """Forget a value."""
        with self._lock:
            self._entries.pop(key, None)

    def clear(self) -> None:
        """Forget every value."""
        with self._lock:
            self._entries.clear()

    def __len__(self) -> int:
        """Return how many entries are held, those whose time is over included."""
        return len(self._entries)
