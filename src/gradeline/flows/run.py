"""Run: collect what is new, refresh what it touched, write the documents that follow."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

import pyarrow as pa

from gradeline.base.errors import SourceError, WrongUse
from gradeline.flows.collect.collect import collect, informed
from gradeline.flows.collect.outcome import Collected
from gradeline.flows.parts import Parts
from gradeline.flows.report.raw_json import write_people_raw
from gradeline.metrics import Terms
from gradeline.records.course_book import plain
from gradeline.records.slices import State
from gradeline.sources.source import PlanRequest
from gradeline.warehouse import results
from gradeline.warehouse.slices import ledger
from gradeline.warehouse.slices.entry import Entry

if TYPE_CHECKING:
    from gradeline.flows.refresh.refresh import Refreshed
    from gradeline.flows.report.report import Reported

_log = logging.getLogger(__name__)

#: Opens a progress bar: called with what is being done, gives (done, of, what) → None.
Progress = Callable[[str], AbstractContextManager[Callable[[int, int, object], None]]]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a run is asked for."""

    terms: Terms  #: what the numbers depend on
    sources: tuple[str, ...] = ()  #: names; none = all that settings name
    category: str | None = None  #: only courses of this category
    course: str | None = None  #: only this course: its own name or `category/course`
    courses: frozenset[str] | None = None  #: only these courses, by id; instead of both
    since: datetime | None = None  #: first instant to collect, UTC
    until: datetime | None = None  #: the instant after the last to collect, UTC
    full: bool = False  #: count and write everything anew


@dataclass(frozen=True, kw_only=True)
class Steps:
    """Which steps a run takes."""

    collect: bool = True
    analyse: bool = True
    deliver: bool = True


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What a run did."""

    collected: tuple[tuple[str, Collected], ...] = ()  #: by source name
    refreshed: Refreshed | None = None
    reported: Reported | None = None

    @property
    def failed(self) -> bool:
        """Whether a slice failed or is held, or a source could not be read."""
        return any(each.failed or each.held or each.unread for _, each in self.collected)


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """What a run would do."""

    slices: tuple[Entry, ...]  #: those with work, in the order of work
    settled: int  #: slices with nothing to do


def run_all(parts: Parts, wanted: Wanted, steps: Steps, progress: Progress) -> Ran:
    """Take the steps in order; each does only what is not done already, unless `full`.

    Raises:
        WrongUse: a source or course of that name does not exist.
        SourceError, LakeError, WarehouseError, NoRoom: as the steps say; what is done stays.
    """
    ran = Ran()
    if steps.collect:
        ran = replace(ran, collected=tuple(_collected(parts, wanted, progress)))
        write_people_raw(parts)
        _give_back()
    if steps.analyse:
        ran = _analysed(ran, parts, wanted, progress)
    return ran


def _analysed(ran: Ran, parts: Parts, wanted: Wanted, progress: Progress) -> Ran:
    """The same run with its courses counted and their documents written."""
    # They bring Ibis and what draws documents, 90 MB that collecting does without.
    from gradeline.flows.refresh.refresh import refresh
    from gradeline.flows.report.report import report  # as above

    course_ids = courses_of(parts, wanted)
    with progress("counting") as watch:
        refreshed = refresh(parts, wanted.terms, courses=course_ids, full=wanted.full)
        watch(1, 1, f"{len(refreshed.courses)} courses")
    _give_back()
    with progress("writing reports") as watch:
        known = _counted(parts, course_ids)
        reported = report(known, parts, wanted.terms, watch, anew=wanted.full)
    return replace(ran, refreshed=refreshed, reported=reported)


def _give_back() -> None:
    """Let the system have the memory that a step is done with.

    Else the C library keeps it beside what the next step takes: 70 MB after a whole refresh.
    """
    pa.default_memory_pool().release_unused()


def foresee(parts: Parts, wanted: Wanted) -> Iterator[tuple[str, Foreseen]]:
    """For each source what a run would do; changes nothing."""
    for name in _names(parts, wanted):
        source = parts.sources[name]
        with parts.database.connect() as connection:
            planned = list(source.slices(informed(_asked(parts, wanted), source, connection)))
            work = ledger.plan(connection, planned)
            connection.rollback()
        yield name, Foreseen(slices=tuple(work), settled=len(planned) - len(work))


def courses_of(parts: Parts, wanted: Wanted) -> frozenset[str] | None:
    """The courses that `--category` and `--course` name, spelled as in the data; null = all.

    Raises:
        WrongUse: no facts name such a course.
    """
    if wanted.courses is not None:
        return wanted.courses
    if wanted.category is None and wanted.course is None:
        return None
    known = _known_courses(parts)
    chosen = frozenset(each for each in known if _named(each, wanted))
    if not chosen:
        asked = "/".join(filter(None, (wanted.category, wanted.course)))
        raise WrongUse(
            f"No course is called {asked}.",
            hint=f"Known are {', '.join(sorted(known)[:20]) or 'none yet'}.",
        )
    return chosen


def _known_courses(parts: Parts) -> frozenset[str]:
    with parts.database.connect() as connection:
        facts = ledger.snapshot(connection)
    return frozenset(course for each in facts for course in each.courses or ())


def _asked(parts: Parts, wanted: Wanted) -> PlanRequest:
    """What sources are asked for; courses that nobody knows yet leave nothing out."""
    asked = PlanRequest(since=wanted.since, until=wanted.until, courses=wanted.courses)
    if wanted.category is None and wanted.course is None:
        return asked
    written = {each.course_id for each in parts.choices.book.courses}
    named = {each for each in _known_courses(parts) | written if _named(each, wanted)}
    return replace(asked, courses=frozenset(named) or None)


def _named(course_id: str, wanted: Wanted) -> bool:
    category, _, course = plain(course_id).partition("/")
    if wanted.category is not None and plain(wanted.category) != category:
        return False
    return wanted.course is None or plain(wanted.course) in (course, f"{category}/{course}")


def _names(parts: Parts, wanted: Wanted) -> Sequence[str]:
    """The names of the sources to read, those that were named first checked."""
    for name in wanted.sources:
        if name not in parts.sources:
            raise WrongUse(
                f"No source is called {name}.",
                hint=f"Settings name {', '.join(parts.sources) or 'none: set FILES_DATASETS'}.",
            )
    return wanted.sources or tuple(parts.sources)


def _collected(parts: Parts, wanted: Wanted, progress: Progress) -> Iterator[tuple[str, Collected]]:
    for name in _names(parts, wanted):
        with progress(f"collecting {name}") as watch:
            try:
                done = collect(parts.sources[name], _asked(parts, wanted), parts, watch)
            except SourceError as error:
                # The others go on; what this one had loaded stays.
                _log.warning("%s could not be collected: %s", name, error)
                done = Collected(unread=str(error))
            yield name, done


def _counted(parts: Parts, chosen: frozenset[str] | None) -> list[str]:
    with parts.database.connect() as connection:
        known = results.course_ids(connection)
    return [each for each in known if chosen is None or each in chosen]


def standing(parts: Parts) -> Iterator[tuple[object, ...]]:
    """For each source: name, slices, loaded, waiting, failed, held, rows stored."""
    with parts.database.connect() as connection:
        for name in parts.sources:
            entries = ledger.entries(connection, source=name)
            states = [each.state for each in entries]
            ended = sum(state in (State.LOADED, State.EMPTY) for state in states)
            failed, held = states.count(State.FAILED), states.count(State.HELD)
            waiting = len(states) - ended - failed - held
            yield name, len(states), ended, waiting, failed, held, sum(e.stored for e in entries)
