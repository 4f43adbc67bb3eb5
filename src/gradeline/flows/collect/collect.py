"""Collect: bring slices that the ledger does not have yet from a source to lake and warehouse.

The order of writing makes a kill harmless: raw bytes first, then `landed` in the ledger; facts
first, then rows and ledger in one transaction. An object that no row names does no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from gradeline.base.clock import now
from gradeline.base.errors import (
    DiskFull,
    SourceError,
    SourceRefused,
    SourceUnavailable,
)
from gradeline.flows.collect.fetch import fetch_slices, is_disk_full, loaded_raws
from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.flows.collect.settle import settle
from gradeline.flows.own_errors import own_errors
from gradeline.flows.parts import Parts
from gradeline.records.slices import Slice
from gradeline.sources.source import Fetch, Plan, PlanRequest, ReusesLoadedRaws, Source
from gradeline.warehouse import Connection
from gradeline.warehouse.slices import claims, ledger
from gradeline.warehouse.slices.entry import Entry
from gradeline.warehouse.slices.watermarks import watermarks

#: A source that is unavailable for so many slices in a row is left alone until the next run.
UNAVAILABLE_IN_A_ROW = 3

Watch = Callable[[int, int, Slice], None]  #: called with (done, of, the slice just ended)


def collect(source: Source, request: PlanRequest, parts: Parts, watch: Watch) -> CollectOutcome:
    """Collect every slice of a source that is new or changed, sharing the work with other runs.

    Slices that cannot be read are marked failed or held and named in the outcome; the others go
    on, unless the source refuses our key or is unavailable again and again: then the rest is left
    for the next run.

    Raises:
        DiskFull, WarehouseError: the run cannot go on; what is settled stays settled.
        SourceError: the source as a whole cannot be read; nothing was changed.
    """
    with parts.database.connect() as connection:
        plan = make_plan(source, complete_request(request, source, connection), parts)
        planned = {slice_.slice: slice_ for slice_ in plan.slices}
        work = ledger.plan(connection, planned.values())
        if not source.lists_all and not request.backfill:
            work += _find_landed(source, planned, connection)
        gone = ledger.mark_gone(connection, source.name, planned) if source.lists_all else []
    outcome = _settle_all(work, source, plan.fetch, parts, watch)
    slices = len({*planned, *(entry.slice for entry in work)})
    return replace(outcome, slices=slices, gone=tuple(entry.slice for entry in gone))


def collect_from_lake(source: Source, parts: Parts, watch: Watch) -> CollectOutcome:
    """Collect as `collect` does, but only what is in the lake: asks the source for nothing."""
    with parts.database.connect() as connection:
        work = _find_landed(source, (), connection)
    return replace(_settle_all(work, source, None, parts, watch), slices=len(work))


def complete_request(request: PlanRequest, source: Source, connection: Connection) -> PlanRequest:
    """Return the request with the watermarks of the ledger and the instant of the clock."""
    marks = watermarks(connection, source.name)
    return replace(request, now=request.now or now(), watermarks=marks)


def make_plan(source: Source, request: PlanRequest, parts: Parts) -> Plan:
    """Plan a source; whatever goes wrong in it ends this source and no other.

    Raises:
        SourceError: the source as a whole cannot be read.
        DiskFull: the disk is full.
    """
    try:
        with own_errors(source.name):
            if isinstance(source, ReusesLoadedRaws):
                return source.plan_reusing(request, loaded_raws(parts.database, parts.lake))
            return source.plan(request)
    except OSError as error:
        if is_disk_full(error):
            raise DiskFull(
                f"{source.name} could not be planned: the disk of {parts.spool} is full.",
                hint="Free space there or set GRADELINE_HOME to another disk, then run again.",
            ) from error
        raise SourceError(
            f"{error.filename or 'A file'}: {error.strerror or error}.",
            hint="Check that the user who runs Gradeline may read it, then run again.",
        ) from error


def _find_landed(source: Source, planned: Container[Slice], connection: Connection) -> list[Entry]:
    """Find slices outside of the planned windows that wait and have their raw bytes in the lake.

    So any run loads a slice of a backfill that a person released, or wants to have read again.
    """
    waiting = ledger.read_entries(connection, source=source.name, states=ledger.WORK)
    landed = [entry for entry in waiting if entry.usable_raws and entry.slice not in planned]
    # What was fetched for people alone is of no stream that a run reads.
    return [entry for entry in landed if entry.slice.stream in source.streams]


def _settle_all(
    work: list[Entry], source: Source, fetch: Fetch | None, parts: Parts, watch: Watch
) -> CollectOutcome:
    total, ended, unavailable = CollectOutcome(), 0, 0
    with (
        parts.database.connect(autocommit=True) as claiming,
        claims.share_lake(claiming),
        closing(fetch_slices(work, source, fetch, parts, claiming)) as results,
        _stop_on_error(source),
    ):
        for result in results:
            ended += 1
            total = total.add(settle(result, source, parts))
            watch(ended, len(work), result.entry.slice)
            unavailable = unavailable + 1 if isinstance(result.error, SourceUnavailable) else 0
            if isinstance(result.error, SourceRefused) or unavailable >= UNAVAILABLE_IN_A_ROW:
                break
    return replace(total, left=len(work) - ended)


@contextmanager
def _stop_on_error(source: Source) -> Iterator[None]:
    """End fetches under way, instead of waiting for them, when the run cannot go on."""
    try:
        yield
    except BaseException:
        source.stop()
        raise
