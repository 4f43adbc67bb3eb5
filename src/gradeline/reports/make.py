"""All documents of many courses: pages are set in a thread beside the sheets, charts in a child."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from types import MappingProxyType

from gradeline.base.languages import LANGUAGES
from gradeline.records.course_report import CourseReport
from gradeline.reports import course_pdf, course_xlsx, kpi_json, processed_csv
from gradeline.reports.chart_press import ChartPress

#: Raised when texts or layout of documents change, so that each course's are written again.
LAYOUT = 2

_AHEAD = 1  #: courses whose pages are set while the sheets of an earlier one are written


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document that is made: where it belongs under the home, and its bytes."""

    path: str  #: a key, e.g. `reports/AAA/2013J/course_report.pdf`
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Report:
    """A kind of document: where it belongs, and what makes it."""

    path: str  #: with `{category}`, `{course}`, and `{tongue}` where it is in a language
    description: str  #: what it is for, on the reference page of files
    render: Callable[[CourseReport, str, ChartPress], bytes]  #: report, language, press
    is_aside: bool = False  #: made in a thread: its libraries work outside Python's lock

    @property
    def speaks(self) -> bool:
        """Whether there is one for each language."""
        return "{tongue}" in self.path


#: Every kind of document of a course: one line each.
REPORTS: Mapping[str, Report] = MappingProxyType(
    {
        "course_pdf": Report(
            path="reports/{category}/{course}/course_report{tongue}.pdf",
            description="the course on a few pages: figures, attendance, grades, plan, at risk",
            render=course_pdf.render,
            is_aside=True,
        ),
        "course_xlsx": Report(
            path="reports/{category}/{course}/course_report{tongue}.xlsx",
            description="the same as sheets with charts, and a data dictionary",
            render=lambda report, language, _press: course_xlsx.render(report, language),
        ),
        "kpi": Report(
            path="metrics/kpi/{category}/{course}/kpi.json",
            description="the five figures of the course, each with n, interval and data time",
            render=lambda report, _language, _press: kpi_json.render(report),
        ),
        "users": Report(
            path="processed/{category}/{course}/users.csv",
            description="one row per learner",
            render=lambda report, _language, _press: processed_csv.users(report),
        ),
        "grades": Report(
            path="processed/{category}/{course}/grades.csv",
            description="one row per learner and item",
            render=lambda report, _language, _press: processed_csv.grades(report),
        ),
        "assessments": Report(
            path="processed/{category}/{course}/assessments.csv",
            description="one row per item",
            render=lambda report, _language, _press: processed_csv.assessments(report),
        ),
    }
)


def path_of(report: Report, course: CourseReport, language: str, default: str) -> str:
    """Where a document belongs; in the default language its name is plain."""
    tongue = "" if language == default else f".{language}"
    return report.path.format(category=course.category, course=course.course, tongue=tongue)


def render_all(
    courses: Iterable[CourseReport], languages: Sequence[str] = LANGUAGES[:1]
) -> Iterator[tuple[str, tuple[Document, ...]]]:
    """Each course's id and all its documents, in the order the courses come.

    The first language is the default: its documents have the plain names. Two cores are
    used: a thread and a child process draw charts and set pages while the caller's thread
    writes sheets. Both have ended with the last document; at most two courses wait in memory.

    Raises:
        ReportError: a document could not be made; those given before it are whole.
    """
    begun: deque[_Begun] = deque()
    with ChartPress(languages) as press, _thread() as aside:
        for course in courses:
            begun.append(_begin(course, languages, press, aside))
            if len(begun) > _AHEAD:
                yield begun.popleft().finished()
        while begun:
            yield begun.popleft().finished()


@dataclass(frozen=True, kw_only=True)
class _Begun:
    """A course whose pages are being set."""

    course_id: str
    making: Mapping[str, Callable[[], bytes]]  #: by path: what makes the bytes, or waits for them

    def finished(self) -> tuple[str, tuple[Document, ...]]:
        """The course's id and all its documents."""
        return self.course_id, tuple(
            Document(path=path, content=make()) for path, make in self.making.items()
        )


def _begin(
    course: CourseReport, languages: Sequence[str], press: ChartPress, aside: Executor
) -> _Begun:
    """Hand over what is made aside; it comes last, so nobody waits before the rest is done."""
    making: dict[str, Callable[[], bytes]] = {}
    for report in sorted(REPORTS.values(), key=attrgetter("is_aside")):
        for language in languages if report.speaks else languages[:1]:
            make = partial(report.render, course, language, press)
            path = path_of(report, course, language, languages[0])
            making[path] = aside.submit(make).result if report.is_aside else make
    return _Begun(course_id=course.course_id, making=making)


@contextmanager
def _thread() -> Iterator[Executor]:
    """A thread that makes one document at a time, and drops what waits when something failed."""
    thread = ThreadPoolExecutor(1, thread_name_prefix="pages")
    try:
        yield thread
    finally:
        thread.shutdown(cancel_futures=True)
