"""The report of a course and its files, as one principal may see them; each made once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from gradeline.access.principals import Principal
from gradeline.delivery.message import Document
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
        self._made: dict[tuple[str, bool, str], tuple[Document, ...]] = {}

    def is_published(self, course_id: str) -> bool:
        """Whether there are results of that course."""
        return course_id in self._published

    def course(self, course_id: str, principal: Principal) -> CourseReport:
        """Return the report of a course as the principal may see it."""
        report = self._parts.choices.apply_to(results.read_course(self._connection, course_id))
        return report if principal.sees_names else without_names(report)

    def documents(
        self, report: CourseReport, principal: Principal, language: str
    ) -> tuple[Document, ...]:
        """Return the course's files in a language: those of the store where it has them.

        Raises:
            ReportError: one of them cannot be made.
            LakeError: one of them cannot be read.
        """
        made_for = (report.course_id, principal.sees_names, language)
        if made_for not in self._made:
            self._made[made_for] = tuple(self._make(report, principal, language))
        return self._made[made_for]

    def _make(
        self, report: CourseReport, principal: Principal, language: str
    ) -> Iterator[Document]:
        folder = folders_of(self._parts.database, [report.course_id])[report.course_id]
        for kind, media_type in _SENT.items():
            path = document_path(REPORTS[kind], folder, language, self._parts.languages[0])
            if principal.sees_names and self._parts.lake.exists(path):
                content = self._parts.lake.get(path)
            else:
                content = REPORTS[kind].render(report, language, self._renderer)
            yield Document(
                name=PurePosixPath(path).name,
                media_type=media_type,
                content=content,
                key=path,
                folder=(report.category, report.course),
            )
