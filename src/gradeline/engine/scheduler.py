"""Work of a session done side by side: each piece begins once what it reads is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from heapq import heappop, heappush
from itertools import count
from queue import SimpleQueue
from threading import Lock
from typing import Any, TypeVar

import duckdb

#: Seconds that what is done is given to end, before it is stopped again.
_PATIENCE_S = 0.02

_Found = TypeVar("_Found")
Task = Callable[[duckdb.DuckDBPyConnection], _Found]


class QueryScheduler:
    """Pieces of work, one on each cursor at a time: of those that can begin, the eldest first."""

    def __init__(self, cursors: Sequence[duckdb.DuckDBPyConnection]) -> None:
        self._pool = ThreadPoolExecutor(len(cursors), thread_name_prefix="engine")
        self._cursors = cursors
        self._free: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()
        for cursor in cursors:
            self._free.put(cursor)
        self._tables: dict[str, Future[None]] = {}
        self._begun: list[Future[Any]] = []
        self._ready: list[tuple[bool, int, Callable[[], None]]] = []
        self._pieces = count()
        self._open, self._lock = True, Lock()

    def make(self, name: str, reads: Iterable[str], task: Task[None]) -> None:
        """Let the deed make the table of that name; who reads it from now on waits for it."""
        self._tables[name] = self.start(reads, task)

    def start(
        self, reads: Iterable[str], task: Task[_Found], *, first: bool = False
    ) -> Future[_Found]:
        """Do the deed once all tables that it reads are there; without one of them it fails.

        Args:
            reads: names of tables, of whatever else too.
            task: what to do with a cursor.
            first: before all others that can begin by then.
        """
        waiting = self._made(reads)
        answer: Future[_Found] = Future()
        place = (not first, next(self._pieces), partial(self._do, waiting, task, answer))

        def begin(_: object = None) -> None:
            for table in waiting:
                if not table.done():
                    table.add_done_callback(begin)
                    return
            if not self._submit(place):
                answer.cancel()

        begin()
        return answer

    def wait(self, reads: Iterable[str]) -> None:
        """Return once these tables are there; raises what kept one of them from it."""
        for table in self._made(reads):
            table.result()

    def close(self) -> None:
        """Stop what is being done and forget what waits."""
        with self._lock:
            self._open = False
        self._pool.shutdown(wait=False, cancel_futures=True)
        # Again and again: a query that was about to begin does not hear the first time.
        while wait(self._begun, timeout=_PATIENCE_S).not_done:
            for cursor in self._cursors:
                cursor.interrupt()
        self._pool.shutdown()
        for cursor in self._cursors:
            cursor.close()

    def _made(self, reads: Iterable[str]) -> list[Future[None]]:
        return [self._tables[name] for name in sorted(reads) if name in self._tables]

    def _submit(self, place: tuple[bool, int, Callable[[], None]]) -> bool:
        """Let a piece be done when its turn comes; no where the session ends."""
        with self._lock:
            if self._open:
                heappush(self._ready, place)
                begun = self._pool.submit(self._next)
                self._begun = [*(each for each in self._begun if not each.done()), begun]
            return self._open

    def _next(self) -> None:
        with self._lock:
            *_, piece = heappop(self._ready)
        piece()

    def _do(self, read: Iterable[Future[None]], task: Task[_Found], answer: Future[_Found]) -> None:
        cursor = self._free.get()
        try:
            for table in read:
                table.result()
            answer.set_result(task(cursor))
        except Exception as error:  # noqa: BLE001 - whoever reads the answer raises it
            answer.set_exception(error)
        finally:
            self._free.put(cursor)
