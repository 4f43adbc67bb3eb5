"""A queue in memory, for tests: the twin of the one in PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from gradeline.base.clock import now
from gradeline.jobs.names import JOBS, Job, arguments_of, name_of
from gradeline.jobs.queue import HeldJob, lost
from gradeline.jobs.retries import MOST_DEATHS


@dataclass(kw_only=True)
class _Row:
    taken: HeldJob
    at: datetime  #: when it is due; of a failed one, when it failed
    state: str = "waiting"  #: or `doing`, `failed`


@dataclass
class _State:
    rows: dict[int, _Row] = field(default_factory=dict)  #: by the number of the job
    workers: dict[int, datetime] = field(default_factory=dict)  #: when each was last seen
    last_number: int = 0


class MemoryConnection:
    """What the queue in memory takes for a connection."""

    def __init__(self) -> None:
        self.state = _State()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Undo what the block changed if it raises."""
        before = deepcopy(self.state)
        try:
            yield
        except BaseException:
            self.state = before
            raise


class MemoryQueue:
    """A `Queue` whose jobs are in the connection, for as long as that is kept.

    Args:
        clock: tells the time.
    """

    def __init__(self, clock: Callable[[], datetime] = now) -> None:
        self._clock = clock

    def put(
        self, connection: MemoryConnection, job: Job, *, key: str, at: datetime | None = None
    ) -> bool:
        """See `Queue`."""
        if _is_waiting(connection, key):
            return False
        number = _next_number(connection)
        taken = HeldJob(
            job_id=number,
            worker_id=0,
            tries=0,
            key=key,
            name=name_of(job),
            arguments=arguments_of(job),
        )
        connection.state.rows[number] = _Row(taken=taken, at=at or self._clock())
        return True

    def join(self, connection: MemoryConnection) -> int:
        """See `Queue`."""
        number = _next_number(connection)
        connection.state.workers[number] = self._clock()
        return number

    def beat(self, connection: MemoryConnection, worker_id: int) -> bool:
        """See `Queue`."""
        known = worker_id in connection.state.workers
        if known:
            connection.state.workers[worker_id] = self._clock()
        return known

    def leave(self, connection: MemoryConnection, worker_id: int) -> None:
        """See `Queue`."""
        connection.state.workers.pop(worker_id, None)

    def take(
        self,
        connection: MemoryConnection,
        worker_id: int,
        queues: Collection[str] | None = None,
    ) -> HeldJob | None:
        """See `Queue`."""
        rows = connection.state.rows.values()
        running = {row.taken.key for row in rows if row.state == "doing"}
        for row in rows:
            due = row.state == "waiting" and row.at <= self._clock()
            chosen = queues is None or JOBS[row.taken.name].queue in queues
            if due and chosen and row.taken.key not in running:
                row.state, row.taken = "doing", replace(row.taken, worker_id=worker_id)
                return row.taken
        return None

    def finish(self, connection: MemoryConnection, taken: HeldJob) -> None:
        """See `Queue`."""
        _held(connection, taken)
        del connection.state.rows[taken.job_id]

    def fail(self, connection: MemoryConnection, taken: HeldJob) -> None:
        """See `Queue`."""
        self._fail(_held(connection, taken))

    def put_back(self, connection: MemoryConnection, taken: HeldJob, at: datetime) -> None:
        """See `Queue`."""
        _again(connection, _held(connection, taken), at)

    def take_over(self, connection: MemoryConnection, stalled_after_s: float) -> int:
        """See `Queue`."""
        state, oldest = connection.state, self._clock() - timedelta(seconds=stalled_after_s)
        state.workers = {number: at for number, at in state.workers.items() if at >= oldest}
        gone = [
            row
            for row in state.rows.values()
            if row.state == "doing" and row.taken.worker_id not in state.workers
        ]
        for row in gone:
            if row.taken.tries + 1 >= MOST_DEATHS:
                self._fail(row)
            else:
                _again(connection, row, self._clock())
        return len(gone)

    def _fail(self, row: _Row) -> None:
        row.state, row.at = "failed", self._clock()

    def clean(self, connection: MemoryConnection, older_than: timedelta) -> int:
        """See `Queue`."""
        rows, latest = connection.state.rows, self._clock() - older_than
        old = [n for n, row in rows.items() if row.state == "failed" and row.at <= latest]
        for number in old:
            del rows[number]
        return len(old)


def _held(connection: MemoryConnection, taken: HeldJob) -> _Row:
    """Return the row of a job that its worker still has.

    Raises:
        JobLost: another worker has it.
    """
    row = connection.state.rows.get(taken.job_id)
    mine = row is not None and row.state == "doing" and row.taken == taken
    if row is None or not mine or taken.worker_id not in connection.state.workers:
        raise lost(taken)
    return row


def _again(connection: MemoryConnection, row: _Row, at: datetime) -> None:
    if _is_waiting(connection, row.taken.key):
        del connection.state.rows[row.taken.job_id]
        return
    row.state, row.at = "waiting", at
    row.taken = replace(row.taken, worker_id=0, tries=row.taken.tries + 1)


def _is_waiting(connection: MemoryConnection, key: str) -> bool:
    rows = connection.state.rows.values()
    return any(row.state == "waiting" and row.taken.key == key for row in rows)


def _next_number(connection: MemoryConnection) -> int:
    connection.state.last_number += 1
    return connection.state.last_number
