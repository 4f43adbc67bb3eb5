"""The queue in PostgreSQL, by procrastinate: its tables and functions, in the caller's transaction.

Its own worker is not used: it looks for jobs of dead workers only when it starts, and it lets a
worker that was paused finish a job that another one has taken over.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, LiteralString, TypeAlias

import psycopg
from procrastinate import SyncPsycopgConnector, sql
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task
from psycopg.rows import TupleRow, dict_row

from gradeline.base.named_sql import read_queries
from gradeline.jobs.names import Job, arguments_of, name_of
from gradeline.jobs.queue import HeldJob, lost
from gradeline.jobs.retries import MOST_DEATHS

Connection: TypeAlias = psycopg.Connection[TupleRow]

#: States of jobs that nobody does any more; those that were done are deleted at once.
_ENDED = ("succeeded", "failed", "cancelled", "aborted")
_QUERIES = Path(__file__).parent / "queries" / "queue.sql"


class PostgresQueue:
    """A `Queue` in the tables of migration 0032."""

    def put(
        self, connection: Connection, job: Job, *, key: str, at: datetime | None = None
    ) -> bool:
        """See `Queue`."""
        # This query also begins the caller's transaction, so that the block is a savepoint in it.
        if _is_waiting(connection, key):
            return False
        deferrer = configure_task(
            name=name_of(job),
            queue=job.queue,
            job_manager=JobManager(SyncPsycopgConnector()),
            lock=key,
            queueing_lock=key,
            schedule_at=at,
            connection=connection,
        )
        try:
            with connection.transaction():
                deferrer.defer(**arguments_of(job))
        except AlreadyEnqueued:
            return False
        except ConnectorException as error:
            if isinstance(error.__cause__, psycopg.Error):
                raise error.__cause__ from None  # what the caller of PostgreSQL expects
            raise
        return True

    def join(self, connection: Connection) -> int:
        """See `Queue`."""
        (row,) = _rows(connection, sql.queries["register_worker"])
        return int(row["worker_id"])

    def beat(self, connection: Connection, worker_id: int) -> bool:
        """See `Queue`."""
        return connection.execute(_query("beat"), {"worker_id": worker_id}).rowcount > 0

    def leave(self, connection: Connection, worker_id: int) -> None:
        """See `Queue`."""
        connection.execute(sql.queries["unregister_worker"], {"worker_id": worker_id})

    def take(
        self, connection: Connection, worker_id: int, queues: Collection[str] | None = None
    ) -> HeldJob | None:
        """See `Queue`."""
        query = sql.queries["fetch_job"]
        chosen = None if queues is None else sorted(queues)
        (row,) = _rows(connection, query, queues=chosen, worker_id=worker_id)
        if row["id"] is None:
            return None
        return HeldJob(
            job_id=row["id"],
            worker_id=worker_id,
            tries=row["attempts"],
            key=row["lock"],
            name=row["task_name"],
            arguments=row["args"],
        )

    def finish(self, connection: Connection, taken: HeldJob) -> None:
        """See `Queue`."""
        self._end(connection, taken, "succeeded", delete=True)

    def fail(self, connection: Connection, taken: HeldJob) -> None:
        """See `Queue`."""
        self._end(connection, taken, "failed", delete=False)

    def put_back(self, connection: Connection, taken: HeldJob, at: datetime) -> None:
        """See `Queue`."""
        with connection.transaction():
            _hold(connection, taken)
            if _is_waiting(connection, taken.key):
                self._end(connection, taken, "aborted", delete=True)
                return
            values = {"job_id": taken.job_id, "retry_at": at}
            values |= dict.fromkeys(("new_priority", "new_queue_name", "new_lock"))
            connection.execute(sql.queries["retry_job"], values)

    def take_over(self, connection: Connection, stalled_after_s: float) -> int:
        """See `Queue`."""
        with connection.transaction():
            query = sql.queries["prune_stalled_workers"]
            connection.execute(query, {"seconds_since_heartbeat": stalled_after_s})
            found = connection.execute(_query("take_over"), {"most_deaths": MOST_DEATHS})
            return found.rowcount

    def clean(self, connection: Connection, older_than: timedelta) -> int:
        """See `Queue`."""
        values = {
            "nb_hours": int(older_than / timedelta(hours=1)),
            "queue": None,
            "statuses": list(_ENDED),
        }
        return connection.execute(sql.queries["delete_old_jobs"], values).rowcount

    def _end(self, connection: Connection, taken: HeldJob, status: str, *, delete: bool) -> None:
        with connection.transaction():
            _hold(connection, taken)
            values = {"job_id": taken.job_id, "status": status, "delete_job": delete}
            connection.execute(sql.queries["finish_job"], values)


def _hold(connection: Connection, taken: HeldJob) -> None:
    """Keep a job until the transaction ends.

    Raises:
        JobLost: another worker has it.
    """
    values = {"job_id": taken.job_id, "worker_id": taken.worker_id, "tries": taken.tries}
    if connection.execute(_query("hold"), values).fetchone() is None:
        raise lost(taken)


def _is_waiting(connection: Connection, key: str) -> bool:
    row = connection.execute(_query("waiting"), {"key": key}).fetchone()
    return bool(row and row[0])


def _query(name: str) -> LiteralString:
    return read_queries(_QUERIES)[name]


def _rows(connection: Connection, query: LiteralString, **values: object) -> list[dict[str, Any]]:
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query, values).fetchall()
