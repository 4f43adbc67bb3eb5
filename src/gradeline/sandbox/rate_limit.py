"""Rate limits as the systems have them."""

from __future__ import annotations

from collections import deque


class SlidingWindow:
    """At most `count` requests pass in any `period_s` seconds; refused ones do not count."""

    def __init__(self, count: int, period_s: float) -> None:
        self._count = count
        self._period_s = period_s
        self._admitted: deque[float] = deque()

    def admits(self, at: float) -> bool:
        """Return whether the request that arrives at `at` (monotonic seconds) may pass."""
        while self._admitted and at - self._admitted[0] >= self._period_s:
            self._admitted.popleft()
        if len(self._admitted) >= self._count:
            return False
        self._admitted.append(at)
        return True
