"""Collect: slices that the ledger does not have yet go from a source to lake and warehouse.

Order is what makes a kill harmless: raw bytes first, then the ledger says `landed`; facts
first, then rows and ledger in one transaction. An object that no row names does no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from gradeline.base.clock import now
from gradeline.base.errors import SourceAway, SourceError, SourceRefused
from gradeline.flows.collect.fetch import earlier_of, fetch_slices
from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.flows.collect.settle import settle
from gradeline.flows.parts import Parts
from gradeline.records.slices import Slice
from gradeline.sources.source import Asked, Source
from gradeline.warehouse import Connection
from gradeline.warehouse.slices import claims, ledger
from gradeline.warehouse.slices.entry import Entry
from gradeline.warehouse.slices.watermarks import watermarks

#: A source that is away for so many slices in a row is left alone until the next run.
AWAY_IN_A_ROW = 3

Watch = Callable[[int, int, Slice], None]  #: called with (done, of, the slice just ended)


def collect(source: Source, asked: Asked, parts: Parts, watch: Watch) -> CollectOutcome:
    """Bring every slice of a source that is new or changed to its end, sharing the work.

    Slices that cannot be read are marked failed or held and named; the others go on, unless the
    source refuses our key or is away again and again: then the rest is left for the next run.

    Raises:
        NoRoom, WarehouseError: the run cannot go on; what is settled stays settled.
        SourceError: the source as a whole cannot be read; nothing was changed.
    """
    with parts.database.connect() as connection:
        asked = replace(complete_request(asked, source, connection), earlier=earlier_of(parts))
        planned = {each.slice: each for each in source.slices(asked)}
        work = ledger.plan(connection, planned.values())
        if not source.lists_all and not asked.backfill:
            work += _at_hand(source, planned, connection)
        gone = ledger.mark_gone(connection, source.name, planned) if source.lists_all else []
    slices = len({*planned, *(entry.slice for entry in work)})
    total = CollectOutcome(slices=slices, gone=tuple(each.slice for each in gone))
    return _worked_through(work, total, source, parts, watch)


def collect_from_lake(source: Source, parts: Parts, watch: Watch) -> CollectOutcome:
    """As `collect`, what waits and has its raw bytes in the lake: asks the source for nothing."""
    with parts.database.connect() as connection:
        work = _at_hand(source, (), connection)
    return _worked_through(work, CollectOutcome(slices=len(work)), source, parts, watch)


def _worked_through(
    work: list[Entry], total: CollectOutcome, source: Source, parts: Parts, watch: Watch
) -> CollectOutcome:
    ended, patience = 0, _Patience()
    with (
        parts.database.connect(autocommit=True) as claiming,
        claims.share_lake(claiming),
        closing(fetch_slices(work, source, parts, claiming)) as arrivals,
        _stopping(source),
    ):
        for brought in arrivals:
            ended += 1
            total = total.with_one_more(settle(brought, source, parts))
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


def complete_request(asked: Asked, source: Source, connection: Connection) -> Asked:
    """What a run asks for, with what the ledger and the clock know."""
    return replace(asked, now=asked.now or now(), watermarks=watermarks(connection, source.name))


class _Patience:
    """When it is no use to ask a source for anything more in this run."""

    def __init__(self) -> None:
        self._away = 0

    def ends(self, error: SourceError | None) -> bool:
        """Whether the source refused our key, or was away for several slices in a row."""
        self._away = self._away + 1 if isinstance(error, SourceAway) else 0
        return isinstance(error, SourceRefused) or self._away >= AWAY_IN_A_ROW
