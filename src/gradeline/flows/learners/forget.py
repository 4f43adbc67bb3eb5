"""Forget a learner: all that is kept of them goes, everywhere, and does not come in again.

1. Objects without the learner are written into the lake, beside those with them.
2. One transaction changes the database and remembers who must not come in again (erase_rows).
3. The old objects are deleted, what people read is written again, and the list beside the backups
   learns of it.

A kill before the transaction has changed nothing. After a kill behind it a rerun finds in the
table `forgetting` what is left to do.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

from gradeline.base.errors import ReportError, WrongUse
from gradeline.base.plurals import count
from gradeline.flows.backups.forgotten_list import keep_forgotten_now
from gradeline.flows.learners.erase_rows import erase_rows
from gradeline.flows.learners.find_traces import Traces, find_traces
from gradeline.flows.learners.identity import Person
from gradeline.flows.parts import Parts
from gradeline.flows.refresh.refresh import refresh
from gradeline.flows.report import raw_json, write
from gradeline.flows.report.raw_json import write_raw_json
from gradeline.flows.report.report import report
from gradeline.flows.run import Progress
from gradeline.flows.upkeep.sweep import delete_unnamed, sweep_spool
from gradeline.lake import Lake
from gradeline.metrics import Terms
from gradeline.warehouse import Connection, results
from gradeline.warehouse.learners import forgotten
from gradeline.warehouse.results import documents
from gradeline.warehouse.slices import claims

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class ForgetResult:
    """What forgetting a learner did."""

    traces: Traces
    already: bool = False  #: forgotten before: only what was left to do was done
    objects: int = 0  #: objects deleted
    documents: tuple[str, ...] = ()  #: keys of the documents that were written again


def forget(
    parts: Parts, learner: str, terms: Terms, progress: Progress, say: Callable[[str], None]
) -> ForgetResult:
    """Forget a learner; what an earlier, killed call has left to do is done too.

    Args:
        parts: the wired Gradeline.
        learner: the id that all sources share, or `source:id`.
        terms: what the numbers that are computed again depend on.
        progress: shows how far each step is.
        say: called with a message when there is something to wait for.

    Raises:
        WrongUse: no learner of that id is known, nor was.
        LakeError, WarehouseError, DiskFull, EngineError, ReportError: run again; it goes on.
    """
    with (
        parts.database.connect(autocommit=True) as connection,
        claims.lock_lake(connection, say),
    ):
        traces, already = _find(parts, connection, learner, progress)
        if not already:
            erase_rows(parts, traces)
        parts.save()  # no ledger may name what is deleted
        objects = _delete_objects(parts, connection)
    written = _write_documents(parts, terms, progress)
    keep_forgotten_now(parts.database, parts.backups)
    _log.info("a learner was forgotten: %d slices rewritten", len(traces.slices))
    return ForgetResult(traces=traces, already=already, objects=objects, documents=tuple(written))


def _find(
    parts: Parts, connection: Connection, learner: str, progress: Progress
) -> tuple[Traces, bool]:
    """Find all that is kept of the learner; True = nothing is, since they were forgotten."""
    try:
        return find_traces(parts, learner, progress, write=True), False
    except WrongUse:
        if not _is_forgotten(connection, learner):
            raise
        return Traces(person=Person(learner_id=learner, ids={}, emails=frozenset())), True


def _is_forgotten(connection: Connection, learner: str) -> bool:
    if forgotten.forgotten_learners(connection, forgotten.SHARED).includes(learner):
        return True
    return any(
        learner.startswith(f"{source}:")
        and forgotten.forgotten_learners(connection, source).includes(learner[len(source) + 1 :])
        for source in forgotten.sources(connection)
    )


def _delete_objects(parts: Parts, connection: Connection) -> int:
    """Delete at once the objects that nothing names any more; return how many."""
    deleted = 0
    for source in forgotten.pending(connection, "objects"):
        deleted += delete_unnamed(parts.database, parts.lake, source)
        forgotten.mark_done(connection, "objects", source)
    sweep_spool(parts.spool, older_than_s=0)  # they may hold text files with the learner
    return deleted


def _write_documents(parts: Parts, terms: Terms, progress: Progress) -> Sequence[str]:
    """Compute and write again what named the person; return the keys that were written.

    Raises:
        ReportError: something could not be written, and still names the person; run again.
    """
    raw = write_raw_json(parts)
    failed = list(raw.failed)
    if not failed:
        raw_json.delete_others(parts.lake, raw.current)
    with progress("counting") as watch:
        refreshed = refresh(parts, terms)
        watch(1, 1, count(len(refreshed.courses), "course"))
    with parts.database.connect(autocommit=True) as connection:
        due = forgotten.pending(connection, "documents")
        published = results.course_ids(connection)
        with progress("writing reports") as watch:
            affected = [course_id for course_id in published if course_id in due]
            reports = [
                report(affected, parts, terms, watch, full=True),
                report(published, parts, terms, watch),
            ]
        failed += [failure for made in reports for failure in made.failed]
        written = {path for made in reports for path in made.written}
        for course_id in _keep_only(parts.lake, connection, due, written):
            forgotten.mark_done(connection, "documents", course_id)
    if failed:
        raise ReportError(
            f"{failed[0].what} may still name the person: {failed[0].reason}",
            hint="Fix this and run the same command again; it goes on.",
        )
    return [path for made in reports for path in made.written]


def _keep_only(
    lake: Lake, connection: Connection, due: Sequence[str], written: Set[str]
) -> Sequence[str]:
    """Delete every document of a course that may name the person; return the courses that are done.

    What stays was written now, or belongs to a course of others and is the one of today: not in
    another language, and of no course that was renamed or removed.
    """
    recorded = documents.read_documents(connection)
    touched = {place: made for place, made in recorded.items() if place[0] in due}
    old = {place for place, made in touched.items() if set(made.paths) - written}
    keep = {path for place, made in recorded.items() if place not in old for path in made.paths}
    write.delete_others(lake, keep | written)
    return [name for name in due if name not in {course_id for course_id, _ in old}]
