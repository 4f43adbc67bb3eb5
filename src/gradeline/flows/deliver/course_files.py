"""Summaries of courses and groups, and their files, as one principal may see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from gradeline.access.principals import Principal
from gradeline.base.languages import Language
from gradeline.delivery.message import Document
from gradeline.flows.deliver.course_summary import (
    CourseSummary,
    GroupSummary,
    summarize,
    summarize_group,
)
from gradeline.flows.parts import Parts
from gradeline.flows.report.folders import folders_of
from gradeline.flows.report.group_reports import read_group_reports
from gradeline.records.course_report import CourseReport
from gradeline.reports.anonymous import without_names
from gradeline.reports.charts.renderer import ChartRenderer
from gradeline.reports.make import GROUP_REPORTS, REPORTS, document_path, to_bytes
from gradeline.warehouse import Connection, results
from gradeline.warehouse.results import documents
from gradeline.warehouse.results.documents import Place

#: The kinds of documents that are sent, each with its media type.
_PDF = "application/pdf"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OF_COURSE = ((REPORTS["course_pdf"], _PDF), (REPORTS["course_xlsx"], _XLSX))
_OF_GROUP = ((GROUP_REPORTS["group_pdf"], _PDF), (GROUP_REPORTS["group_xlsx"], _XLSX))


class CourseFiles:
    """Reads what is published about courses and groups; use it for the messages of one run."""

    def __init__(self, parts: Parts, connection: Connection, renderer: ChartRenderer) -> None:
        self._parts = parts
        self._connection = connection
        self._renderer = renderer
        self._published = frozenset(results.course_ids(connection))
        self._summaries: dict[tuple[str, bool, str], CourseSummary] = {}
        self._made: dict[tuple[Place, bool, str], tuple[Document, ...]] = {}

    def is_published(self, course_id: str) -> bool:
        """Whether there are results of that course."""
        return course_id in self._published

    def summary(self, course_id: str, principal: Principal, language: Language) -> CourseSummary:
        """Return the summary of a course for the principal; its report is read once."""
        summary_for = (course_id, principal.sees_names, language.code)
        if summary_for not in self._summaries:
            self._summaries[summary_for] = summarize(self._read(course_id, principal), language)
        return self._summaries[summary_for]

    def groups(
        self, places: Sequence[Place], principal: Principal, language: Language
    ) -> Iterator[GroupSummary]:
        """Yield the summaries for the principal of those of these groups that they may see.

        Learners of other groups are in none; without names there is none of a group of few.
        """
        seen = [place for place in places if principal.sees_group(place[1], place[0])]
        for course_id in dict.fromkeys(course_id for course_id, _ in seen):
            own = [group_id for each, group_id in seen if each == course_id]
            for report in self._read_groups(course_id, own, principal):
                if report.group is not None:
                    yield summarize_group(report, report.group, language)

    def documents(
        self, summary: CourseSummary | GroupSummary, principal: Principal, language: str
    ) -> tuple[Document, ...]:
        """Return the files of a course or group in a language: those of the store if it has them.

        Raises:
            ReportError: one of them cannot be made.
            LakeError: one of them cannot be read.
        """
        place = summary.place if isinstance(summary, GroupSummary) else (summary.course_id, "")
        made_for = (place, principal.sees_names, language)
        if made_for not in self._made:
            self._made[made_for] = tuple(self._make(summary, principal, language))
        return self._made[made_for]

    def _read(self, course_id: str, principal: Principal) -> CourseReport:
        report = self._parts.choices.apply_to(results.read_course(self._connection, course_id))
        return report if principal.sees_names else without_names(report)

    def _read_groups(
        self, course_id: str, group_ids: Sequence[str], principal: Principal
    ) -> Iterator[CourseReport]:
        if not self.is_published(course_id):
            return
        course = self._parts.choices.apply_to(results.read_course(self._connection, course_id))
        names = principal.sees_names
        yield from read_group_reports(self._connection, course, group_ids, names=names)

    def _make(
        self, summary: CourseSummary | GroupSummary, principal: Principal, language: str
    ) -> Iterator[Document]:
        folder = folders_of(self._parts.database, [summary.course_id])[summary.course_id]
        group = summary.group_folder if isinstance(summary, GroupSummary) else ""
        report = None
        for kind, media_type in _OF_GROUP if group else _OF_COURSE:
            path = document_path(kind, folder, language, self._parts.languages[0], group=group)
            if principal.sees_names and self._is_in_store(summary, path):
                content = self._parts.lake.get(path)
            else:
                report = report or self._read_again(summary, principal)
                content = to_bytes(kind.render(report, language, self._renderer))
            yield Document(
                name=PurePosixPath(path).name,
                media_type=media_type,
                content=content,
                key=path,
                folder=summary.folder,
            )

    def _read_again(
        self, summary: CourseSummary | GroupSummary, principal: Principal
    ) -> CourseReport:
        if isinstance(summary, GroupSummary):
            return next(self._read_groups(summary.course_id, [summary.group_id], principal))
        return self._read(summary.course_id, principal)

    def _is_in_store(self, summary: CourseSummary | GroupSummary, path: str) -> bool:
        """Whether the store has that document; one of a group only where it was written for it."""
        if isinstance(summary, GroupSummary):
            written = documents.read_documents(self._connection).get(summary.place)
            if written is None or path not in written.paths:
                return False
        return self._parts.lake.exists(path)
