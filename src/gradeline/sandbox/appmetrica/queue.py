"""How AppMetrica prepares files: three requests in a row for an app, one after another."""

from __future__ import annotations

from dataclasses import dataclass

from gradeline.sandbox.exchange import Pace

#: Requests of one app that may wait or be worked on at once.
QUEUE = 3
#: A prepared file can be had for so long.
FILE_LIFE_S = 24 * 3600.0
_WORK_S = 4.0
_WORK_PER_ROW_S = 0.002
_PROGRESS_FROM = 0.3


@dataclass(frozen=True, kw_only=True)
class Job:
    """One file that is, or will be, prepared."""

    number: int  #: how many were begun before it
    begins: float  #: monotonic seconds
    ready: float  #: monotonic seconds


class Full(Exception):
    """The queue has no place left."""


class Jobs:
    """The files of one app: what is asked for → the job that prepares it."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._jobs: dict[str, Job] = {}
        self.begun = 0  #: files, from the start

    def of(self, asked: str, rows: int, at: float, cache_control: str) -> Job:
        """The job for what is asked, begun anew where none lives or `Cache-Control` wants it.

        Raises:
            Full: three others are not done yet.
        """
        job = self._jobs.get(asked)
        if job is not None and at - job.ready > self._pace.real(FILE_LIFE_S):
            job = None
        if job is not None and not self._unwanted(job, at, cache_control):
            return job
        waiting = [each for key, each in self._jobs.items() if key != asked and each.ready > at]
        if len(waiting) >= QUEUE:
            raise Full
        begins = max([at, *(each.ready for each in waiting)])
        work = self._pace.real(_WORK_S + _WORK_PER_ROW_S * rows)
        self.begun += 1
        self._jobs[asked] = Job(number=self.begun, begins=begins, ready=begins + work)
        return self._jobs[asked]

    def forget(self, asked: str) -> None:
        """Take a file away before its time."""
        self._jobs.pop(asked, None)

    def _unwanted(self, job: Job, at: float, cache_control: str) -> bool:
        wish = cache_control.lower().replace(" ", "")
        if "no-cache" in wish:
            return True
        _, found, age = wish.partition("max-age=")
        if not found or job.ready > at:
            return False
        return at - job.ready > self._pace.real(float(age.partition(",")[0] or 0))


def progress(job: Job, at: float) -> str:
    """What a request hears that comes too early."""
    done = (at - job.begins) / max(job.ready - job.begins, 1e-9)
    return f"Progress is {int(done * 100)}%" if done > _PROGRESS_FROM else "Wait for result"
