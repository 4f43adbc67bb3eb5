"""The promise of a queue, kept by the one in PostgreSQL and by the one in memory."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import procrastinate
import pytest

from gradeline.base.errors import JobLost, WrongUse
from gradeline.jobs.memory import MemoryConnection, MemoryQueue
from gradeline.jobs.names import Collect, Deliver, Run, job_of, parse_job
from gradeline.jobs.postgres import PostgresQueue
from gradeline.jobs.queue import HeldJob
from gradeline.jobs.retries import MOST_DEATHS
from gradeline.warehouse import Database
from gradeline.warehouse.schema.migrate import read_migrations

LATER = datetime(2100, 1, 1, tzinfo=UTC)


class Rig:
    """A queue, a connection, and short ways to use both."""

    def __init__(self, queue, connection) -> None:
        self.queue, self.connection = queue, connection

    def put(self, key: str = "a", job=None, at: datetime | None = None) -> bool:
        """Put a job, in a transaction of its own unless one is open."""
        return self.queue.put(self.connection, job or Collect(), key=key, at=at)

    def take(self) -> HeldJob | None:
        """Take a job as a new worker."""
        return self.queue.take(self.connection, self.queue.join(self.connection))

    def publish(self, end: str, taken: HeldJob) -> None:
        """Write something in the transaction that ends a job."""
        arguments = (LATER,) if end == "put_back" else ()
        with self.connection.transaction():
            self.put("published")
            getattr(self.queue, end)(self.connection, taken, *arguments)

    def bury(self) -> int:
        """Take every worker for dead that does not beat at this instant."""
        return self.queue.take_over(self.connection, 0)


@pytest.fixture(params=["postgres", "memory"])
def rig(request):
    """A queue of each kind, empty."""
    if request.param == "memory":
        yield Rig(MemoryQueue(), MemoryConnection())
        return
    warehouse: Database = request.getfixturevalue("warehouse")
    with warehouse.connect(autocommit=True) as connection:
        yield Rig(PostgresQueue(), connection)


def test_a_job_comes_back_as_it_was_put(rig):
    """The worker gets the same frozen arguments, and nobody else the same job."""
    assert rig.put(job=Run(course="maths/2024"))
    taken = rig.take()
    assert (taken.job, taken.key, taken.tries) == (Run(course="maths/2024"), "a", 0)
    assert rig.take() is None


def test_a_job_put_in_a_transaction_that_fails_is_not_there(rig):
    """It is part of what the caller writes."""
    with suppress(ZeroDivisionError), rig.connection.transaction():
        assert rig.put()
        raise ZeroDivisionError
    assert rig.take() is None


def test_a_key_is_waiting_once(rig):
    """A second job with its key is not put; the caller's transaction goes on."""
    with rig.connection.transaction():
        assert [rig.put("a"), rig.put("a"), rig.put("b")] == [True, False, True]
    assert [rig.take().key, rig.take().key, rig.take()] == ["a", "b", None]


def test_two_jobs_with_one_key_do_not_run_at_once(rig):
    """The next one waits until the first is done."""
    rig.put()
    first = rig.take()
    assert rig.put()
    assert rig.take() is None
    rig.queue.finish(rig.connection, first)
    assert rig.take() is not None


def test_a_job_waits_until_its_instant(rig):
    """What is put for later, or put back until then, is nobody's now."""
    rig.put("a", at=LATER)
    rig.put("b")
    rig.queue.put_back(rig.connection, rig.take(), LATER)
    assert rig.take() is None


def test_a_dead_workers_job_is_taken_over(rig):
    """Another worker gets the job; one that beats keeps its own."""
    rig.put()
    dead = rig.take()
    rig.queue.take_over(rig.connection, 60)
    assert rig.take() is None
    assert rig.bury() == 1
    assert rig.take().job_id == dead.job_id
    assert not rig.queue.beat(rig.connection, dead.worker_id)


def test_a_job_that_its_workers_die_of_fails(rig):
    """It is begun so often and no more."""
    rig.put()
    for _ in range(MOST_DEATHS):
        assert rig.take() is not None
        rig.bury()
    assert rig.take() is None


def test_a_failed_job_is_kept_for_a_while(rig):
    """A job that failed is deleted once it is old; one that waits never is."""
    rig.put("waits")
    rig.put("fails")
    rig.queue.finish(rig.connection, rig.take())
    rig.queue.fail(rig.connection, rig.take())
    rig.put("waits", at=LATER)
    assert rig.queue.clean(rig.connection, timedelta(hours=1)) == 0
    assert rig.queue.clean(rig.connection, timedelta(0)) == 1
    assert not rig.put("waits")


def test_a_job_taken_over_is_dropped_where_the_next_one_waits(rig):
    """What waits does the same work; it is done once."""
    rig.put()
    rig.take()
    rig.put()
    rig.bury()
    assert rig.take() is not None
    assert rig.take() is None


@pytest.mark.parametrize("end", ["finish", "fail", "put_back"])
def test_a_paused_worker_cannot_publish(rig, end):
    """What it writes with the end of its job is undone, once another has taken the job over."""
    rig.put()
    paused = rig.take()
    rig.bury()
    other = rig.take()
    with pytest.raises(JobLost, match="taken over"):
        rig.publish(end, paused)
    rig.queue.finish(rig.connection, other)
    assert rig.take() is None


def test_a_worker_that_leaves_leaves_its_job_to_others(rig):
    """A worker that is stopped in the middle says so; its job need not wait."""
    rig.put()
    taken = rig.take()
    rig.queue.leave(rig.connection, taken.worker_id)
    rig.queue.take_over(rig.connection, 60)
    assert rig.take().job_id == taken.job_id


def test_a_connection_in_a_transaction_stays_in_it(warehouse):
    """Without autocommit, nothing is committed before the caller does."""
    queue = PostgresQueue()
    with warehouse.connect() as connection:
        assert queue.put(connection, Collect(), key="a")
        connection.rollback()
        assert queue.put(connection, Collect(), key="a", at=datetime.now(UTC) - timedelta(days=1))
    with warehouse.connect() as connection:
        assert queue.take(connection, queue.join(connection)).job == Collect()


def test_the_tables_are_those_of_the_package():
    """The migration holds the schema of the procrastinate that is installed, word for word."""
    schema = procrastinate.schema.SchemaManager.get_schema().strip()
    (migration,) = [each for each in read_migrations() if each.name == "queue"]
    assert schema in migration.text


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("bake", [], "No job is called bake. Jobs are collect, run, deliver."),
        ("run", ["course"], "'course' is not an argument of a job."),
        ("run", ["cours=x"], "The job run: .*cours.*Its arguments: category, course."),
        ("deliver", ["course=x"], "Its arguments: none."),
    ],
)
def test_a_job_that_does_not_exist_is_refused_with_those_that_do(name, words, said):
    """So is an argument that the job does not take."""
    with pytest.raises(WrongUse, match=said):
        parse_job(name, words)


def test_a_person_writes_arguments_as_words():
    """Several sources are separated by commas."""
    assert parse_job("collect", ["sources=grader,files:x"]) == Collect(
        sources=("grader", "files:x")
    )
    assert job_of("deliver", {}) == Deliver()
