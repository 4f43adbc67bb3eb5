"""Jobs: what a worker can be asked to do, each a name with arguments.

A job is stored by name, so a name or an argument that was released stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import msgspec

from gradeline.base.errors import WrongUse


class Job(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The arguments of a job; each has a default."""

    #: Who takes it: a worker may take the jobs of some queues alone.
    queue: ClassVar[str] = "default"


class Collect(Job, frozen=True, kw_only=True):
    """Collect and compute; deliver daily figures and the run's result, but no course reports."""

    sources: tuple[str, ...] = ()  #: only these; none = all


class Run(Job, frozen=True, kw_only=True):
    """Collect and compute; deliver everything that is due."""

    category: str | None = None  #: only courses of this category
    course: str | None = None  #: only this course


class Deliver(Job, frozen=True, kw_only=True):
    """Deliver what is due by now, and what was not delivered before."""


class MakeExport(Job, frozen=True, kw_only=True):
    """Make the file of an export that somebody asked for."""

    queue: ClassVar[str] = "exports"
    export_id: str = ""  #: as `report_exports` has it


class Refresh(Job, frozen=True, kw_only=True):
    """Compute and publish the results that are out of date; read no source."""

    queue: ClassVar[str] = "stats"


class Backup(Job, frozen=True, kw_only=True):
    """Make a backup of the database and of all that it names."""


class BotBackup(Job, frozen=True, kw_only=True):
    """Write the day's backup of the bot's tables, in the place of the last one."""


class Transform(Job, frozen=True, kw_only=True):
    """Move user properties that are not migrated into their two tables."""

    source: str = "all"  #: whose rows: all, amplitude, appmetrica or posted
    report_id: str = ""  #: as `transform_reports` has it; empty = a new one


class Levels(Job, frozen=True, kw_only=True):
    """Update the level of each learner of the vocabulary bot."""


JOBS: Mapping[str, type[Job]] = {
    "collect": Collect,
    "run": Run,
    "deliver": Deliver,
    "make-export": MakeExport,
    "refresh": Refresh,
    "backup": Backup,
    "bot-backup": BotBackup,
    "transform": Transform,
    "levels": Levels,
}


def name_of(job: Job) -> str:
    """Return the name by which a job is stored."""
    return next(name for name, kind in JOBS.items() if kind is type(job))


def arguments_of(job: Job) -> dict[str, Any]:
    """Return the arguments of a job as JSON values, without those that are as by default."""
    plain = type(job)()
    given = {name: getattr(job, name) for name in job.__struct_fields__}
    changed = {name: value for name, value in given.items() if value != getattr(plain, name)}
    found: dict[str, Any] = msgspec.to_builtins(changed)
    return found


def job_of(name: str, arguments: Mapping[str, Any]) -> Job:
    """Return the job of that name with these arguments, JSON values.

    Raises:
        WrongUse: there is no such job, or it has no such arguments.
    """
    kind = JOBS.get(name)
    if kind is None:
        raise WrongUse(f"No job is called {name}.", hint=f"Jobs are {', '.join(JOBS)}.")
    try:
        return msgspec.convert(dict(arguments), kind)
    except msgspec.ValidationError as error:
        takes = ", ".join(kind.__struct_fields__) or "none"
        raise WrongUse(f"The job {name}: {error}.", hint=f"Its arguments: {takes}.") from None


def parse_job(name: str, words: Iterable[str]) -> Job:
    """Return the job that a person wrote as its name and words like `course=maths/2024`.

    Raises:
        WrongUse: as `job_of`; or a word is no `argument=value`.
    """
    arguments: dict[str, Any] = {}
    for word in words:
        argument, equals, value = word.partition("=")
        if not equals:
            raise WrongUse(
                f"{word!r} is not an argument of a job.",
                hint="Write argument=value, such as course=maths/2024.",
            )
        arguments[argument] = value.split(",") if argument == "sources" else value
    return job_of(name, arguments)
