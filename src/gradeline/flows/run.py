"""Run: collect what is new, refresh the numbers that it changes, write their documents."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from gradeline.base.errors import SourceError, WrongUse
from gradeline.base.plurals import count
from gradeline.engine.memory import release_memory
from gradeline.flows.collect.collect import collect, complete_request, make_plan
from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.flows.courses.join import store_course_links
from gradeline.flows.courses.plan_files import courses_of_facts, known_courses
from gradeline.flows.deliver.result import DeliveryResult
from gradeline.flows.failures import Failure
from gradeline.flows.groups_file import describe_groups
from gradeline.flows.parts import Parts
from gradeline.flows.problems import problems_of
from gradeline.flows.report.raw_json import RawJsonResult, write_raw_json
from gradeline.flows.upkeep.copy_lake import copy_lake
from gradeline.lake import CopyResult
from gradeline.metrics import Terms
from gradeline.records.course_links import CourseLinks
from gradeline.records.course_list import CourseList, halves, plain
from gradeline.records.data_quality import UnmatchedRows
from gradeline.records.groups import PEOPLES_GROUPS
from gradeline.records.run_summary import RunProblem
from gradeline.sources.source import PlanRequest, Source
from gradeline.warehouse import Database, results
from gradeline.warehouse.course_links import read_course_links
from gradeline.warehouse.slices import ledger, quarantine
from gradeline.warehouse.slices.entry import Entry

if TYPE_CHECKING:
    from gradeline.flows.refresh.refresh import RefreshResult
    from gradeline.flows.report.report import ReportResult

_log = logging.getLogger(__name__)

#: Opens a progress bar: called with what is being done; the block calls it with (done, of, what).
Progress = Callable[[str], AbstractContextManager[Callable[[int, int, object], None]]]


@dataclass(frozen=True, kw_only=True)
class RunRequest:
    """What a run reads and computes."""

    terms: Terms  #: what the numbers depend on
    sources: tuple[str, ...] = ()  #: names; none = all that settings name
    category: str | None = None  #: only courses of this category
    course: str | None = None  #: only this course: its own name or `category/course`
    courses: frozenset[str] | None = None  #: only these courses, by id; instead of both
    since: datetime | None = None  #: first instant to collect, UTC
    until: datetime | None = None  #: the instant after the last to collect, UTC
    full: bool = False  #: compute and write everything again, changed or not


@dataclass(frozen=True, kw_only=True)
class Steps:
    """Which steps a run takes."""

    collect: bool = True
    analyse: bool = True
    deliver: bool = True
    deliver_reports: bool = True  #: course reports among it


@dataclass(frozen=True, kw_only=True)
class RunResult:
    """What a run did."""

    collected: tuple[tuple[str, CollectOutcome], ...] = ()  #: (source name, outcome)
    rejected: tuple[quarantine.Kind, ...] = ()  #: what is in quarantine of these sources
    groups: str = ""  #: what people's groups file says, where it was read
    raw_json: RawJsonResult | None = None  #: None = the step was not taken
    refresh: RefreshResult | None = None  #: None = the step was not taken
    report: ReportResult | None = None  #: None = the step was not taken
    copy: CopyResult | None = None  #: to the cloud; None = the lake has no copy
    unmatched: tuple[UnmatchedRows, ...] = ()  #: what no figure of these courses counts
    delivery: DeliveryResult | None = None  #: None = the step was not taken
    ended_by: str = ""  #: the error that ended the run before its last step; empty = none did

    @property
    def failed(self) -> bool:
        """Whether there is something to fix."""
        return bool(self.problems)

    @property
    def problems(self) -> tuple[str, ...]:
        """What a person must do something about, one sentence each."""
        delivery = self.delivery.problems if self.delivery is not None else ()
        return (*map(str, self.data_problems), *delivery)

    @property
    def data_problems(self) -> tuple[RunProblem, ...]:
        """What went wrong before anything was delivered: in a slice, a source or a course."""
        slices = [one for name, outcome in self.collected for one in problems_of(name, outcome)]
        courses = [
            RunProblem(what=f"{one.what} failed", reason=one.reason, course_id=one.course_id)
            for one in self.failed_courses
        ]
        copy = self.copy.problems if self.copy is not None else ()
        others = [*copy, *([self.ended_by] if self.ended_by else ())]
        return (*slices, *courses, *(RunProblem(what="", reason=one) for one in others))

    @property
    def failed_courses(self) -> tuple[Failure, ...]:
        """Return the courses and documents that failed."""
        steps = (self.raw_json, self.refresh, self.report)
        return tuple(one for step in steps if step is not None for one in step.failed)

    def with_analysis(self, analysed: RunResult) -> RunResult:
        """Return what this run collected, with what another one computed and wrote of it."""
        copy = analysed.copy
        if self.copy is not None and copy is not None:
            copy = self.copy.followed_by(copy)
        return replace(
            self,
            refresh=analysed.refresh,
            report=analysed.report,
            unmatched=analysed.unmatched,
            copy=copy,
        )


@dataclass(frozen=True, kw_only=True)
class RunPlan:
    """What a run would do with one source."""

    slices: tuple[Entry, ...] = ()  #: those with work, in the order in which they are read
    settled: int = 0  #: slices with nothing to do
    unread: str = ""  #: why the source as a whole cannot be read; empty = it can


def run_all(parts: Parts, request: RunRequest, steps: Steps, progress: Progress) -> RunResult:
    """Take the steps in order; each does only what is not done already, unless `request.full`.

    Raises:
        WrongUse: a source or course of that name does not exist.
        SourceError, LakeError, WarehouseError, DiskFull: as the steps say; what is done stays.
    """
    result = RunResult()
    parts = _join_courses(parts)
    if steps.collect:
        collected = tuple(_collect_sources(parts, request, progress))
        rejected = find_rejected(parts.database, collected)
        raw_json = write_raw_json(parts)
        groups = _groups_read(parts.database, collected)
        result = RunResult(collected=collected, rejected=rejected, groups=groups, raw_json=raw_json)
        release_memory()
    if steps.analyse:
        result = _analyse(result, parts, request, progress)
    return replace(result, copy=copy_lake(parts.lake))


def _analyse(result: RunResult, parts: Parts, request: RunRequest, progress: Progress) -> RunResult:
    """Refresh the courses' results and write their documents; return `result` with both."""
    # These import Ibis and what draws documents, 90 MB that collecting does without.
    from gradeline.flows.refresh.refresh import refresh
    from gradeline.flows.report.report import report  # as above

    # Facts that were collected just now may be the first to spell a course of cursos.yml.
    parts = _join_courses(parts)
    course_ids = find_courses(parts, request)
    with progress("counting") as watch:
        refreshed = refresh(parts, request.terms, courses=course_ids, full=request.full)
        watch(1, 1, count(len(refreshed.courses), "course"))
    release_memory()
    with progress("writing reports") as watch:
        failed = {failure.course_id for failure in refreshed.failed}
        known = _published_courses(parts.database, course_ids)
        published = [course_id for course_id in known if course_id not in failed]
        reported = report(published, parts, request.terms, watch, full=request.full)
    release_memory()
    unmatched = _unmatched_rows(parts.database, course_ids)
    return replace(result, refresh=refreshed, report=reported, unmatched=unmatched)


def _join_courses(parts: Parts) -> Parts:
    """Store which courses are one; return the parts with what is wrong with that."""
    choices = store_course_links(parts.database, parts.sources, parts.choices)
    return replace(parts, choices=choices)


def _groups_read(database: Database, collected: Iterable[tuple[str, CollectOutcome]]) -> str:
    """Return what people's groups file says, if this run read it; else nothing."""
    read = any(name == PEOPLES_GROUPS and outcome.done for name, outcome in collected)
    return (describe_groups(database) or "") if read else ""


def find_rejected(
    database: Database, collected: Iterable[tuple[str, CollectOutcome]]
) -> tuple[quarantine.Kind, ...]:
    """Return what is in quarantine of the sources that were collected, whenever it came there."""
    with database.connect() as connection:
        return tuple(quarantine.kinds(connection, [name for name, _ in collected]))


def _unmatched_rows(database: Database, chosen: frozenset[str] | None) -> tuple[UnmatchedRows, ...]:
    with database.connect() as connection:
        found = results.read_unmatched(connection)
    return tuple(one for one in found if chosen is None or one.course_id in chosen)


def plan_run(parts: Parts, request: RunRequest) -> Iterator[tuple[str, RunPlan]]:
    """Yield the name of each source and what a run would do with it; changes nothing."""
    for name in _source_names(parts.sources, request):
        try:
            yield name, _plan_source(parts, request, parts.sources[name])
        except SourceError as error:
            yield name, RunPlan(unread=str(error))


def _plan_source(parts: Parts, request: RunRequest, source: Source) -> RunPlan:
    with parts.database.connect() as connection:
        plan_request = complete_request(
            _plan_request(parts, request, source.name), source, connection
        )
        planned = make_plan(source, plan_request, parts).slices
        work = ledger.plan(connection, planned)
        connection.rollback()
    return RunPlan(slices=tuple(work), settled=len(planned) - len(work))


def find_courses(parts: Parts, request: RunRequest) -> frozenset[str] | None:
    """Return the ids of the courses that `request` names, spelled as in the data; None = all.

    A course may be named by an id that it has in another system.

    Raises:
        WrongUse: no facts name such a course.
    """
    if request.courses is not None:
        return request.courses
    if request.category is None and request.course is None:
        return None
    known = courses_of_facts(parts.database)
    chosen = _choose(known, _course_links(parts.database), request)
    if not chosen:
        raise _no_course(request, known, parts.choices.book)
    return chosen


def _choose(known: Iterable[str], links: CourseLinks, request: RunRequest) -> frozenset[str]:
    """Return the courses that a request names, by their own ids or those in other systems."""
    joined = {
        link.course_id
        for link in links.links
        if request.course is not None and _is_chosen(link.external_id, request)
    }
    return frozenset(each for each in known if each in joined or _is_chosen(each, request))


def _course_links(database: Database) -> CourseLinks:
    with database.connect() as connection:
        return read_course_links(connection)


def _no_course(request: RunRequest, known: Iterable[str], book: CourseList) -> WrongUse:
    """Return the error for a category or a course that no facts name, with those they do."""
    listed = [e.course_id for e in book.courses if _is_chosen(e.course_id, request)]
    if listed:
        return WrongUse(
            f"cursos.yml names {', '.join(listed[:20])}, but no data does.",
            hint="Write the ID there as its system has it. Courses with data:"
            f" {', '.join(sorted(known)[:20]) or 'none yet'}.",
        )
    categories = sorted({halves(course_id)[0] for course_id in known} - {""})
    if request.category is not None and plain(request.category) not in map(plain, categories):
        return WrongUse(
            f"No category is called {request.category}.",
            hint=f"Known categories: {', '.join(categories[:20]) or 'none yet'}.",
        )
    name = "/".join(filter(None, (request.category, request.course)))
    return WrongUse(
        f"No course is called {name}.",
        hint=f"Available courses: {', '.join(sorted(known)[:20]) or 'none yet'}.",
    )


def _plan_request(parts: Parts, request: RunRequest, source: str) -> PlanRequest:
    """Return what a source is to plan; courses that nobody knows yet leave nothing out."""
    links, chosen = _course_links(parts.database), request.courses
    if chosen is None and (request.category is not None or request.course is not None):
        known = known_courses(parts.database, parts.choices)
        chosen = _choose(known, links, request) or None
    courses = None if chosen is None else links.ids_at(source, chosen)
    return PlanRequest(since=request.since, until=request.until, courses=courses)


def _is_chosen(course_id: str, request: RunRequest) -> bool:
    category, course = halves(plain(course_id))
    if request.category is not None and plain(request.category) != category:
        return False
    return request.course is None or plain(request.course) in (course, plain(course_id))


def _source_names(sources: Iterable[str], request: RunRequest) -> Sequence[str]:
    """Return the names of the sources to read: those that the request names, or all."""
    known = tuple(sources)
    for name in request.sources:
        if name not in known:
            raise WrongUse(
                f"No source is called {name}.",
                hint=f"Settings name {', '.join(known) or 'none: set FILES_DATASETS'}.",
            )
    return request.sources or known


def _collect_sources(
    parts: Parts, request: RunRequest, progress: Progress
) -> Iterator[tuple[str, CollectOutcome]]:
    for name in _source_names(parts.sources, request):
        with progress(f"collecting {name}") as watch:
            try:
                planned = _plan_request(parts, request, name)
                outcome = collect(parts.sources[name], planned, parts, watch)
            except SourceError as error:
                # The others go on; what this one had loaded stays.
                _log.warning("%s could not be collected: %s", name, error)
                outcome = CollectOutcome(unread=str(error))
            yield name, outcome


def _published_courses(database: Database, chosen: frozenset[str] | None) -> list[str]:
    with database.connect() as connection:
        known = results.course_ids(connection)
    return [course_id for course_id in known if chosen is None or course_id in chosen]
