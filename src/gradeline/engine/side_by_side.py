"""Work of a session done side by side: each piece begins once what it reads is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from queue import SimpleQueue
from threading import Lock
from typing import Any, TypeVar

import duckdb

#: Seconds that what is done is given to end, before it is stopped again.
_PATIENCE_S = 0.02

_Found = TypeVar("_Found")
Deed = Callable[[duckdb.DuckDBPyConnection], _Found]


class SideBySide:
    """Pieces of work, one on each cursor at a time, in the order in which they can begin."""

    def __init__(self, cursors: Sequence[duckdb.DuckDBPyConnection]) -> None:
        self._pool = ThreadPoolExecutor(len(cursors), thread_name_prefix="engine")
        self._cursors = cursors
        self._free: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()
        for cursor in cursors:
            self._free.put(cursor)
        self._tables: dict[str, Future[None]] = {}
        self._begun: list[Future[Any]] = []
        self._open, self._lock = True, Lock()

    def make(self, name: str, reads: Iterable[str], deed: Deed[None]) -> None:
        """Let the deed make the table of that name; who reads it from now on waits for it."""
        self._tables[name] = self.start(reads, deed)

    def start(self, reads: Iterable[str], deed: Deed[_Found]) -> Future[_Found]:
        """Do the deed once all tables that it reads are there; without one of them it fails."""
        waiting = self._made(reads)
        answer: Future[_Found] = Future()

        def begin(_: object = None) -> None:
            for table in waiting:
                if not table.done():
                    table.add_done_callback(begin)
                    return
            self._submit(waiting, deed, answer)

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

    def _submit(
        self, read: Iterable[Future[None]], deed: Deed[_Found], answer: Future[_Found]
    ) -> None:
        with self._lock:
            if not self._open:
                answer.cancel()
                return
            done = self._pool.submit(self._do, read, deed)
            self._begun = [*(each for each in self._begun if not each.done()), done]
        # Outside the lock: it may be done already, and then what waited for it is submitted here.
        done.add_done_callback(lambda done: _pass_on(done, answer))

    def _do(self, read: Iterable[Future[None]], deed: Deed[_Found]) -> _Found:
        for table in read:
            table.result()
        cursor = self._free.get()
        try:
            return deed(cursor)
        finally:
            self._free.put(cursor)


def _pass_on(done: Future[_Found], answer: Future[_Found]) -> None:
    """Let the answer be what was found, or the error met."""
    if done.cancelled():
        answer.cancel()
    elif (error := done.exception()) is not None:
        answer.set_exception(error)
    else:
        answer.set_result(done.result())
