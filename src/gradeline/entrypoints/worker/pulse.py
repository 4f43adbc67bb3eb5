"""The pulse of a worker: it shows the others that it lives, and takes over what the dead left."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from gradeline.base.errors import GradelineError
from gradeline.jobs.queue import Queue
from gradeline.warehouse import Connection, Database

_log = logging.getLogger(__name__)

#: Seconds between two beats; each is also a look for workers that are gone.
BEAT_S = 5.0
#: A worker that did not beat for so many seconds is taken for dead.
STALLED_AFTER_S = 30.0


@contextmanager
def beating(database: Database, queue: Queue[Connection], worker_id: int) -> Iterator[None]:
    """Let a worker beat from a thread of its own during the block, whatever it works on."""
    ended = Event()
    thread = Thread(target=_beat, args=(database, queue, worker_id, ended), name="pulse")
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _beat(database: Database, queue: Queue[Connection], worker_id: int, ended: Event) -> None:
    while not ended.is_set():
        try:
            with database.connect(autocommit=True) as connection:
                while not ended.wait(BEAT_S):
                    beat_once(connection, queue, worker_id)
        except GradelineError as error:
            # The server may be restarting; without a beat others take the job over meanwhile.
            _log.warning("the worker could not show that it lives: %s", error)
            ended.wait(BEAT_S)


def beat_once(connection: Connection, queue: Queue[Connection], worker_id: int) -> None:
    """Beat, then put the jobs of workers back that did not for long."""
    queue.beat(connection, worker_id)
    found = queue.take_over(connection, STALLED_AFTER_S)
    if found:
        _log.warning("jobs of workers that are gone were taken over: %d", found)
