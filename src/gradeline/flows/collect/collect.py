"""Collect: slices that the ledger does not have yet go from a source to lake and warehouse.

Order is what makes a kill harmless: raw bytes first, then the ledger says `landed`; facts
first, then rows and ledger in one transaction. An object that no row names does no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from gradeline.base.clock import now
from gradeline.base.errors import SourceError, SourceRefused, SourceUnavailable
from gradeline.flows.collect.fetch import fetch_slices, loaded_raws
from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.flows.collect.settle import settle
from gradeline.flows.parts import Parts
from gradeline.records.slices import Slice
from gradeline.sources.source import Fetch, Plan, PlanRequest, ReusesLoadedRaws, Source
from gradeline.warehouse import Connection
from gradeline.warehouse.slices import claims, ledger
from gradeline.warehouse.slices.entry import Entry
from gradeline.warehouse.slices.watermarks import watermarks

#: A source that is away for so many slices in a row is left alone until the next run.
AWAY_IN_A_ROW = 3

Watch = Callable[[int, int, Slice], None]  #: called with (done, of, the slice just ended)


def collect(source: Source, request: PlanRequest, parts: Parts, watch: Watch) -> CollectOutcome:
    """Bring every slice of a source that is new or changed to its end, sharing the work.

    Slices that cannot be read are marked failed or held and named; the others go on, unless the
    source refuses our key or is away again and again: then the rest is left for the next run.

    Raises:
        DiskFull, WarehouseError: the run cannot go on; what is settled stays settled.
        SourceError: the source as a whole cannot be read; nothing was changed.
    """
    with parts.database.connect() as connection:
        plan = _plan(source, complete_request(request, source, connection), parts)
        planned = {each.slice: each for each in plan.slices}
        work = ledger.plan(connection, planned.values())
        if not source.lists_all and not request.backfill:
            work += _at_hand(source, planned, connection)
        gone = ledger.mark_gone(connection, source.name, planned) if source.lists_all else []
    slices = len({*planned, *(entry.slice for entry in work)})
    total = CollectOutcome(slices=slices, gone=tuple(each.slice for each in gone))
    return _worked_through(work, total, source, plan.fetch, parts, watch)


def _plan(source: Source, request: PlanRequest, parts: Parts) -> Plan:
    if isinstance(source, ReusesLoadedRaws):
        return source.plan_reusing(request, loaded_raws(parts))
    return source.plan(request)


def collect_from_lake(source: Source, parts: Parts, watch: Watch) -> CollectOutcome:
    """As `collect`, what waits and has its raw bytes in the lake: asks the source for nothing."""
    with parts.database.connect() as connection:
        work = _at_hand(source, (), connection)
    return _worked_through(work, CollectOutcome(slices=len(work)), source, None, parts, watch)


def _worked_through(
    work: list[Entry],
    total: CollectOutcome,
    source: Source,
    fetch: Fetch | None,
    parts: Parts,
    watch: Watch,
) -> CollectOutcome:
    ended, patience = 0, _Patience()
    with (
        parts.database.connect(autocommit=True) as claiming,
        claims.share_lake(claiming),
        closing(fetch_slices(work, source, fetch, parts, claiming)) as arrivals,
        _stopping(source),
    ):
        for brought in arrivals:
            ended += 1
            total = total.add(settle(brought, source, parts))
            watch(ended, len(work), brought.entry.slice)
            if patience.ends(brought.error):
                break
    return replace(total, left=len(work) - ended)


@contextmanager
def _stopping(source: Source) -> Iterator[None]:
    """Where the run cannot go on, fetches under way are not waited for."""
    try:
        yield
    except BaseException:
        source.stop()
        raise


def _at_hand(source: Source, planned: Container[Slice], connection: Connection) -> list[Entry]:
    """What waits outside of the planned windows and asks nothing of the source: raws in the lake.

    So a backfill's slice that a person let pass, or has read anew, is loaded by any run.
    """
    waiting = ledger.read_entries(connection, source=source.name, states=ledger.WORK)
    return [each for each in waiting if each.usable_raws and each.slice not in planned]


def complete_request(request: PlanRequest, source: Source, connection: Connection) -> PlanRequest:
    """Return the request with the watermarks of the ledger and the instant of the clock."""
    marks = watermarks(connection, source.name)
    return replace(request, now=request.now or now(), watermarks=marks)


class _Patience:
    """When it is no use to ask a source for anything more in this run."""

    def __init__(self) -> None:
        self._away = 0

    def ends(self, error: SourceError | None) -> bool:
        """Whether the source refused our key, or was away for several slices in a row."""
        self._away = self._away + 1 if isinstance(error, SourceUnavailable) else 0
        return isinstance(error, SourceRefused) or self._away >= AWAY_IN_A_ROW
