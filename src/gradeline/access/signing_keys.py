"""The keys that sign links: one signs, and those before it verify what they signed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock

from gradeline.access.expiring import Clock
from gradeline.records.signing_keys import SigningKey

#: Seconds after which it is seen that another host has a new key.
_FRESH_S = 60.0


class SigningKeys:
    """The keys of a school's installation, as all of its hosts share them.

    Args:
        read: returns every key; one of them at least signs.
        clock: seconds of Unix time.
    """

    def __init__(self, read: Callable[[], Sequence[SigningKey]], clock: Clock) -> None:
        self._read, self._clock = read, clock
        self._keys: Sequence[SigningKey] = ()
        self._read_at = float("-inf")
        self._lock = Lock()

    @property
    def clock(self) -> Clock:
        """What tells whether a link has ended."""
        return self._clock

    def current(self) -> SigningKey:
        """Return the key that signs."""
        return next(key for key in self._fresh() if key.retired_at is None)

    def find(self, key_id: str) -> SigningKey | None:
        """Return the key with that id, whether it still signs or not; None = there is none."""
        return next((key for key in self._fresh() if key.key_id == key_id), None)

    def _fresh(self) -> Sequence[SigningKey]:
        if self._clock() - self._read_at >= _FRESH_S:
            with self._lock:
                if self._clock() - self._read_at >= _FRESH_S:
                    self._keys = self._read()
                    self._read_at = self._clock()
        return self._keys
