"""How AppMetrica prepares files: a queue of three for an app, one after another."""

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

    number: int  #: how many were begun until then
    begins: float  #: monotonic seconds
    ready: float  #: monotonic seconds


class QueueFull(Exception):
    """Three files are already queued."""


class Jobs:
    """The files of one app: request → the job that prepares its file."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._jobs: dict[str, Job] = {}
        self.begun = 0  #: files, from the start

    def find_or_start(self, asked: str, rows: int, at: float, cache_control: str) -> Job:
        """Return the job of a request, a new one if there is none or `Cache-Control` asks for it.

        Raises:
            QueueFull: three others are not done yet.
        """
        job = self._jobs.get(asked)
        if job is not None and at - job.ready > self._pace.scaled(FILE_LIFE_S):
            job = None
        if job is not None and not self._is_too_old(job, at, cache_control):
            return job
        waiting = [job for key, job in self._jobs.items() if key != asked and job.ready > at]
        if len(waiting) >= QUEUE:
            raise QueueFull
        begins = max([at, *(other.ready for other in waiting)])
        work = self._pace.scaled(_WORK_S + _WORK_PER_ROW_S * rows)
        self.begun += 1
        self._jobs[asked] = Job(number=self.begun, begins=begins, ready=begins + work)
        return self._jobs[asked]

    def forget(self, asked: str) -> None:
        """Remove a file before its time."""
        self._jobs.pop(asked, None)

    def _is_too_old(self, job: Job, at: float, cache_control: str) -> bool:
        directives = cache_control.lower().replace(" ", "")
        if "no-cache" in directives:
            return True
        _, limited, age = directives.partition("max-age=")
        if not limited or job.ready > at:
            return False
        return at - job.ready > self._pace.scaled(float(age.partition(",")[0] or 0))


def progress(job: Job, at: float) -> str:
    """Return the text for a request that comes too early."""
    done = (at - job.begins) / max(job.ready - job.begins, 1e-9)
    return f"Progress is {int(done * 100)}%" if done > _PROGRESS_FROM else "Wait for result"
