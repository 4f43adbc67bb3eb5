"""Results are computed again by an interval, once, however many workers look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from gradeline.base.errors import DiskFull
from gradeline.entrypoints.worker.clock import put_refresh
from gradeline.entrypoints.worker.loop import Stop
from gradeline.entrypoints.worker.work import Desk, work_once
from gradeline.jobs.names import Collect, Refresh
from gradeline.jobs.postgres import PostgresQueue
from gradeline.warehouse import Connection, Database
from gradeline.warehouse.operation import Figure, Interval, read_figures

NOON = datetime(2100, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOURLY, LIVE = Interval(every=HOUR), Interval(every=HOUR, live=True)
QUEUE = PostgresQueue()


@pytest.fixture
def connection(warehouse: Database) -> Iterator[Connection]:
    """A connection as a worker has it."""
    with warehouse.connect(autocommit=True) as opened:
        yield opened


def work(connection: Connection, *problems: str, error: Exception | None = None) -> bool:
    """Let a new worker do one job of refreshing."""

    def do(_job: object, _is_last: object) -> Sequence[str]:
        if error is not None:
            raise error
        return problems

    desk = Desk(queue=QUEUE, do=do, clock=lambda: NOON, stop=Stop(), queues=[Refresh.queue])
    return work_once(connection, desk, QUEUE.join(connection))


def value(connection: Connection, name: str, *labels: str) -> float | None:
    """Return a figure, None where it is not there."""
    figures = {(one.name, *one.labels): one.value for one in read_figures(connection)}
    return figures.get((name, *labels))


def load_a_slice(connection: Connection) -> None:
    """Note that data was loaded."""
    connection.execute(
        'insert into slices (slice_id, source, stream, "window", planned_fingerprint, state, fingerprint, loaded_at)'
        " values (1, 'files:a', 'attempts', 'x', '', 'empty', '', now())"
    )


def test_it_is_due_once_an_interval(connection):
    """The first time at once, then an hour later."""
    assert put_refresh(connection, QUEUE, HOURLY, NOON)
    assert work(connection)
    assert not put_refresh(connection, QUEUE, HOURLY, NOON + HOUR - timedelta(seconds=1))
    assert put_refresh(connection, QUEUE, HOURLY, NOON + HOUR)


def test_a_shorter_interval_counts_at_once(connection):
    """What was due in an hour is due in a minute after the setting changed."""
    put_refresh(connection, QUEUE, HOURLY, NOON)
    work(connection)
    minutely = Interval(every=timedelta(minutes=1))
    assert put_refresh(connection, QUEUE, minutely, NOON + timedelta(seconds=5))


def test_workers_share_it(warehouse, connection):
    """Of four that look at the same instant one puts the job."""
    start = Barrier(4)

    def look(_number: int) -> bool:
        with warehouse.connect(autocommit=True) as own:
            start.wait()
            return put_refresh(own, QUEUE, HOURLY, NOON)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(look, range(4))) == [False, False, False, True]


def test_live_updates_follow_each_load(connection):
    """Data that was loaded since the last time makes it due; without the setting it waits."""
    put_refresh(connection, QUEUE, LIVE, NOON)
    work(connection)
    assert not put_refresh(connection, QUEUE, LIVE, NOON)
    load_a_slice(connection)
    assert not put_refresh(connection, QUEUE, HOURLY, NOON)
    assert put_refresh(connection, QUEUE, LIVE, NOON)


def test_a_worker_for_results_leaves_other_jobs(connection):
    """It takes jobs of its queue alone."""
    QUEUE.put(connection, Collect(), key="collect")
    assert not work(connection)
    put_refresh(connection, QUEUE, HOURLY, NOON)
    assert work(connection)
    assert value(connection, "queue", "collect", "todo") == 1


def test_how_jobs_end_is_counted_for_ever(connection):
    """Well, with problems, and by an error; cleaning the queue takes nothing away."""
    for ending in ({}, {"error": DiskFull("The disk is full.")}, {}):
        QUEUE.put(connection, Refresh(), key="refresh")
        connection.execute("update procrastinate_jobs set scheduled_at = null")
        work(connection, **ending)
    QUEUE.put(connection, Refresh(), key="refresh")
    work(connection, "a course failed")
    QUEUE.clean(connection, timedelta(0))
    assert value(connection, "job_runs", "refresh", "success") == 2
    assert value(connection, "job_runs", "refresh", "error") == 2
    assert value(connection, "job_seconds", "refresh") >= value(
        connection, "job_last_seconds", "refresh"
    )


def test_figures_show_the_ledger_and_the_job_under_way(connection):
    """Slices by state, how old the newest data is, and how long a job has taken so far."""
    load_a_slice(connection)
    QUEUE.put(connection, Refresh(), key="refresh")
    QUEUE.take(connection, QUEUE.join(connection))
    assert value(connection, "slices", "files:a", "empty") == 1
    assert value(connection, "loaded_age", "files:a") >= 0
    assert value(connection, "job_last_seconds", "refresh") >= 0
    assert value(connection, "queue", "refresh", "doing") == 1
    assert value(connection, "build_age") is None
    assert isinstance(read_figures(connection)[0], Figure)
