"""The reports of courses and groups and their files, as one principal may see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from gradeline.access.principals import Principal
from gradeline.delivery.message import Document
from gradeline.flows.parts import Parts
from gradeline.flows.report.folders import folders_of
from gradeline.flows.report.group_reports import read_group_reports
from gradeline.records.course_report import CourseReport
from gradeline.reports.anonymous import without_names
from gradeline.reports.charts.renderer import ChartRenderer
from gradeline.reports.make import document_path, reports_of
from gradeline.warehouse import Connection, results
from gradeline.warehouse.results import documents
from gradeline.warehouse.results.documents import Place

#: The kinds of documents that are sent, each with its media type.
_PDF = "application/pdf"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SENT = {"course_pdf": _PDF, "course_xlsx": _XLSX, "group_pdf": _PDF, "group_xlsx": _XLSX}


class CourseFiles:
    """Reads what is published about courses and groups; use it for the messages of one run."""

    def __init__(self, parts: Parts, connection: Connection, renderer: ChartRenderer) -> None:
        self._parts = parts
        self._connection = connection
        self._renderer = renderer
        self._published = frozenset(results.course_ids(connection))
        self._made: dict[tuple[Place, bool, str], tuple[Document, ...]] = {}

    def is_published(self, course_id: str) -> bool:
        """Whether there are results of that course."""
        return course_id in self._published

    def course(self, course_id: str, principal: Principal) -> CourseReport:
        """Return the report of a course as the principal may see it."""
        report = self._read(course_id)
        return report if principal.sees_names else without_names(report)

    def groups(self, places: Sequence[Place], principal: Principal) -> Iterator[CourseReport]:
        """Yield the reports of those of these groups that the principal may see, and as they may.

        Learners of other groups are in none; without names there is none of a group of few.
        """
        seen = [place for place in places if principal.sees_group(place[1], place[0])]
        for course_id in dict.fromkeys(course_id for course_id, _ in seen):
            if self.is_published(course_id):
                own = [group_id for each, group_id in seen if each == course_id]
                yield from read_group_reports(
                    self._connection, self._read(course_id), own, names=principal.sees_names
                )

    def documents(
        self, report: CourseReport, principal: Principal, language: str
    ) -> tuple[Document, ...]:
        """Return the report's files in a language: those of the store where it has them.

        Raises:
            ReportError: one of them cannot be made.
            LakeError: one of them cannot be read.
        """
        made_for = (report.place, principal.sees_names, language)
        if made_for not in self._made:
            self._made[made_for] = tuple(self._make(report, principal, language))
        return self._made[made_for]

    def _is_in_store(self, report: CourseReport, path: str) -> bool:
        """Whether the store has that document; one of a group only where it was written for it."""
        if report.group is not None:
            written = documents.read_documents(self._connection).get(report.place)
            if written is None or path not in written.paths:
                return False
        return self._parts.lake.exists(path)

    def _read(self, course_id: str) -> CourseReport:
        return self._parts.choices.apply_to(results.read_course(self._connection, course_id))

    def _make(
        self, report: CourseReport, principal: Principal, language: str
    ) -> Iterator[Document]:
        course_id = report.course_id
        folder = folders_of(self._parts.database, [course_id])[course_id]
        own = ("groups", report.group.folder) if report.group else ()
        for kind, made in reports_of(report).items():
            if kind not in _SENT:
                continue
            path = document_path(made, report, folder, language, self._parts.languages[0])
            if principal.sees_names and self._is_in_store(report, path):
                content = self._parts.lake.get(path)
            else:
                content = made.render(report, language, self._renderer)
            yield Document(
                name=PurePosixPath(path).name,
                media_type=_SENT[kind],
                content=content,
                key=path,
                folder=(report.category, report.course, *own),
            )
