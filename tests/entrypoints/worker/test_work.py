"""A worker: what is due is done once, and what goes wrong ends one job alone."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from gradeline.base.errors import DiskFull, WrongUse
from gradeline.entrypoints.worker.clock import put_deliveries, put_schedules
from gradeline.entrypoints.worker.loop import Stop
from gradeline.entrypoints.worker.run import Upkeep, run_worker
from gradeline.entrypoints.worker.work import Desk, work_once
from gradeline.flows.schedules import add_schedule, pause_schedule
from gradeline.jobs.names import Collect, Deliver, Job
from gradeline.jobs.postgres import PostgresQueue
from gradeline.records.recipients import NewRecipient, What
from gradeline.records.schedules import NewSchedule, Schedule
from gradeline.warehouse import Connection, Database, schedules
from gradeline.warehouse.deliveries import recipients
from gradeline.warehouse.operation import Interval

#: Saturday before the clocks go forward in Madrid.
SATURDAY = datetime(2026, 3, 28, 12, tzinfo=UTC)
SUNDAY_AT_EIGHT = datetime(2026, 3, 29, 6, tzinfo=UTC)
DAY = timedelta(days=1)
HOURLY = Interval(every=timedelta(hours=1))
QUEUE = PostgresQueue()


@pytest.fixture
def connection(warehouse: Database):
    """A connection as a worker has it, with a schedule at eight in Madrid."""
    wanted = NewSchedule(name="mine", cron="0 8 * * *", job="collect", added_by="ana")
    with warehouse.connect(autocommit=True) as opened:
        add_schedule(opened, wanted, "Europe/Madrid", SATURDAY)
        yield opened


class Done(list[Job]):
    """The jobs that were done; `error` is raised after each."""

    error: BaseException | None = None

    def __call__(self, job: Job, _is_last: object) -> Sequence[str]:
        """Do a job."""
        self.append(job)
        if self.error is not None:
            raise self.error
        return ("one problem",)


def work(connection: Connection, do: Callable[..., Sequence[str]], now: datetime) -> bool:
    """Let a new worker look at the clock and do one job."""
    put_schedules(connection, QUEUE, now)
    desk = Desk(queue=QUEUE, do=do, clock=lambda: now, stop=Stop())
    return work_once(connection, desk, QUEUE.join(connection))


def mine(connection: Connection) -> Schedule:
    """The schedule, as it is stored."""
    return schedules.ls(connection)[0]


def test_three_workers_at_once_do_each_due_job_once(warehouse, connection):
    """Who looks at the same instant finds the occasion taken."""
    done, start = Done(), Barrier(3)

    def look(_number: int) -> bool:
        with warehouse.connect(autocommit=True) as own:
            start.wait()
            return work(own, done, SUNDAY_AT_EIGHT)

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(look, range(3))) == [False, False, True]
    assert done == [Collect()]


def test_eight_stays_eight_when_the_clock_changes(connection):
    """It is due at eight on Saturday, Sunday and Monday, whatever the offset."""
    assert mine(connection).next_at == SUNDAY_AT_EIGHT
    assert put_schedules(connection, QUEUE, SUNDAY_AT_EIGHT - timedelta(seconds=1)) == 0
    assert put_schedules(connection, QUEUE, SUNDAY_AT_EIGHT) == 1
    assert mine(connection).next_at == SUNDAY_AT_EIGHT + DAY


def test_missed_runs_are_caught_up_once(connection):
    """After a week without a worker there is one job, and the next is due tomorrow."""
    done = Done()
    late = SUNDAY_AT_EIGHT + 7 * DAY + timedelta(hours=1)
    assert [work(connection, done, late) for _ in range(3)] == [True, False, False]
    assert mine(connection).next_at == SUNDAY_AT_EIGHT + 8 * DAY


def test_a_paused_schedule_is_not_due(connection):
    """Nothing is put for it, however late it is."""
    pause_schedule(connection, "mine")
    assert not work(connection, Done(), SUNDAY_AT_EIGHT + DAY)


def test_how_a_job_ended_is_noted_with_its_schedule(connection):
    """The instant, and the problems that a person must see to."""
    work(connection, Done(), SUNDAY_AT_EIGHT)
    assert (mine(connection).ended_at, mine(connection).problem) == (SUNDAY_AT_EIGHT, "one problem")


@pytest.mark.parametrize(
    ("error", "tries"),
    [(DiskFull("The disk is full."), 4), (WrongUse("Wrong."), 1), (ZeroDivisionError("bug"), 1)],
)
def test_an_error_is_tried_again_as_often_as_its_kind_says(warehouse, connection, error, tries):
    """What only a person can change is not tried again; the error is noted with the schedule."""
    done = Done()
    done.error = error
    assert work(connection, done, SUNDAY_AT_EIGHT)
    assert str(error) in mine(connection).problem
    for _ in range(5):
        connection.execute("update procrastinate_jobs set scheduled_at = now()")
        work(connection, done, SUNDAY_AT_EIGHT)
    assert len(done) == tries


def test_a_job_left_in_the_middle_is_somebody_elses_at_once(connection):
    """Ctrl-C puts it back into the queue; nothing is noted."""
    done = Done()
    done.error = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        work(connection, done, SUNDAY_AT_EIGHT)
    done.error = None
    connection.execute("update procrastinate_jobs set scheduled_at = now()")
    assert mine(connection).ended_at is None
    assert work(connection, done, SUNDAY_AT_EIGHT)
    assert len(done) == 2


def test_a_paused_worker_notes_nothing_about_a_job_that_another_has(connection):
    """What it would note is part of the transaction that cannot end the job."""

    def sleep(_job: Job, _is_last: object) -> Sequence[str]:
        QUEUE.take_over(connection, 0)
        return ()

    assert work(connection, sleep, SUNDAY_AT_EIGHT)
    assert mine(connection).ended_at is None
    assert work(connection, Done(), SUNDAY_AT_EIGHT)


def test_a_schedule_of_another_version_is_noted_and_stops_no_other(connection):
    """A job that this version does not know is a problem of its own schedule."""
    other = NewSchedule(name="other", cron="0 8 * * *", job="collect", added_by="ana")
    add_schedule(connection, other, "Europe/Madrid", SATURDAY)
    connection.execute("update schedules set job = 'fold' where name = 'mine'")
    assert put_schedules(connection, QUEUE, SUNDAY_AT_EIGHT) == 1
    assert "No job is called fold" in mine(connection).problem


def test_a_recipient_whose_time_has_come_is_a_job(connection):
    """What is due to recipients is delivered by one worker, and put once."""
    recipient = NewRecipient(
        channel="email",
        address="a@b.example",
        resolved_address="a@b.example",
        what=What.COURSE_REPORT,
        role="admin",
        language="en",
        cron="0 8 * * *",
        next_at=SUNDAY_AT_EIGHT,
        added_by="ana",
    )
    recipients.put(connection, recipient)
    assert not put_deliveries(connection, QUEUE, SATURDAY)
    assert put_deliveries(connection, QUEUE, SUNDAY_AT_EIGHT)
    assert not put_deliveries(connection, QUEUE, SUNDAY_AT_EIGHT)
    assert QUEUE.take(connection, QUEUE.join(connection)).job == Deliver()


def test_sigterm_lets_the_job_end_and_then_the_worker(warehouse, connection):
    """The job is done and noted, and no other is begun."""
    stop, ended = Stop(), []

    def told_in_the_middle(_job: Job, _is_last: object) -> Sequence[str]:
        signal.raise_signal(signal.SIGTERM)
        ended.append("job")
        return ()

    desk = Desk(
        queue=QUEUE,
        do=told_in_the_middle,
        clock=lambda: SUNDAY_AT_EIGHT,
        stop=stop,
        queues=[Collect.queue],
    )
    with stop.listening():
        run_worker(warehouse, desk, Upkeep(refresh=HOURLY))
    assert (ended, mine(connection).ended_at) == (["job"], SUNDAY_AT_EIGHT)
