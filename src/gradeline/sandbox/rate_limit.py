"""Limits as the systems keep them."""

from __future__ import annotations

from collections import deque


class SlidingWindow:
    """At most `count` requests pass in any `period_s` seconds; refused ones do not count."""

    def __init__(self, count: int, period_s: float) -> None:
        self._count = count
        self._period_s = period_s
        self._let_in: deque[float] = deque()

    def admits(self, at: float) -> bool:
        """Whether the request that arrives at `at` (monotonic seconds) may pass."""
        while self._let_in and at - self._let_in[0] >= self._period_s:
            self._let_in.popleft()
        if len(self._let_in) >= self._count:
            return False
        self._let_in.append(at)
        return True
