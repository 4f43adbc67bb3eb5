"""The loop: chores that come again and again, until the process is told to stop."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from types import FrameType
from typing import BinaryIO


@dataclass(frozen=True, kw_only=True)
class Chore:
    """Something to do every so many seconds."""

    every_s: float
    do: Callable[[], bool]  #: True = there may be more to do at once


class Stop:
    """Whether the process was told to stop.

    SIGTERM stops it at once, but inside `finishing()` only after the block. Ctrl-C always stops
    it at once.
    """

    def __init__(self) -> None:
        self._told = Event()
        self._finishing = False

    @property
    def told(self) -> bool:
        """Whether it is time to end."""
        return self._told.is_set()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear SIGTERM inside the block."""
        before = signal.signal(signal.SIGTERM, self._hear)
        try:
            yield
        finally:
            signal.signal(signal.SIGTERM, before)

    @contextmanager
    def finishing(self) -> Iterator[None]:
        """Let the block end before a SIGTERM ends the process."""
        self._finishing = True
        try:
            yield
        finally:
            self._finishing = False

    def when_closed(self, stream: BinaryIO) -> None:
        """Take the end of a stream for a SIGTERM: whoever held its other end is gone."""

        def watch() -> None:
            stream.read()
            os.kill(os.getpid(), signal.SIGTERM)

        Thread(target=watch, name="parent", daemon=True).start()

    def wait(self, seconds: float) -> None:
        """Wait so long, or until it is time to end."""
        self._told.wait(seconds)

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self._told.set()
        if not self._finishing:
            signal.default_int_handler(number, frame)


def do_chores(
    chores: Sequence[Chore], stop: Stop, clock: Callable[[], float] = time.monotonic
) -> None:
    """Do each chore whenever it is due, one after the other, until it is time to end.

    Args:
        chores: the more urgent first.
        stop: ends the loop between two chores.
        clock: seconds, from any instant on.

    Raises:
        KeyboardInterrupt: the process was told to stop at once.
    """
    due_at = [clock()] * len(chores)
    while True:
        for number, chore in enumerate(chores):
            if stop.told:
                return
            if due_at[number] <= clock():
                more = chore.do()
                due_at[number] = clock() + (0 if more else chore.every_s)
        stop.wait(max(0.0, min(due_at) - clock()))
