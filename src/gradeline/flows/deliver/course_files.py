"""What is told about a course, and its files, as one principal may see them; each made once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from gradeline.access.principals import Principal
from gradeline.base.languages import Language
from gradeline.delivery.message import Document
from gradeline.flows.deliver.course_summary import CourseSummary, summarize
from gradeline.flows.parts import Parts
from gradeline.flows.report.folders import folders_of
from gradeline.records.course_report import CourseReport
from gradeline.reports.anonymous import without_names
from gradeline.reports.charts.renderer import ChartRenderer
from gradeline.reports.make import REPORTS, document_path
from gradeline.warehouse import Connection, results

#: The kinds of documents that are sent, each with its media type.
_SENT = {
    "course_pdf": "application/pdf",
    "course_xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class CourseFiles:
    """Reads what is published about courses; use it for the messages of one run."""

    def __init__(self, parts: Parts, connection: Connection, renderer: ChartRenderer) -> None:
        self._parts = parts
        self._connection = connection
        self._renderer = renderer
        self._published = frozenset(results.course_ids(connection))
        self._told: dict[tuple[str, bool, str], CourseSummary] = {}
        self._made: dict[tuple[str, bool, str], tuple[Document, ...]] = {}

    def is_published(self, course_id: str) -> bool:
        """Whether there are results of that course."""
        return course_id in self._published

    def summary(self, course_id: str, principal: Principal, language: Language) -> CourseSummary:
        """Return what the principal is told about a course; its report is read once."""
        told_to = (course_id, principal.sees_names, language.code)
        if told_to not in self._told:
            self._told[told_to] = summarize(self._read(course_id, principal), language)
        return self._told[told_to]

    def documents(
        self, course: CourseSummary, principal: Principal, language: str
    ) -> tuple[Document, ...]:
        """Return the course's files in a language: those of the store where it has them.

        Raises:
            ReportError: one of them cannot be made.
            LakeError: one of them cannot be read.
        """
        made_for = (course.course_id, principal.sees_names, language)
        if made_for not in self._made:
            self._made[made_for] = tuple(self._make(course, principal, language))
        return self._made[made_for]

    def _read(self, course_id: str, principal: Principal) -> CourseReport:
        report = self._parts.choices.apply_to(results.read_course(self._connection, course_id))
        return report if principal.sees_names else without_names(report)

    def _make(
        self, course: CourseSummary, principal: Principal, language: str
    ) -> Iterator[Document]:
        folder = folders_of(self._parts.database, [course.course_id])[course.course_id]
        report = None
        for kind, media_type in _SENT.items():
            path = document_path(REPORTS[kind], folder, language, self._parts.languages[0])
            if principal.sees_names and self._parts.lake.exists(path):
                content = self._parts.lake.get(path)
            else:
                report = report or self._read(course.course_id, principal)
                content = REPORTS[kind].render(report, language, self._renderer)
            yield Document(
                name=PurePosixPath(path).name,
                media_type=media_type,
                content=content,
                key=path,
                folder=course.folder,
            )
