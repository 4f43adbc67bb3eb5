"""Report: write the documents of courses whose numbers changed; the others stay.

A course's documents depend on its numbers (their key), on what cursos.yml chooses, on the
languages and on the code that draws them. Where none of these changed they are left alone.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from gradeline import __version__
from gradeline.flows.parts import Parts
from gradeline.flows.report.grade_pairs import find_grade_pairs
from gradeline.lake import Lake
from gradeline.metrics import Terms
from gradeline.reports import LAYOUT, Document, render_all
from gradeline.warehouse import results
from gradeline.warehouse.results import documents

_log = logging.getLogger(__name__)

Watch = Callable[[int, int, str], None]  #: called with (done, of, the course just written)


@dataclass(frozen=True, kw_only=True)
class ReportResult:
    """What writing documents did."""

    courses: int = 0  #: courses looked at
    written: tuple[str, ...] = ()  #: keys of the documents that were written
    left: int = 0  #: courses whose documents were up to date


def report(
    course_ids: Sequence[str], parts: Parts, terms: Terms, watch: Watch, *, full: bool = False
) -> ReportResult:
    """Write the documents of these courses where they are missing or out of date.

    Args:
        course_ids: courses that have published numbers.
        parts: the wired Gradeline.
        terms: those that the numbers were computed with.
        watch: called after each course.
        full: write all of them, up to date or not.

    Raises:
        DiskFull, LakeError, ReportError: documents already written stay; a rerun goes on.
    """
    due = _due(course_ids, parts, full)
    written: list[str] = []
    pairs = find_grade_pairs(parts, terms, due) if due else None
    with parts.database.connect(autocommit=True) as connection:
        courses = (
            replace(
                parts.choices.apply_to(results.read_course(connection, course_id)),
                grades=pairs.of_course(course_id) if pairs else (),
            )
            for course_id in due
        )
        rendered = render_all(courses, parts.languages)
        for number, (course_id, made) in enumerate(rendered, start=1):
            paths = _put(parts.lake, made)
            documents.record_documents(connection, course_id, due[course_id], paths)
            written += paths
            watch(number, len(due), course_id)
    return ReportResult(
        courses=len(course_ids), written=tuple(written), left=len(course_ids) - len(due)
    )


def _due(course_ids: Sequence[str], parts: Parts, full: bool) -> Mapping[str, str]:
    """Return the courses to write, each with the key that its documents will have."""
    with parts.database.connect() as connection:
        numbers = results.course_keys(connection)
        recorded = documents.read_documents(connection)
    due = {}
    for course_id in course_ids:
        key = _key(numbers[course_id], parts.choices.key(course_id), parts.languages)
        old = recorded.get(course_id)
        current = old is not None and old.key == key and all(map(parts.lake.exists, old.paths))
        if full or not current:
            due[course_id] = key
    return due


def _key(numbers: str, choice: str, languages: Sequence[str]) -> str:
    return hashlib.sha256(
        repr((__version__, LAYOUT, numbers, choice, *languages)).encode()
    ).hexdigest()


def _put(lake: Lake, made: Sequence[Document]) -> list[str]:
    for document in made:
        lake.replace(document.path, document.content)
        _log.info("wrote %s (%d bytes)", document.path, len(document.content))
    return [document.path for document in made]
