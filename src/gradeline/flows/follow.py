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
from gradeline.sources.learnworlds.changes import Touched
from gradeline.sources.learnworlds.checkpoint import Look, Looks
from gradeline.sources.learnworlds.source import LearnWorldsSource

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
    parts: Parts, source: LearnWorldsSource, looks: Looks, terms: Terms, progress: Progress
) -> PollResult:
    """Collect, count and write reports of the courses that changed since the last poll.

    The first poll of a home collects every course. The checkpoint moves only once all that a
    poll found is collected, so a poll that is killed is repeated and nothing is lost.

    Raises:
        LakeError, WarehouseError, DiskFull, EngineError, ReportError: what is settled stays.
    """
    try:
        found = _find_changes(source, looks.last())
    except SourceError as error:
        _log.warning("LearnWorlds does not tell what happened: %s", error)
        return PollResult(courses=frozenset(), unreachable=str(error))
    if found.courses is not None and not found.courses:
        _log.info("looked at LearnWorlds: nothing happened")
        looks.keep(found.next)
        return PollResult(courses=frozenset())
    _log.info("looked at LearnWorlds: %s", _summary(found))
    request = RunRequest(terms=terms, sources=(source.name,), courses=found.courses)
    result = run_all(parts, request, Steps(deliver=False), progress)
    if _is_complete(result):
        looks.keep(found.next)
    return PollResult(courses=found.courses, run=result)


def _find_changes(source: LearnWorldsSource, last: Look | None) -> Touched:
    if last is None:
        return Touched(courses=None, next=Look(since=now() - _CLOCK_DIFFERENCE))
    return source.touched(last)


def _summary(found: Touched) -> str:
    if found.courses is None:
        return "every course is brought"
    return f"touched are {', '.join(sorted(found.courses))}"


def _is_complete(result: RunResult) -> bool:
    """Whether everything that was asked for came; what is held waits for a person."""
    return not any(each.failed or each.unread or each.left for _, each in result.collected)
