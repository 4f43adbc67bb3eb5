"""How many of something are under way at once."""

from __future__ import annotations

from threading import Lock

from gradeline.base.errors import ServerBusy


class Slots:
    """Lets a number of things begin; the others are told to come later.

    Args:
        most: how many may be under way at once.
        what: what they are, in the plural, for people.
    """

    def __init__(self, most: int, what: str) -> None:
        self._most = most
        self._what = what
        self._lock = Lock()
        self.free = most  #: how many more may begin

    def take(self) -> None:
        """Take one, which `release` gives back.

        Raises:
            ServerBusy: all are taken.
        """
        with self._lock:
            if self.free == 0:
                raise ServerBusy(
                    f"{self._most} {self._what} are under way, and no more are made at once.",
                    hint="Ask again when one of them has ended.",
                )
            self.free -= 1

    def release(self) -> None:
        """Give one back."""
        with self._lock:
            self.free += 1
