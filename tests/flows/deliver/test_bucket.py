"""A job that has only a bucket, killed at each of its writes: nothing is lost or sent twice."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from obstore.store import MemoryStore
from psycopg import sql
from tests.conftest import say_nothing
from tests.dying_lake import DyingLake, Killed, expire

from gradeline.base.errors import LeaseLost, ObjectMissing
from gradeline.flows.deliver.send import send_due
from gradeline.flows.upkeep.bucket_database import (
    DUMPS,
    LEASE,
    POINTER,
    BucketDatabase,
    read_pointer,
)
from gradeline.flows.upkeep.bucket_journal import JOURNAL, BucketJournal
from gradeline.lake import Lake, hold_lease
from gradeline.records.messages import DocumentDue, MessageState
from gradeline.records.recipients import What
from gradeline.warehouse import Database
from gradeline.warehouse.deliveries import messages, recipients
from gradeline.warehouse.dump import replace_database, restore_dump
from gradeline.warehouse.learners import forgotten

from .conftest import School, run_summary

#: Passed by a job that saves, sends two messages and saves again (see `test_..._counts_its_steps`).
STEPS = 34
#: The kills that `make test` tries: the rest has time in `make prove`.
QUICK = {15}
#: How often mail may have arrived, and what the ledger then says of it.
MAIL_ENDS = ((1, MessageState.SENT), (1, MessageState.UNKNOWN), (0, MessageState.UNKNOWN))


class Job:
    """A school whose database a bucket keeps; each process restores it into a database of its own."""

    def __init__(self, school: School, folder: Path) -> None:
        self._school, self._folder = school, folder
        self.store = MemoryStore()
        self.lake = DyingLake(self.store)
        self._made: list[Database] = []

    @contextmanager
    def process(self, lake: Lake | None = None) -> Iterator[School]:
        """What a process does before and after its work."""
        with self.opened(lake or self.lake) as school:
            yield school
            school.parts.save()

    @contextmanager
    def opened(self, lake: Lake) -> Iterator[School]:
        """What it does before its work."""
        with hold_lease(lake, LEASE, say_nothing) as lease:
            kept = BucketDatabase(lake, lease, self._folder)
            database = self._restored(kept)
            kept.opened(database)
            journal = BucketJournal(lake, kept)
            journal.replay(database)

            def save() -> None:
                if kept.save(database):
                    journal.forget()

            delivery = replace(self._school.parts.delivery, journal=journal)
            parts = self._school.parts
            yield School(replace(parts, database=database, delivery=delivery, save=save))

    def _restored(self, kept: BucketDatabase) -> Database:
        dump = kept.download()
        if dump is None:
            return self._school.parts.database
        database = self._school.parts.database.sibling(f"test_{uuid.uuid4().hex}")
        self._made.append(database)
        replace_database(database)
        restore_dump(database, dump)
        return database

    def die(self, at: int) -> None:
        """A process that is killed at one of its writes; its lease runs out."""
        with pytest.raises(Killed), self.process(DyingLake(self.store, at)) as school:
            school.deliver()
        expire(self.lake, LEASE)

    def end(self) -> None:
        """Remove the databases that were restored."""
        with self._school.parts.database.sibling("postgres").connect_as_login() as connection:
            for database in self._made:
                drop = sql.SQL("drop database if exists {} with (force)")
                connection.execute(drop.format(sql.Identifier(database.name)))


@pytest.fixture
def job(school: School, tmp_path: Path) -> Iterator[Job]:
    """A job whose first process has saved a database with a recipient by mail and one by chat."""
    made = Job(school, tmp_path)
    with made.process() as first:
        for channel in ("mail", "chat"):
            first.add(What.RUN_RESULT, channel=channel)
    yield made
    made.end()


def arrivals(school: School) -> Counter[str]:
    """How often something arrived through each channel."""
    channels = school.parts.delivery.channels
    return Counter({name: len(channel.arrived) for name, channel in channels.items()})


@pytest.mark.slow
def test_a_job_that_is_not_killed_sends_once_and_counts_its_steps(job: Job, school: School):
    """Two messages leave; the next process has them in its ledger, and saves nothing unchanged."""
    lake = DyingLake(job.store)
    with job.process(lake) as first:
        first.deliver()
    assert lake.steps == STEPS
    assert arrivals(school) == {"mail": 1, "chat": 1}
    assert not list(job.lake.list(JOURNAL)), "the journal of a dump that counts no more"
    before = sorted(item.key for item in job.lake.list(DUMPS))
    with job.process() as second:
        assert {one.state for one in second.stored()} == {MessageState.SENT}
    assert len(before) == 3
    assert sorted(item.key for item in job.lake.list(DUMPS)) == before


@pytest.mark.parametrize(
    "at",
    [pytest.param(at, marks=() if at in QUICK else pytest.mark.slow) for at in range(1, STEPS + 1)],
)
def test_killed_at_each_write_nothing_goes_twice_and_nothing_is_lost(
    job: Job, school: School, at: int
):
    """The next run sends what did not arrive; mail that may have arrived is shown as unknown."""
    job.die(at)
    with job.process() as second:
        second.deliver()
        states = {one.channel: one.state for one in second.stored()}
    sent = arrivals(school)
    assert sent["chat"] == 1
    assert states["chat"] is MessageState.SENT
    assert (sent["mail"], states["mail"]) in MAIL_ENDS


def test_the_old_holder_moves_the_pointer_no_more(job: Job, school: School):
    """Once another process has marked the pointer, who held the lease before cannot save."""
    with job.opened(job.lake) as stalled:
        expire(job.lake, LEASE)
        with job.process() as heir:
            heir.add(What.ALERT)
        moved = job.lake.read_version(POINTER)
        stalled.add(What.ALERT, address="other@school.example")
        with pytest.raises(LeaseLost):
            stalled.parts.save()
        assert job.lake.read_version(POINTER) == moved


def test_two_that_both_think_it_is_theirs_send_once(job: Job, school: School):
    """A try has a name that is created only once: the one who comes second sends nothing."""
    with job.process() as planned, planned.parts.database.connect() as connection:
        documents = [DocumentDue(document="run", occasion="one")]
        content = {"run": msgspec.to_builtins(run_summary(1))}
        for recipient in recipients.ls(connection):
            messages.put(connection, recipient.recipient_id, documents, content)
    with job.opened(job.lake) as stalled:
        expire(job.lake, LEASE)
        with job.process() as heir:
            send_due(heir.parts)
            with pytest.raises(LeaseLost):
                send_due(stalled.parts)
    assert arrivals(school) == {"mail": 1, "chat": 1}


@pytest.mark.slow
def test_a_damaged_dump_is_refused(job: Job):
    """A dump whose bytes are not those that were saved stops the run before anything is done."""
    pointer, _ = read_pointer(job.lake)
    assert pointer is not None
    assert pointer.dump is not None
    job.lake.replace(pointer.dump, b"rubbish")
    with pytest.raises(Exception, match="is damaged"), job.process():
        pass
    job.lake.delete([pointer.dump])
    with pytest.raises(ObjectMissing), job.process():
        pass


@pytest.mark.slow
def test_an_erasure_leaves_no_older_dump(job: Job):
    """Older dumps still name who was forgotten, so they go at once and not after three runs."""
    with job.process() as school, school.parts.database.connect() as connection:
        forgotten.remember_forgotten(connection, [("files:oulad", "1")])
    assert [item.key for item in job.lake.list(DUMPS)] == [read_pointer(job.lake)[0].dump]
