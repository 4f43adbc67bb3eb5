"""Follow: look what happened at LearnWorlds since the last look, and bring only what it touched."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from gradeline.base.clock import now
from gradeline.base.errors import SourceError
from gradeline.flows.parts import Parts
from gradeline.flows.run import Progress, Ran, Steps, Wanted, run_all
from gradeline.metrics import Terms
from gradeline.sources.learnworlds.changes import Touched
from gradeline.sources.learnworlds.checkpoint import Look, Looks
from gradeline.sources.learnworlds.source import LearnWorldsSource

_log = logging.getLogger(__name__)

#: The school's clock may be behind ours by so much when it is followed for the first time.
_CLOCKS_DIFFER = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What a look came to."""

    courses: frozenset[str] | None  #: courses that were brought; null = all of them
    ran: Ran | None = None  #: what bringing them did; null = there was nothing to bring
    away: str = ""  #: why the school did not tell; empty = it did


def look(
    parts: Parts, source: LearnWorldsSource, looks: Looks, terms: Terms, progress: Progress
) -> Looked:
    """Collect, count and write reports of the courses that were touched since the last look.

    The first look of a home brings every course. A look that did not bring all it found is
    looked again: whoever is killed in one loses nothing.

    Raises:
        LakeError, WarehouseError, NoRoom, EngineError, ReportError: what is settled stays.
    """
    try:
        found = _found(source, looks.last())
    except SourceError as error:
        _log.warning("LearnWorlds does not tell what happened: %s", error)
        return Looked(courses=frozenset(), away=str(error))
    if found.courses is not None and not found.courses:
        _log.info("looked at LearnWorlds: nothing happened")
        looks.keep(found.next)
        return Looked(courses=frozenset())
    _log.info("looked at LearnWorlds: %s", _told(found))
    wanted = Wanted(terms=terms, sources=(source.name,), courses=found.courses)
    ran = run_all(parts, wanted, Steps(deliver=False), progress)
    if _is_whole(ran):
        looks.keep(found.next)
    return Looked(courses=found.courses, ran=ran)


def _found(source: LearnWorldsSource, last: Look | None) -> Touched:
    if last is None:
        return Touched(courses=None, next=Look(since=now() - _CLOCKS_DIFFER))
    return source.touched(last)


def _told(found: Touched) -> str:
    if found.courses is None:
        return "every course is brought"
    return f"touched are {', '.join(sorted(found.courses))}"


def _is_whole(ran: Ran) -> bool:
    """Whether everything that was looked for came; what is held waits for a person."""
    return not any(each.failed or each.unread or each.left for _, each in ran.collected)
