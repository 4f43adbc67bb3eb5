"""`gradeline worker`: work that goes on by itself as long as the process lives."""

from __future__ import annotations

import logging
import sys
import uuid
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from gradeline.base.clock import now
from gradeline.base.errors import LakeError, WrongUse
from gradeline.base.logs import log_ids
from gradeline.entrypoints.cli.context import (
    no_school,
    open_run,
    refuse_bucket,
    screen_of,
    settings_of,
)
from gradeline.entrypoints.cli.run_result import print_result
from gradeline.entrypoints.cli.screen import Screen
from gradeline.entrypoints.worker.loop import Chore, Stop, do_chores
from gradeline.flows.follow import PollResult, poll_once
from gradeline.flows.schedules import sync_schedules
from gradeline.settings import Settings
from gradeline.sources.source import FollowsChanges
from gradeline.warehouse.operation import Interval
from gradeline.wiring.home import limits_of, logs_of
from gradeline.wiring.run import reopen_sources, sync_new_courses, terms_of
from gradeline.wiring.schedules import schedules_of

if TYPE_CHECKING:
    from gradeline.entrypoints.worker.work import DoJob
    from gradeline.flows.parts import Parts


_log = logging.getLogger(__name__)

#: Seconds between two looks for files and rows whose time is over.
_EXPIRE_S = 600.0
#: Seconds between two looks for files that somebody is to be told of.
_NOTICES_S = 5.0
#: Seconds between two looks for figures that are out of date, and for missing backups.
_STALE_S = 300.0
#: Seconds between looks for learners who asked the bot to erase them.
_ERASE_S = 60.0


class Part(StrEnum):
    """What a worker can do."""

    COLLECT = "collect"  #: poll LearnWorlds
    SCHEDULES = "schedules"  #: run schedules, deliver
    STATS = "stats"  #: compute results again by REPORTING_WORKER_INTERVAL_SECS
    EXPORTS = "exports"  #: make the files that people ask for, and delete old ones


def worker(
    context: typer.Context,
    only: Annotated[
        list[Part] | None,
        typer.Option(
            help="Only this part: collect polls LearnWorlds; stats computes results again every"
            " REPORTING_WORKER_INTERVAL_SECS; exports makes the files that people ask for;"
            " schedules does the rest."
        ),
    ] = None,
    with_parent: Annotated[
        bool, typer.Option("--with-parent", hidden=True, help="Stop when standard input closes.")
    ] = False,
) -> int:
    """Run schedules, deliver in time, keep results up to date, and poll LearnWorlds.

    It works until it is stopped. SIGTERM lets it finish its job first, Ctrl-C does not. Several
    workers share the work.
    """
    settings, screen = settings_of(context), screen_of(context)
    refuse_bucket(settings, "A worker")
    chosen = set(only or Part)
    if settings.learnworlds_poll_secs is None:
        if chosen == {Part.COLLECT}:
            raise WrongUse(
                "The worker has nothing to do.",
                hint="Set LEARNWORLDS_POLL_SECS and the settings of LearnWorlds.",
            )
        chosen.discard(Part.COLLECT)
    stop = Stop()
    with suppress(KeyboardInterrupt), stop.listening():
        if with_parent:
            stop.when_closed(sys.stdin.buffer)
        _work(settings, screen, stop, chosen)
    screen.say("Stopped. Finished work is saved. The next worker continues.")
    return 0


def _work(settings: Settings, screen: Screen, stop: Stop, chosen: set[Part]) -> None:
    """Work until stopped."""
    with open_run(settings, screen) as parts, ExitStack() as held:
        chores: list[Chore] = []
        if Part.COLLECT in chosen:
            alone = chosen == {Part.COLLECT}
            chores += _following(settings, parts, screen, held, alone=alone)
        if chosen <= {Part.COLLECT}:
            do_chores(chores, stop)
            return
        if Part.SCHEDULES in chosen:
            _sync_schedules(settings, parts, screen)
        if Part.STATS in chosen:
            every_s = settings.reporting_worker_interval_secs
            screen.say(f"Keeping results up to date, every {every_s} seconds.")
        _do_jobs(settings, parts, screen, _Choice(parts=chosen, stop=stop, chores=chores))


@dataclass(frozen=True, kw_only=True)
class _Choice:
    """What a worker was told to do."""

    parts: Collection[Part]
    stop: Stop
    chores: Sequence[Chore]  #: between jobs


def _sync_schedules(settings: Settings, parts: Parts, screen: Screen) -> None:
    with parts.database.connect() as connection:
        sync_schedules(connection, schedules_of(settings), settings.school_timezone, now())
    screen.say("Running schedules; `gradeline schedules ls` lists them.")


def _do_jobs(settings: Settings, parts: Parts, screen: Screen, choice: _Choice) -> None:
    """Do the jobs of the chosen parts until stopped."""
    from gradeline.entrypoints.worker.run import QUEUES, Upkeep, run_worker  # brings procrastinate
    from gradeline.entrypoints.worker.work import Desk  # as above
    from gradeline.jobs.postgres import PostgresQueue  # as above

    desk = Desk(
        queue=PostgresQueue(),
        do=_doing(settings, parts, screen),
        clock=now,
        stop=choice.stop,
        queues=[QUEUES[part.value] for part in choice.parts if part.value in QUEUES],
    )
    interval = Interval(
        every=timedelta(seconds=settings.reporting_worker_interval_secs),
        live=settings.reporting_enable_live_updates,
    )
    chores = list(choice.chores)
    if Part.EXPORTS in choice.parts:
        chores.append(Chore(every_s=_EXPIRE_S, do=lambda: _expire(parts)))
        chores.append(Chore(every_s=_NOTICES_S, do=lambda: _notify(parts)))
    if Part.SCHEDULES in choice.parts:
        chores.append(Chore(every_s=_STALE_S, do=lambda: _warn(parts)))
        chores.append(Chore(every_s=_ERASE_S, do=lambda: _erase_who_left(parts, settings, screen)))
    run_worker(parts.database, desk, Upkeep(refresh=interval, more=chores))


def _erase_who_left(parts: Parts, settings: Settings, screen: Screen) -> bool:
    """Erase one learner who asked the bot to; True: there may be another one."""
    from gradeline.flows.learners.leave import erase_one_who_left  # as above

    terms = terms_of(settings, None)
    return erase_one_who_left(parts, terms, screen.progress, screen.say)


def _warn(parts: Parts) -> bool:
    """Tell of old figures and missing backups; False: the next look is after the interval."""
    from gradeline.flows.deliver.backups import warn_of_backups  # as above
    from gradeline.flows.deliver.stale import warn_of_stale_figures  # as above

    warn_of_stale_figures(parts, now())
    warn_of_backups(parts, now())
    return False


def _notify(parts: Parts) -> bool:
    """Tell people that their files are ready; False: the next look is after the interval."""
    from gradeline.flows.exports.notify import send_notices  # as above

    send_notices(parts, now())
    return False


def _expire(parts: Parts) -> bool:
    """Delete files and rows whose time is over; False: the next look is after the interval."""
    from gradeline.flows.exports.expire import expire_exports  # as above

    try:
        expire_exports(parts, now())
    except LakeError as error:
        _log.warning("files of exports could not be deleted now: %s", error)
    return False


def _doing(settings: Settings, parts: Parts, screen: Screen) -> DoJob:
    """Return what does a job and returns its problems."""
    from gradeline.entrypoints.worker.tasks import TASKS, Tools  # brings what flows need
    from gradeline.flows.vocabulary.levels import LevelLog  # as above

    tools = Tools(
        parts=parts,
        reopened=lambda names: sync_new_courses(reopen_sources(parts, settings), settings, names),
        terms=lambda: terms_of(settings, None),
        progress=screen.progress,
        show=lambda result: print_result(result, screen),
        level_log=LevelLog(folder=logs_of(settings), keep_days=settings.log_retention_days),
    )
    return lambda job, is_last: TASKS[type(job)](tools, job, is_last).problems


def _following(
    settings: Settings, parts: Parts, screen: Screen, held: ExitStack, *, alone: bool
) -> Sequence[Chore]:
    """Return the chore of polling; none where another worker of this home polls already.

    Raises:
        WrongUse: no school is set; or, where there is nothing else to do (`alone`), another
            worker polls it.
    """
    schools = [one for one in parts.sources.values() if isinstance(one, FollowsChanges)]
    if not schools:
        raise no_school()
    source, every_s = schools[0], _interval_s(settings)
    checkpoints = source.checkpoint_file(limits_of(settings))
    try:
        held.enter_context(checkpoints.locked())
    except WrongUse as error:
        if alone:
            raise
        screen.say(f"{error.what} This one runs schedules.")
        return ()
    screen.say(f"Following LearnWorlds, every {every_s:g} seconds.")

    def poll() -> PollResult:
        terms = terms_of(settings, None)
        return poll_once(parts, source, checkpoints, terms, screen.progress)

    return (Chore(every_s=every_s, do=lambda: _poll(poll, screen)),)


def _interval_s(settings: Settings) -> float:
    return float((settings.learnworlds_poll_secs or 0) / settings.sandbox_speed)


def _poll(poll: Callable[[], PollResult], screen: Screen) -> bool:
    """Poll once and print what it found; False: the next poll is after the interval."""
    with log_ids(run=uuid.uuid4().hex[:8]):
        result = poll()
        if result.unreachable:
            screen.say(f"Could not read recent changes from LearnWorlds: {result.unreachable}")
        if result.run is not None:
            print_result(result.run, screen)
    return False
