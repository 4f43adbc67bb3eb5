"""Documents of many courses and groups: a thread sets pages, a child process draws charts."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

from gradeline.base.languages import LANGUAGES
from gradeline.lake import course_folder
from gradeline.records.course_report import CourseReport
from gradeline.reports import kpi_json, processed_csv
from gradeline.reports.charts.renderer import ChartRenderer
from gradeline.reports.pdf import document
from gradeline.reports.xlsx import workbook

#: Raised when texts or layout of documents change, so that each course's are written again.
LAYOUT = 3

_AHEAD = 1  #: courses whose pages are set while an earlier one's sheets are written


#: The bytes of a document; of a long one its pieces, which can be read once.
Content = bytes | Iterable[bytes]


def to_bytes(content: Content) -> bytes:
    """Return all bytes of a document."""
    return content if isinstance(content, bytes) else b"".join(content)


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document: where it belongs under the home, and what is in it."""

    path: str  #: a key, e.g. `reports/AAA/2013J/course_report.pdf`
    content: Content


@dataclass(frozen=True, kw_only=True)
class Report:
    """A kind of document: where it belongs, and the function that makes it."""

    #: has `{category}`, `{course}`, `{group}` if it is of a group, `{language}` if one per language
    path: str
    description: str  #: what it is for, on the reference page of files
    render: Callable[[CourseReport, str, ChartRenderer], Content]  #: (report, language, renderer)
    in_thread: bool = False  #: made in a thread: its libraries release the GIL

    @property
    def has_languages(self) -> bool:
        """Whether there is one for each language."""
        return "{language}" in self.path


#: Every kind of document of a course.
REPORTS: Mapping[str, Report] = {
    "course_pdf": Report(
        path="reports/{category}/{course}/course_report{language}.pdf",
        description="the course on a few pages: figures, attendance, grades, plan, at risk",
        render=document.render,
        in_thread=True,
    ),
    "course_xlsx": Report(
        path="reports/{category}/{course}/course_report{language}.xlsx",
        description="the same as sheets with charts, and a data dictionary",
        render=lambda report, language, _renderer: workbook.render(report, language),
    ),
    "kpi": Report(
        path="metrics/kpi/{category}/{course}/kpi.json",
        description="the five figures of the course, each with n, interval and data time",
        render=lambda report, _language, _renderer: kpi_json.render(report),
    ),
    "users": Report(
        path="processed/{category}/{course}/users.csv",
        description="one row per learner",
        render=lambda report, _language, _renderer: processed_csv.users(report),
    ),
    "grades": Report(
        path="processed/{category}/{course}/grades.csv",
        description="one row per learner and item",
        render=lambda report, _language, _renderer: processed_csv.grades(report),
    ),
    "assessments": Report(
        path="processed/{category}/{course}/assessments.csv",
        description="one row per item",
        render=lambda report, _language, _renderer: processed_csv.assessments(report),
    ),
}

#: Every kind of document of one group of a course.
GROUP_REPORTS: Mapping[str, Report] = {
    "group_pdf": Report(
        path="reports/{category}/{course}/groups/{group}/group_report{language}.pdf",
        description="one group on a few pages: at risk, figures, attendance, plan, learners",
        render=document.render,
        in_thread=True,
    ),
    "group_xlsx": Report(
        path="reports/{category}/{course}/groups/{group}/group_report{language}.xlsx",
        description="the same as sheets with charts, and a data dictionary",
        render=lambda report, language, _renderer: workbook.render(report, language),
    ),
}

#: Called with the id of a course, the path of a document and why it could not be made.
OnError = Callable[[str, str, Exception], None]


def reports_of(course: CourseReport) -> Mapping[str, Report]:
    """Return the kinds of documents that are made of a report: of a course, or of a group."""
    return REPORTS if course.group is None else GROUP_REPORTS


def document_path(
    report: Report, folder: str, language: str, default: str, *, group: str = ""
) -> str:
    """Return where a document belongs; in the default language its name has no suffix.

    Args:
        report: the kind of document.
        folder: of the course.
        language: of the document.
        default: the language without a suffix.
        group: of a document of a group, the group's folder.
    """
    suffix = "" if language == default else f".{language}"
    category, _, name = folder.partition("/")
    return report.path.format(category=category, course=name, group=group, language=suffix)


def render_all(
    courses: Iterable[CourseReport],
    languages: Sequence[str] = LANGUAGES[:1],
    *,
    folders: Mapping[str, str] | None = None,
    on_error: OnError | None = None,
) -> Iterator[tuple[tuple[str, str], tuple[Document, ...]]]:
    """Render all documents of each course or group, in their order.

    Two cores are used: a thread and a child process draw charts and set pages while the caller's
    thread writes sheets. Both end with the last document. At most two reports are in memory.

    Args:
        courses: the courses and groups to report on.
        languages: codes; the first one is the default, whose documents have no suffix.
        folders: course id → its folder; None = the two halves of each id.
        on_error: called for each document that could not be made; the others are made. None =
            the error ends all.

    Returns:
        (the report's place, its documents) for each course or group.

    Raises:
        ReportError: a document could not be made; those of earlier courses are complete.
    """
    pending: deque[_PendingCourse] = deque()
    start = partial(_start, languages=languages, on_error=on_error)
    with ChartRenderer(languages) as renderer, _thread() as thread:
        for course in courses:
            course_id = course.course_id
            folder = course_folder(course_id) if folders is None else folders[course_id]
            pending.append(start(course, folder, renderer=renderer, thread=thread))
            if len(pending) > _AHEAD:
                yield pending.popleft().finish()
        while pending:
            yield pending.popleft().finish()


@dataclass(frozen=True, kw_only=True)
class _PendingCourse:
    """A course whose pages are being set."""

    course: CourseReport
    making: Mapping[str, Callable[[], Content]]  #: path → makes the bytes, or waits for them
    on_error: OnError | None

    def finish(self) -> tuple[tuple[str, str], tuple[Document, ...]]:
        """Return the report's place and its documents."""
        made = []
        for path, make in self.making.items():
            try:
                made.append(Document(path=path, content=make()))
            except Exception as error:
                if self.on_error is None:
                    raise
                self.on_error(self.course.course_id, path, error)
        return self.course.place, tuple(made)


def _start(
    course: CourseReport,
    folder: str,
    *,
    languages: Sequence[str],
    on_error: OnError | None,
    renderer: ChartRenderer,
    thread: Executor,
) -> _PendingCourse:
    """Start what a thread makes. It comes last, so that nothing waits before the rest is done."""
    making: dict[str, Callable[[], Content]] = {}
    group = course.group.folder if course.group else ""
    for report in sorted(reports_of(course).values(), key=attrgetter("in_thread")):
        for language in languages if report.has_languages else languages[:1]:
            make = partial(report.render, course, language, renderer)
            path = document_path(report, folder, language, languages[0], group=group)
            making[path] = thread.submit(make).result if report.in_thread else make
    return _PendingCourse(course=course, making=making, on_error=on_error)


@contextmanager
def _thread() -> Iterator[Executor]:
    """Open a thread that makes one document at a time; after an error it drops those that wait."""
    thread = ThreadPoolExecutor(1, thread_name_prefix="pages")
    try:
        yield thread
    finally:
        thread.shutdown(cancel_futures=True)
