"""Tasks: what a worker does for each kind of job."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from gradeline.base.clock import now
from gradeline.base.errors import GradelineError
from gradeline.flows.backups.make import back_up, origin_of
from gradeline.flows.deliver.deliver import deliver as deliver_due
from gradeline.flows.deliver.plan import Occasion
from gradeline.flows.exports.make import make_export
from gradeline.flows.install.finish import backup_of_the_day
from gradeline.flows.parts import Parts
from gradeline.flows.refresh.refresh import refresh as refresh_results
from gradeline.flows.run import Progress, RunRequest, RunResult, Steps
from gradeline.flows.run_and_deliver import run_and_deliver
from gradeline.flows.transform import ask_transform, fail_transform
from gradeline.flows.transform import transform as transform_properties
from gradeline.flows.vocabulary.levels import LevelLog, update_levels
from gradeline.jobs.names import (
    Backup,
    BotBackup,
    Collect,
    Deliver,
    Job,
    Levels,
    MakeExport,
    Refresh,
    Run,
    Transform,
)
from gradeline.metrics import Terms

#: Whether an error ends a job for good, so that people are to be told.
IsLast: TypeAlias = Callable[[GradelineError], bool]


@dataclass(frozen=True, kw_only=True)
class Tools:
    """What tasks work with."""

    parts: Parts
    #: with sources and cursos.yml as they are by then; called with the sources to read, none = all
    reopened: Callable[[Collection[str]], Parts]
    terms: Callable[[], Terms]  #: as of that instant
    progress: Progress
    show: Callable[[RunResult], object]  #: prints what was done
    level_log: LevelLog  #: where the update of levels is logged


def _run(tools: Tools, request: RunRequest, steps: Steps, is_last: IsLast) -> RunResult:
    end = run_and_deliver(tools.reopened(request.sources), request, steps, tools.progress, is_last)
    tools.show(end.result)
    if end.error is not None:
        raise end.error
    return end.result


def collect(tools: Tools, job: Collect, is_last: IsLast) -> RunResult:
    """Run, and deliver all but course reports."""
    request = RunRequest(terms=tools.terms(), sources=job.sources)
    return _run(tools, request, Steps(deliver_reports=False), is_last)


def run(tools: Tools, job: Run, is_last: IsLast) -> RunResult:
    """Run, and deliver."""
    request = RunRequest(terms=tools.terms(), category=job.category, course=job.course)
    return _run(tools, request, Steps(), is_last)


def deliver(tools: Tools, _job: Deliver, _is_last: IsLast) -> RunResult:
    """Deliver what is due by now."""
    result = RunResult(delivery=deliver_due(tools.parts, Occasion(now=now())))
    tools.show(result)
    return result


def export(tools: Tools, job: MakeExport, is_last: IsLast) -> RunResult:
    """Make the file of an export."""
    make_export(tools.parts, UUID(job.export_id), is_last)
    return RunResult()


def refresh(tools: Tools, _job: Refresh, _is_last: IsLast) -> RunResult:
    """Compute and publish what is out of date."""
    result = RunResult(refresh=refresh_results(tools.parts, tools.terms()))
    if result.refresh is not None and result.refresh.build_id is not None:
        tools.show(result)
    return result


def transform(tools: Tools, job: Transform, is_last: IsLast) -> RunResult:
    """Move user properties, and store in their report how it ended."""
    database = tools.parts.database
    report_id = job.report_id or ask_transform(database, job.source, "schedule")
    try:
        transform_properties(database, tools.parts.mappings(), report_id)
    except GradelineError as error:
        if is_last(error):
            fail_transform(database, report_id, error)
        raise
    return RunResult()


def backup(tools: Tools, _job: Backup, _is_last: IsLast) -> RunResult:
    """Make a backup; what is wrong with it is told by the next delivery."""
    with tools.progress("backing up") as watch:
        made = back_up(origin_of(tools.parts), watch)
    return RunResult(ended_by=made.note.problem or "")


def bot_backup(tools: Tools, _job: BotBackup, _is_last: IsLast) -> RunResult:
    """Write the day's backup of the bot's tables."""
    backup_of_the_day(tools.parts.database, tools.parts.spool.parent, tools.terms().timezone)
    return RunResult()


def levels(tools: Tools, _job: Levels, _is_last: IsLast) -> RunResult:
    """Update the levels of the bot's learners."""
    update_levels(tools.parts.database, now(), tools.terms().timezone, tools.level_log)
    return RunResult()


Task: TypeAlias = Callable[[Tools, Any, IsLast], RunResult]

#: job → what is done for it
TASKS: Mapping[type[Job], Task] = {
    Collect: collect,
    Run: run,
    Deliver: deliver,
    Refresh: refresh,
    MakeExport: export,
    BotBackup: bot_backup,
    Transform: transform,
    Backup: backup,
    Levels: levels,
}
