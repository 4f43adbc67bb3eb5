"""Report: write the documents of courses and groups whose numbers changed; the others stay.

What goes wrong in one course or one document ends that one alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from gradeline.base.errors import WrongUse
from gradeline.flows.courses.cursos_yml import Choices
from gradeline.flows.failures import Failure, Failures, by_halves
from gradeline.flows.parts import Parts
from gradeline.flows.report.due import DueDocuments, find_due
from gradeline.flows.report.grade_pairs import GradePairs, find_grade_pairs
from gradeline.flows.report.group_reports import read_group_reports
from gradeline.flows.report.spool import spool_folder
from gradeline.flows.report.write import delete_gone, delete_groups, delete_moved, write_documents
from gradeline.metrics import Terms
from gradeline.records.course_list import halves
from gradeline.records.course_report import CourseReport
from gradeline.reports import Document, render_all
from gradeline.warehouse import results
from gradeline.warehouse.results import documents
from gradeline.warehouse.results.documents import Place

Watch = Callable[[int, int, str], None]  #: called with (done, of, the course just written)


@dataclass(frozen=True, kw_only=True)
class ReportResult:
    """What writing documents did."""

    courses: int = 0  #: courses looked at
    written: tuple[str, ...] = ()  #: keys of the documents that were written
    left: int = 0  #: courses whose documents were up to date
    failed: tuple[Failure, ...] = ()  #: courses and documents that were not written
    misnamed: tuple[str, ...] = ()  #: courses whose id is not category/course


def report(
    course_ids: Sequence[str], parts: Parts, terms: Terms, watch: Watch, *, full: bool = False
) -> ReportResult:
    """Write the documents of these courses and their groups where they are missing or out of date.

    Documents of courses that have no results any more are deleted, and those of groups that are
    gone, or that nobody looks after or gets any more.

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
    for where, mistake in parts.choices.mistakes.items():
        failures.add(where, WrongUse(mistake), course_id=where)
    due = find_due(_without_mistakes(course_ids, parts.choices), parts, terms.today, full=full)
    written: list[str] = []
    with spool_folder(parts.spool) as spool:
        spooled = replace(parts, spool=spool)
        rendered = render_all(
            _read_reports(due, spooled, terms, failures),
            parts.languages,
            folders=due.folders,
            on_error=lambda course_id, path, error: failures.add(path, error, course_id=course_id),
        )
        for number, (place, made) in enumerate(rendered, start=1):
            written += _store(place, made, due, spooled, failures)
            watch(number, len(due.keys), place[0])
    with parts.database.connect(autocommit=True) as connection:
        delete_gone(parts.lake, connection, results.course_ids(connection))
        delete_groups(parts.lake, connection, due.gone)
    return ReportResult(
        courses=len(course_ids),
        written=tuple(written),
        left=due.left,
        failed=failures.found,
        misnamed=tuple(course_id for course_id in course_ids if not all(halves(course_id))),
    )


def _store(
    place: Place, made: Sequence[Document], due: DueDocuments, parts: Parts, failures: Failures
) -> list[str]:
    """Write the documents of a place; record them if none is missing, else the next run tries."""
    course_id, _ = place
    paths = write_documents(parts.lake, course_id, made, failures, parts.spool)
    if not failures.has(course_id):
        with failures.only(course_id), parts.database.connect(autocommit=True) as connection:
            documents.record_documents(connection, place, due.keys[place], paths)
            delete_moved(parts.lake, connection, due.recorded.get(place))
    return paths


def _read_reports(
    due: DueDocuments, parts: Parts, terms: Terms, failures: Failures
) -> Iterator[CourseReport]:
    """Yield each course and each group as its documents show it, but those that cannot be read."""
    whole = tuple(course_id for course_id, group_id in due.keys if not group_id)
    if whole:
        found, failed = by_halves(whole, partial(find_grade_pairs, parts, terms, parts.spool))
        for course_id, error in failed:
            failures.add(course_id, error, course_id=course_id)
        for course_ids, pairs in found:
            for course_id in course_ids:
                yield from _read_course(course_id, due, parts, failures, pairs)
    for course_id in dict.fromkeys(course_id for course_id, _ in due.keys):
        if (course_id, "") not in due.keys:
            yield from _read_course(course_id, due, parts, failures, None)


def _read_course(
    course_id: str, due: DueDocuments, parts: Parts, failures: Failures, pairs: GradePairs | None
) -> Iterator[CourseReport]:
    """Yield the report of a course where it is due, and those of its groups that are."""
    groups = [group_id for each, group_id in due.keys if each == course_id and group_id]
    made: list[CourseReport] = []
    with failures.only(course_id), parts.database.connect() as connection:
        course = parts.choices.apply_to(results.read_course(connection, course_id))
        course = replace(
            course,
            waiting=due.waiting.get(course_id, ()),
            failed=due.failed.get(course_id, ()),
            guessed=due.guessed.get(course_id, ()),
        )
        if pairs is not None:
            made.append(replace(course, grades=pairs.of_course(course_id)))
        if groups:
            made += read_group_reports(connection, course, groups, names=True)
    yield from made


def _without_mistakes(course_ids: Sequence[str], choices: Choices) -> Sequence[str]:
    """Return the courses whose entries in cursos.yml are right, or that have none."""
    return [course_id for course_id in course_ids if not choices.mistake_of(course_id)]
