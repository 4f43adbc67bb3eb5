"""The queue of jobs: put in the caller's transaction, done by one worker at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from gradeline.base.errors import JobLost
from gradeline.jobs.names import Job, job_of

#: A connection of the queue's database, from the caller, who owns its transaction.
Connection_contra = TypeVar("Connection_contra", contravariant=True)


@dataclass(frozen=True, kw_only=True)
class HeldJob:
    """A job that a worker has; with `worker_id` and `tries` it can prove that it still has it."""

    job_id: int
    worker_id: int
    tries: int  #: those that ended before this one
    key: str
    name: str  #: as `names.JOBS` has it
    arguments: Mapping[str, Any]

    @property
    def job(self) -> Job:
        """The job itself.

        Raises:
            WrongUse: another version put it, and this one does not know it.
        """
        return job_of(self.name, self.arguments)


class Queue(Protocol[Connection_contra]):
    """Jobs that wait, each done by one worker at a time, and again where its worker died.

    What a method changes is part of the caller's transaction: if that fails, nothing was changed.
    """

    def put(
        self, connection: Connection_contra, job: Job, *, key: str, at: datetime | None = None
    ) -> bool:
        """Let a job wait, from `at` on or at once; False = one with that key waits already.

        Two jobs with one key never run at the same time.
        """

    def join(self, connection: Connection_contra) -> int:
        """Return the number of a new worker."""

    def beat(self, connection: Connection_contra, worker_id: int) -> bool:
        """Note that a worker lives; False = it was taken for dead, and must join again."""

    def leave(self, connection: Connection_contra, worker_id: int) -> None:
        """Forget a worker; a job that it still has is anybody's."""

    def take(
        self, connection: Connection_contra, worker_id: int, queues: Collection[str] | None = None
    ) -> HeldJob | None:
        """Give the job that has waited longest to a worker; None = none is due.

        Args:
            connection: whose transaction it is.
            worker_id: a number that `join` gave.
            queues: only jobs of these; None = all.
        """

    def finish(self, connection: Connection_contra, taken: HeldJob) -> None:
        """End a job that was done.

        Raises:
            JobLost: it was taken over; so whatever the transaction wrote is to be undone.
        """

    def fail(self, connection: Connection_contra, taken: HeldJob) -> None:
        """End a job that failed; it is never tried again, and kept until `clean`.

        Raises:
            JobLost: as `finish`.
        """

    def put_back(self, connection: Connection_contra, taken: HeldJob, at: datetime) -> None:
        """Let a job wait again until `at`; where one with its key waits, that one is enough.

        Raises:
            JobLost: as `finish`.
        """

    def take_over(self, connection: Connection_contra, stalled_after_s: float) -> int:
        """Put the jobs of workers back that did not beat for so many seconds; returns how many."""

    def clean(self, connection: Connection_contra, older_than: timedelta) -> int:
        """Delete the jobs that failed so long ago; returns how many."""


def lost(taken: HeldJob) -> JobLost:
    """Return the error of a worker whose job another one has."""
    return JobLost(
        f"The job {taken.name} was taken over by another worker, because this one did not answer"
        " for a while.",
        hint="Nothing is lost: the other worker does it.",
    )
