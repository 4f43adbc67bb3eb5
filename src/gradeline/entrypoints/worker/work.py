"""Work: take a job, do it, and note how it ended in the transaction that ends it."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from gradeline.base.errors import GradelineError, JobLost
from gradeline.base.logs import log_ids
from gradeline.entrypoints.worker.clock import note_end
from gradeline.entrypoints.worker.loop import Stop
from gradeline.entrypoints.worker.tasks import IsLast
from gradeline.jobs.names import Job
from gradeline.jobs.queue import HeldJob, Queue
from gradeline.jobs.retries import next_try
from gradeline.warehouse import Connection
from gradeline.warehouse.operation import JobEnd, note_job_end

_log = logging.getLogger(__name__)

#: Does a job and returns its problems, one sentence each.
DoJob: TypeAlias = Callable[[Job, IsLast], Sequence[str]]


class _Note(Protocol):
    """Notes how a job ended: what went wrong, and whether it ended well."""

    def __call__(self, problem: str | None, *, good: bool) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where a worker works."""

    queue: Queue[Connection]
    do: DoJob
    clock: Callable[[], datetime]
    stop: Stop
    queues: Collection[str] | None = None  #: only jobs of these; None = all


def work_once(connection: Connection, desk: Desk, worker_id: int) -> bool:
    """Do one job that waits; False = none does.

    An error ends its job alone: it is tried again later, or has failed. A job that the process is
    told to leave at once goes back into the queue.

    Args:
        connection: in autocommit.
        desk: the queue, and what is done with a job.
        worker_id: a number that the queue gave.

    Raises:
        JobLost: the others took this worker for dead; it is to join again.
        KeyboardInterrupt: the process was told to stop at once.
    """
    if not desk.queue.beat(connection, worker_id):
        raise JobLost("The other workers took this one for dead.", hint="It joins again.")
    taken = desk.queue.take(connection, worker_id, desk.queues)
    if taken is None:
        return False
    with log_ids(run=uuid.uuid4().hex[:8]):
        try:
            _do(connection, desk, taken)
        except JobLost as error:
            _log.warning("%s", error)
    return True


def _do(connection: Connection, desk: Desk, taken: HeldJob) -> None:
    def is_last(error: GradelineError) -> bool:
        return next_try(error, taken.tries, desk.clock()) is None

    def note(problem: str | None, *, good: bool) -> None:
        note_end(connection, taken.key, desk.clock(), problem)
        seconds = time.monotonic() - began
        end = JobEnd(job=taken.name, good=good, seconds=seconds, ended_at=desk.clock())
        note_job_end(connection, end)

    _log.info("job %s (%s), try %d", taken.name, taken.key, taken.tries + 1)
    began = time.monotonic()
    try:
        with desk.stop.finishing():
            problems = desk.do(taken.job, is_last)
    except KeyboardInterrupt:
        desk.queue.put_back(connection, taken, desk.clock())
        raise
    except Exception as error:  # noqa: BLE001 - it ends this job alone, and is in the log
        _end_badly(connection, desk, taken, error, note)
        return
    with connection.transaction():
        note("; ".join(problems) or None, good=not problems)
        desk.queue.finish(connection, taken)


def _end_badly(
    connection: Connection, desk: Desk, taken: HeldJob, error: Exception, note: _Note
) -> None:
    expected = isinstance(error, GradelineError)
    words = str(error) if expected else f"An unexpected error: {error!r}. The log has its place."
    again_at = next_try(error, taken.tries, desk.clock())
    then = f"next try at {again_at:%H:%M:%S} UTC" if again_at else "it is not tried again"
    _log.error("job %s (%s): %s; %s", taken.name, taken.key, words, then, exc_info=not expected)
    with connection.transaction():
        note(words, good=False)
        if again_at:
            desk.queue.put_back(connection, taken, again_at)
        else:
            desk.queue.fail(connection, taken)
