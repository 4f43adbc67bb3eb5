"""All documents of many courses: charts by one child process, pages and sheets by a few."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from types import MappingProxyType

from gradeline.base.languages import LANGUAGES
from gradeline.records.course_report import CourseReport
from gradeline.reports import course_pdf, course_xlsx, kpi_json, processed_csv
from gradeline.reports.chart_press import ChartPress

#: Charts of one report as SVG, by kind, for each language.
_Drawn = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document that is made: where it belongs under the home, and its bytes."""

    path: str  #: a key, e.g. `reports/AAA/2013J/course_report.pdf`
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Report:
    """A kind of document: where it belongs, and what makes it."""

    path: str  #: with `{category}`, `{course}`, and `{tongue}` where it is in a language
    render: Callable[[CourseReport, str, Mapping[str, str]], bytes]  #: report, language, charts

    @property
    def speaks(self) -> bool:
        """Whether there is one for each language."""
        return "{tongue}" in self.path


#: Every kind of document of a course: one line each.
REPORTS: Mapping[str, Report] = MappingProxyType(
    {
        "course_pdf": Report(
            path="reports/{category}/{course}/course_report{tongue}.pdf",
            render=course_pdf.set_pages,
        ),
        "course_xlsx": Report(
            path="reports/{category}/{course}/course_report{tongue}.xlsx",
            render=lambda report, language, _charts: course_xlsx.render(report, language),
        ),
        "kpi": Report(
            path="metrics/kpi/{category}/{course}/kpi.json",
            render=lambda report, _language, _charts: kpi_json.render(report),
        ),
        "users": Report(
            path="processed/{category}/{course}/users.csv",
            render=lambda report, _language, _charts: processed_csv.users(report),
        ),
        "grades": Report(
            path="processed/{category}/{course}/grades.csv",
            render=lambda report, _language, _charts: processed_csv.grades(report),
        ),
        "assessments": Report(
            path="processed/{category}/{course}/assessments.csv",
            render=lambda report, _language, _charts: processed_csv.assessments(report),
        ),
    }
)


def path_of(report: Report, course: CourseReport, language: str, default: str) -> str:
    """Where a document belongs; in the default language its name is plain."""
    tongue = "" if language == default else f".{language}"
    return report.path.format(category=course.category, course=course.course, tongue=tongue)


def render_all(
    courses: Iterable[CourseReport],
    languages: Sequence[str] = LANGUAGES[:1],
    workers: int | None = None,
) -> Iterator[tuple[str, tuple[Document, ...]]]:
    """Each course's id and all its documents, in the order the courses come.

    The first language is the default: its documents have the plain names. One process
    draws charts while `workers` others set pages and sheets (null = as the machine has
    cores for; 0, or a single course: this process does it). All have ended with the last
    document; at most three courses a worker wait in memory.

    Raises:
        ReportError: a document could not be made; those given before it are whole.
    """
    count = _spare_cores() if workers is None else workers
    waiting: deque[tuple[str, Future[tuple[Document, ...]]]] = deque()
    with ExitStack() as stack:
        press = stack.enter_context(ChartPress())
        pool: ProcessPoolExecutor | None = None
        for course, is_only in _with_only(courses):
            drawn = {each: course_pdf.draw_charts(course, each, press) for each in languages}
            if count < 1 or is_only:
                yield course.course_id, documents(course, drawn)
                continue
            pool = pool or stack.enter_context(_pool(count))
            waiting.append((course.course_id, pool.submit(documents, course, drawn)))
            if len(waiting) > 3 * count:
                yield _first(waiting)
        while waiting:
            yield _first(waiting)


def _first(
    waiting: deque[tuple[str, Future[tuple[Document, ...]]]],
) -> tuple[str, tuple[Document, ...]]:
    course_id, made = waiting.popleft()
    return course_id, made.result()


def documents(course: CourseReport, drawn: _Drawn) -> tuple[Document, ...]:
    """All documents of a course in the languages its charts are drawn in."""
    languages = list(drawn)
    return tuple(
        Document(
            path=path_of(report, course, language, languages[0]),
            content=report.render(course, language, drawn[language]),
        )
        for report in REPORTS.values()
        for language in (languages if report.speaks else languages[:1])
    )


def _spare_cores() -> int:
    """The cores beside the one that draws charts, at least one, at most two.

    A worker takes 160 MB; with a third the charts would be what everybody waits for.
    """
    return min(max((os.cpu_count() or 1) - 1, 1), 2)


def _pool(workers: int) -> ProcessPoolExecutor:
    # Spawned, not forked: the caller may hold threads of a database driver.
    return ProcessPoolExecutor(
        max_workers=workers, mp_context=get_context("spawn"), initializer=_end_with_parent
    )


def _end_with_parent() -> None:
    """Let this worker end when the run does, killed or not."""
    parent = parent_process()
    if parent is None:
        return
    sentinel = parent.sentinel

    def watch() -> None:
        wait([sentinel])
        os._exit(1)

    Thread(target=watch, name="end with parent", daemon=True).start()


def _with_only(courses: Iterable[CourseReport]) -> Iterator[tuple[CourseReport, bool]]:
    """Each course, and whether there is no other one."""
    upcoming = iter(courses)
    first = list(islice(upcoming, 2))
    for course in first:
        yield course, len(first) == 1
    for course in upcoming:
        yield course, False
