"""An event loop in a thread of its own, for servers that run beside their user."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

_T = TypeVar("_T")
_TIMEOUT_S = 30.0


class LoopThread:
    """Runs coroutines in the loop of another thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def run(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Run a coroutine to its end and return its result.

        Raises:
            TimeoutError: it is not done after 30 s.
        """
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_TIMEOUT_S)


@contextmanager
def running_loop(name: str) -> Iterator[LoopThread]:
    """Run an event loop in a thread called `name` until the block ends."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name=name, daemon=True)
    thread.start()
    runner = LoopThread(loop)
    try:
        yield runner
    finally:
        runner.run(loop.shutdown_default_executor())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
