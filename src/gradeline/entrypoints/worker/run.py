"""Run a worker: schedules, what is due to recipients, and jobs that wait."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from gradeline.base.errors import JobLost, WarehouseUnavailable
from gradeline.entrypoints.worker.clock import (
    put_deliveries,
    put_exports,
    put_refresh,
    put_schedules,
    put_transforms,
)
from gradeline.entrypoints.worker.loop import Chore, do_chores
from gradeline.entrypoints.worker.pulse import beating
from gradeline.entrypoints.worker.work import Desk, work_once
from gradeline.jobs.names import Collect, MakeExport, Refresh
from gradeline.warehouse import Connection, Database
from gradeline.warehouse.operation import Interval

#: Part of a worker → the queue whose jobs it does.
QUEUES = MappingProxyType(
    {"schedules": Collect.queue, "stats": Refresh.queue, "exports": MakeExport.queue}
)

_log = logging.getLogger(__name__)

#: Seconds between two looks at schedules and the queue; at whether results are to be computed; at
#: what is due to recipients.
_LOOK_S, _REFRESH_S, _DELIVER_S = 1.0, 2.0, 60.0
#: Seconds between two looks for old jobs; so long those that failed are kept.
_CLEAN_S, _KEPT = 3600.0, timedelta(days=30)
#: Seconds until a worker whose server is away tries to join again.
_REJOIN_S = 5.0


@dataclass(frozen=True, kw_only=True)
class Upkeep:
    """What a worker does without being asked by a job."""

    refresh: Interval  #: how often results are computed again
    more: Sequence[Chore] = ()


def run_worker(database: Database, desk: Desk, upkeep: Upkeep) -> None:
    """Work until the process is told to stop; a server that is away for a while ends nothing.

    Args:
        database: where schedules and jobs are.
        desk: the queue, and what is done with a job.
        upkeep: what else this worker does between jobs.

    Raises:
        WarehouseError: the database cannot be used.
        KeyboardInterrupt: the process was told to stop at once.
    """
    while not desk.stop.told:
        try:
            with database.connect(autocommit=True) as connection:
                _work(database, connection, desk, upkeep)
        except (WarehouseUnavailable, JobLost) as error:
            _log.warning("the worker joins again in %g seconds: %s", _REJOIN_S, error)
            desk.stop.wait(_REJOIN_S)


def _work(database: Database, connection: Connection, desk: Desk, upkeep: Upkeep) -> None:
    worker_id = desk.queue.join(connection)
    with beating(database, desk.queue, worker_id):
        try:
            chores = [*_chores(connection, desk, worker_id, upkeep), *upkeep.more]
            do_chores(chores, desk.stop)
        finally:
            desk.queue.leave(connection, worker_id)


def _chores(connection: Connection, desk: Desk, worker_id: int, upkeep: Upkeep) -> Iterator[Chore]:
    """Yield what a worker does for the queues that it takes jobs of, the more urgent first."""

    def look() -> bool:
        if _takes(desk, "schedules"):
            put_schedules(connection, desk.queue, desk.clock())
            put_transforms(connection, desk.queue)
        if _takes(desk, "exports"):
            put_exports(connection, desk.queue, desk.clock())
        return work_once(connection, desk, worker_id)

    def see_recipients() -> bool:
        put_deliveries(connection, desk.queue, desk.clock())
        return False

    def see_results() -> bool:
        put_refresh(connection, desk.queue, upkeep.refresh, desk.clock())
        return False

    def clean() -> bool:
        desk.queue.clean(connection, _KEPT)
        return False

    if _takes(desk, "schedules"):
        yield Chore(every_s=_DELIVER_S, do=see_recipients)
    if _takes(desk, "stats"):
        yield Chore(every_s=_REFRESH_S, do=see_results)
    yield Chore(every_s=_CLEAN_S, do=clean)
    yield Chore(every_s=_LOOK_S, do=look)


def _takes(desk: Desk, part: str) -> bool:
    return desk.queues is None or QUEUES[part] in desk.queues
