"""Report: write the documents of courses whose numbers changed; the others stay.

A course's documents depend on its numbers (their key), on what of its data waits in quarantine or
could not be loaded, on what cursos.yml chooses, on the languages and on the code that draws them.
Where none of these changed they are left alone.
What goes wrong in one course or one document ends that one alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from gradeline.base.errors import LakeError, WrongUse
from gradeline.base.version import __version__
from gradeline.flows.courses.cursos_yml import Choices
from gradeline.flows.failures import FATAL, Failure, Failures, by_halves
from gradeline.flows.parts import Parts
from gradeline.flows.report.folders import folders_of
from gradeline.flows.report.grade_pairs import GradePairs, find_grade_pairs
from gradeline.flows.report.spool import spool_folder
from gradeline.flows.report.write import delete_gone, delete_moved, write_documents
from gradeline.lake import Lake
from gradeline.metrics import Terms
from gradeline.records.course_list import halves
from gradeline.records.course_report import CourseReport
from gradeline.records.data_quality import FailedSlices, GuessedEncoding, WaitingRecords
from gradeline.reports import LAYOUT, Document, render_all
from gradeline.warehouse import results
from gradeline.warehouse.results import documents
from gradeline.warehouse.results.documents import CourseDocuments
from gradeline.warehouse.slices.data_quality import SourceQuality

Watch = Callable[[int, int, str], None]  #: called with (done, of, the course just written)


@dataclass(frozen=True, kw_only=True)
class ReportResult:
    """What writing documents did."""

    courses: int = 0  #: courses looked at
    written: tuple[str, ...] = ()  #: keys of the documents that were written
    left: int = 0  #: courses whose documents were up to date
    failed: tuple[Failure, ...] = ()  #: courses and documents that were not written
    misnamed: tuple[str, ...] = ()  #: courses whose id is not category/course


@dataclass(frozen=True, kw_only=True)
class _Due:
    """What there is to write."""

    keys: Mapping[str, str]  #: course id → the key that its documents will have
    folders: Mapping[str, str]  #: course id → its folder
    recorded: Mapping[str, CourseDocuments]  #: course id → its documents as written last
    left: int  #: courses whose documents are up to date
    waiting: Mapping[str, tuple[WaitingRecords, ...]]  #: course id → its records in quarantine
    failed: Mapping[str, tuple[FailedSlices, ...]]  #: course id → its slices not loaded
    guessed: Mapping[str, tuple[GuessedEncoding, ...]]  #: course id → its files of unsure letters


def report(
    course_ids: Sequence[str], parts: Parts, terms: Terms, watch: Watch, *, full: bool = False
) -> ReportResult:
    """Write the documents of these courses where they are missing or out of date.

    Documents of courses that have no results any more are deleted.

    Args:
        course_ids: courses that have published numbers.
        parts: the wired Gradeline.
        terms: those that the numbers were computed with.
        watch: called after each course.
        full: write all of them, up to date or not.

    Raises:
        DiskFull, LakeUnavailable, WarehouseError: documents already written stay; a rerun goes on.
    """
    failures = Failures()
    for place, mistake in parts.choices.mistakes.items():
        failures.add(place, WrongUse(mistake), course_id=place)
    due = _find_due(_without_mistakes(course_ids, parts.choices), parts, full)
    written: list[str] = []
    with spool_folder(parts.spool) as spool:
        rendered = render_all(
            _read_courses(due, replace(parts, spool=spool), terms, failures),
            parts.languages,
            folders=due.folders,
            on_error=lambda course_id, path, error: failures.add(path, error, course_id=course_id),
        )
        for number, (course_id, made) in enumerate(rendered, start=1):
            written += _store(course_id, made, due, replace(parts, spool=spool), failures)
            watch(number, len(due.keys), course_id)
    with parts.database.connect(autocommit=True) as connection:
        delete_gone(parts.lake, connection, results.course_ids(connection))
    return ReportResult(
        courses=len(course_ids),
        written=tuple(written),
        left=due.left,
        failed=failures.found,
        misnamed=tuple(course_id for course_id in course_ids if not all(halves(course_id))),
    )


def _store(
    course_id: str, made: Sequence[Document], due: _Due, parts: Parts, failures: Failures
) -> list[str]:
    """Write the documents of a course; record them if none is missing, else the next run tries."""
    paths = write_documents(parts.lake, course_id, made, failures, parts.spool)
    if not failures.has(course_id):
        with failures.only(course_id), parts.database.connect(autocommit=True) as connection:
            documents.record_documents(connection, course_id, due.keys[course_id], paths)
            delete_moved(parts.lake, connection, due.recorded.get(course_id))
    return paths


def _read_courses(
    due: _Due, parts: Parts, terms: Terms, failures: Failures
) -> Iterator[CourseReport]:
    """Yield each course as its documents show it, without those that cannot be read."""
    if not due.keys:
        return
    found, failed = by_halves(tuple(due.keys), partial(find_grade_pairs, parts, terms, parts.spool))
    for course_id, error in failed:
        failures.add(course_id, error, course_id=course_id)
    for course_ids, pairs in found:
        for course_id in course_ids:
            course = None
            with failures.only(course_id):
                course = replace(
                    _read_course(parts, course_id, pairs),
                    waiting=due.waiting.get(course_id, ()),
                    failed=due.failed.get(course_id, ()),
                    guessed=due.guessed.get(course_id, ()),
                )
            if course is not None:
                yield course


def _read_course(parts: Parts, course_id: str, pairs: GradePairs) -> CourseReport:
    with parts.database.connect() as connection:
        course = results.read_course(connection, course_id)
    return replace(parts.choices.apply_to(course), grades=pairs.of_course(course_id))


def _without_mistakes(course_ids: Sequence[str], choices: Choices) -> Sequence[str]:
    """Return the courses whose entries in cursos.yml are right, or that have none."""
    return [course_id for course_id in course_ids if not choices.mistake_of(course_id)]


def _find_due(course_ids: Sequence[str], parts: Parts, full: bool) -> _Due:
    """Find the courses to write."""
    folders = folders_of(parts.database, course_ids)
    with parts.database.connect() as connection:
        numbers = results.course_keys(connection)
        recorded = documents.read_documents(connection)
        quality = SourceQuality(connection)
    waiting, failed = quality.waiting(course_ids), quality.failed(course_ids)
    guessed = quality.guessed(course_ids)
    keys = {}
    for course_id in course_ids:
        data = [found.get(course_id, ()) for found in (waiting, failed, guessed)]
        choice = parts.choices.key(course_id)
        key = _key(numbers[course_id], choice, repr(data), *parts.languages)
        old = recorded.get(course_id)
        same = old is not None and old.key == key
        if full or not same or not _are_there(parts.lake, old, folders[course_id]):
            keys[course_id] = key
    return _Due(
        keys=keys,
        folders=folders,
        recorded=recorded,
        left=len(course_ids) - len(keys),
        waiting=waiting,
        failed=failed,
        guessed=guessed,
    )


def _are_there(lake: Lake, written: CourseDocuments | None, folder: str) -> bool:
    """Whether all documents exist in the folder; one that cannot be looked at does not."""
    paths = () if written is None else written.paths
    try:
        return all(f"/{folder}/" in path and lake.exists(path) for path in paths)
    except FATAL:
        raise
    except LakeError:
        return False


def _key(*parts: str) -> str:
    return hashlib.sha256(repr((__version__, LAYOUT, *parts)).encode()).hexdigest()
