"""The clock: what is due by now becomes a job, once, however many workers look."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from gradeline.base.errors import WrongUse
from gradeline.jobs.names import Deliver, MakeExport, Refresh, Transform, job_of
from gradeline.jobs.queue import Queue
from gradeline.jobs.schedule import next_instant
from gradeline.records.schedules import Schedule
from gradeline.warehouse import Connection, operation, schedules, transforms
from gradeline.warehouse.deliveries import messages, recipients
from gradeline.warehouse.exports import work

_log = logging.getLogger(__name__)

#: Keys of jobs: of a schedule, with its name behind; of what is due to recipients; of an export.
_SCHEDULE, _DELIVER, _EXPORT = "schedule ", "deliver", "export "
_TRANSFORM = "transform "
#: So long a worker that makes an export may show nothing of it.
_UNTOUCHED = timedelta(minutes=5)


def put_schedules(connection: Connection, queue: Queue[Connection], now: datetime) -> int:
    """Put a job for each schedule that is due; returns for how many.

    The next instant and the job are one transaction. A schedule that was due several times
    meanwhile gets one job.

    Args:
        connection: in autocommit.
        queue: where the jobs are put.
        now: the instant by which they are due.
    """
    return sum(_put(connection, queue, one, now) for one in schedules.due(connection, now))


def put_deliveries(connection: Connection, queue: Queue[Connection], now: datetime) -> bool:
    """Put a job to deliver where a recipient's schedule or a message is due; True = it is new."""
    if not (recipients.any_due(connection, now) or messages.due(connection, now)):
        return False
    return queue.put(connection, Deliver(), key=_DELIVER)


def put_exports(connection: Connection, queue: Queue[Connection], now: datetime) -> int:
    """Put a job for each export that waits, or that nobody works on any more; how many are new."""
    return sum(
        queue.put(connection, MakeExport(export_id=str(one)), key=f"{_EXPORT}{one}")
        for one in work.due(connection, now, _UNTOUCHED)
    )


def put_transforms(connection: Connection, queue: Queue[Connection]) -> int:
    """Put a job for each transform that somebody asked for; how many are new."""
    return sum(
        queue.put(connection, Transform(report_id=one), key=f"{_TRANSFORM}{one}")
        for one in transforms.pending(connection)
    )


def put_refresh(
    connection: Connection,
    queue: Queue[Connection],
    interval: operation.Interval,
    now: datetime,
) -> bool:
    """Put a job to compute results again where that is due; True = it is new."""
    with connection.transaction():
        if not operation.advance_tick(connection, operation.REFRESH, interval, now):
            return False
        return queue.put(connection, Refresh(), key=operation.REFRESH)


def note_end(connection: Connection, key: str, ended_at: datetime, problem: str | None) -> None:
    """Note with the schedule of a job how it ended; other jobs have none."""
    if key.startswith(_SCHEDULE):
        schedules.end_run(connection, key.removeprefix(_SCHEDULE), ended_at, problem)


def _put(
    connection: Connection, queue: Queue[Connection], schedule: Schedule, now: datetime
) -> bool:
    with connection.transaction():
        following = next_instant(schedule.cron, schedule.zone, now)
        name, due_at = schedule.name, schedule.next_at
        if not schedules.advance(connection, name, due_at=due_at, next_at=following):
            return False
        try:
            job = job_of(schedule.job, schedule.arguments)
        except WrongUse as error:  # another version added it
            _log.error("schedule %s: %s", name, error)
            schedules.end_run(connection, name, now, str(error))
            return False
        _log.info("schedule %s is due since %s", name, due_at.isoformat(timespec="minutes"))
        return queue.put(connection, job, key=f"{_SCHEDULE}{name}")
