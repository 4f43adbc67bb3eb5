"""Follow: poll LearnWorlds for changes and collect only the courses that changed."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from gradeline.base.clock import now
from gradeline.base.errors import SourceError
from gradeline.flows.parts import Parts
from gradeline.flows.run import Progress, RunRequest, RunResult, Steps, run_all
from gradeline.metrics import Terms
from gradeline.sources.checkpoint import Checkpoint, CheckpointFile
from gradeline.sources.source import CourseChanges, FollowsChanges
from gradeline.warehouse.course_links import read_course_links

_log = logging.getLogger(__name__)

#: The school's clock may be behind ours by so much when it is followed for the first time.
_CLOCK_DIFFERENCE = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class PollResult:
    """What one poll found and did."""

    courses: frozenset[str] | None  #: courses that were collected; None = all of them
    run: RunResult | None = None  #: what collecting them did; None = nothing had changed
    unreachable: str = ""  #: why the school did not answer; empty = it did


def poll_once(
    parts: Parts, source: FollowsChanges, stored: CheckpointFile, terms: Terms, progress: Progress
) -> PollResult:
    """Collect, count and write reports of the courses that changed since the last poll.

    The first poll of a home collects every course. The checkpoint moves only once all that a
    poll found is collected, so a poll that is killed is repeated and nothing is lost.

    Raises:
        LakeError, WarehouseError, DiskFull, EngineError, ReportError: what is settled stays.
    """
    try:
        changes = _find_changes(source, stored.read())
    except SourceError as error:
        _log.warning("LearnWorlds does not tell what happened: %s", error)
        return PollResult(courses=frozenset(), unreachable=str(error))
    if changes.courses is not None and not changes.courses:
        _log.info("looked at LearnWorlds: nothing happened")
        stored.write(changes.checkpoint)
        return PollResult(courses=frozenset())
    _log.info("looked at LearnWorlds: %s", _summary(changes))
    courses = _joined(parts, source.name, changes)
    request = RunRequest(terms=terms, sources=(source.name,), courses=courses)
    result = run_all(parts, request, Steps(deliver=False), progress)
    if _is_complete(result):
        stored.write(changes.checkpoint)
    return PollResult(courses=changes.courses, run=result)


def _find_changes(source: FollowsChanges, last: Checkpoint | None) -> CourseChanges:
    if last is None:
        first = Checkpoint(since=now() - _CLOCK_DIFFERENCE)
        return CourseChanges(courses=None, checkpoint=first)
    return source.find_changes(last)


def _joined(parts: Parts, source: str, changes: CourseChanges) -> frozenset[str] | None:
    """Return the courses whose figures the changes touch; None = all."""
    if changes.courses is None:
        return None
    with parts.database.connect() as connection:
        return frozenset(read_course_links(connection).join_all(source, changes.courses))


def _summary(changes: CourseChanges) -> str:
    if changes.courses is None:
        return "every course is brought"
    return f"touched are {', '.join(sorted(changes.courses))}"


def _is_complete(result: RunResult) -> bool:
    """Whether everything that was asked for came; what is held waits for a person."""
    outcomes = [outcome for _, outcome in result.collected]
    return not any(outcome.failed or outcome.unread or outcome.left for outcome in outcomes)
