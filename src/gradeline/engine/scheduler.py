"""Run a session's queries in parallel, each when the tables that it reads are there."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from heapq import heappop, heappush
from itertools import count
from queue import SimpleQueue
from threading import Lock, Semaphore
from typing import Any, TypeVar

import duckdb

from gradeline.base.errors import OutOfMemory

_log = logging.getLogger(__name__)

#: Seconds between two attempts to interrupt running queries.
_INTERRUPT_S = 0.02

_Result = TypeVar("_Result")
Task = Callable[[duckdb.DuckDBPyConnection], _Result]


class QueryScheduler:
    """Runs tasks, one on each cursor at a time; of those that are ready, the oldest first."""

    def __init__(self, cursors: Sequence[duckdb.DuckDBPyConnection]) -> None:
        self._pool = ThreadPoolExecutor(len(cursors), thread_name_prefix="engine")
        self._cursors = cursors
        self._free: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()
        for cursor in cursors:
            self._free.put(cursor)
        self._tables: dict[str, Future[None]] = {}
        self._begun: list[Future[Any]] = []
        self._ready: list[tuple[bool, int, Callable[[], None]]] = []
        self._numbers = count()
        self._open, self._lock = True, Lock()
        self._running, self._alone = Semaphore(len(cursors)), Lock()

    def make(
        self, name: str, reads: Iterable[str], task: Task[None], *, first: bool = False
    ) -> None:
        """Start the task that creates a table; readers of the table wait for it from now on."""
        self._tables[name] = self.start(reads, task, first=first)

    def start(
        self, reads: Iterable[str], task: Task[_Result], *, first: bool = False
    ) -> Future[_Result]:
        """Start a task when all tables that it reads are there; it fails if one of them failed.

        Args:
            reads: names of tables; those that no task creates are ignored.
            task: called with a cursor.
            first: before all other tasks that are ready by then.
        """
        waiting = self._made(reads)
        future: Future[_Result] = Future()
        place = (not first, next(self._numbers), partial(self._run, waiting, task, future))

        def begin(_: object = None) -> None:
            for table in waiting:
                if not table.done():
                    table.add_done_callback(begin)
                    return
            if not self._submit(place):
                future.cancel()

        begin()
        return future

    def wait(self, reads: Iterable[str]) -> None:
        """Wait until these tables are there; raise the error of one that failed."""
        for table in self._made(reads):
            table.result()

    def close(self) -> None:
        """Interrupt running tasks and cancel waiting ones."""
        with self._lock:
            self._open = False
        self._pool.shutdown(wait=False, cancel_futures=True)
        # Repeated, because a query that is about to begin misses the interrupt.
        while wait(self._begun, timeout=_INTERRUPT_S).not_done:
            for cursor in self._cursors:
                cursor.interrupt()
        self._pool.shutdown()
        for cursor in self._cursors:
            cursor.close()

    def _made(self, reads: Iterable[str]) -> list[Future[None]]:
        return [self._tables[name] for name in sorted(reads) if name in self._tables]

    def _submit(self, place: tuple[bool, int, Callable[[], None]]) -> bool:
        """Queue a ready task; False when the session is closing."""
        with self._lock:
            if self._open:
                heappush(self._ready, place)
                begun = self._pool.submit(self._next)
                self._begun = [*(run for run in self._begun if not run.done()), begun]
            return self._open

    def _next(self) -> None:
        with self._lock:
            *_, run = heappop(self._ready)
        run()

    def _run(
        self, read: Iterable[Future[None]], task: Task[_Result], future: Future[_Result]
    ) -> None:
        cursor = self._free.get()
        try:
            for table in read:
                table.result()
            future.set_result(self._result_of(task, cursor))
        except Exception as error:  # noqa: BLE001 - whoever reads the future raises it
            future.set_exception(error)
        finally:
            self._free.put(cursor)

    def _result_of(self, task: Task[_Result], cursor: duckdb.DuckDBPyConnection) -> _Result:
        """Run a task beside others; where memory is not enough, again alone and in one thread.

        Two queries share the memory, and each thread of a query needs some of its own.
        """
        try:
            with self._running:
                return task(cursor)
        except OutOfMemory as error:
            _log.info("a query runs again alone: %s", error)
        with self._only_one(), _one_thread(cursor):
            return task(cursor)

    @contextmanager
    def _only_one(self) -> Iterator[None]:
        """Wait until no other task runs, and let none begin in the block."""
        with self._alone:
            for _ in self._cursors:
                self._running.acquire()
            try:
                yield
            finally:
                self._running.release(len(self._cursors))


@contextmanager
def _one_thread(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Let DuckDB have one thread in the block."""
    before = cursor.sql("SELECT current_setting('threads')").fetchall()[0][0]
    cursor.execute("SET threads = 1")
    try:
        yield
    finally:
        cursor.execute(f"SET threads = {before}")
