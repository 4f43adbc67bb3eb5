"""All documents of many courses: paths, order, the same bytes everywhere, no process left."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import enumerate as enumerate_threads

import psutil
import pytest

from gradeline.base.errors import ReportError
from gradeline.base.languages import language
from gradeline.records.course_report import CourseReport
from gradeline.reports import REPORTS, render_all
from gradeline.reports.charts.data import Chart, course_charts
from gradeline.reports.charts.renderer import ChartRenderer, declare_charts
from gradeline.reports.make import to_bytes
from gradeline.reports.plain_text import clip

#: Prints a digest of every document of a pickled course.
DIGESTS = """
import hashlib, locale, pickle, sys
locale.setlocale(locale.LC_ALL, "")
from gradeline.reports import render_all
with open(sys.argv[1], "rb") as given:
    course = pickle.load(given)
for _, made in render_all([course], ["ru"]):
    for each in made:
        content = each.content if isinstance(each.content, bytes) else b"".join(each.content)
        print(each.path, hashlib.sha256(content).hexdigest())
"""


def test_documents_lie_where_people_look(course: CourseReport) -> None:
    """The default language has the plain names, the others say which they are."""
    ((place, made),) = render_all([course], ["en", "ru"])
    assert place == ("AAA/2013J", "")
    assert {
        "reports/AAA/2013J/course_report.pdf",
        "reports/AAA/2013J/course_report.ru.pdf",
        "reports/AAA/2013J/course_report.xlsx",
        "reports/AAA/2013J/course_report.ru.xlsx",
        "metrics/kpi/AAA/2013J/kpi.json",
        "processed/AAA/2013J/users.csv",
        "processed/AAA/2013J/grades.csv",
        "processed/AAA/2013J/assessments.csv",
    } == {each.path for each in made}


def _bytes_of(courses: Sequence[CourseReport]) -> list[tuple[tuple[str, str], str, bytes]]:
    return [
        (
            place,
            each.path,
            to_bytes(each.content),
        )
        for place, made in render_all(courses)
        for each in made
    ]


def test_many_courses_are_made_as_one_is(course: CourseReport) -> None:
    """Order and bytes do not depend on which courses are made beside one."""
    courses = [replace(course, course=f"{n}", course_id=f"AAA/{n}") for n in range(3)]
    alone = [made for each in courses for made in _bytes_of([each])]
    assert _bytes_of(courses) == alone


def test_no_process_is_left(course: CourseReport) -> None:
    """When the last document is made, or nobody wants more, every child and thread has ended."""
    before = {child.pid for child in psutil.Process().children()}
    threads = set(enumerate_threads())
    list(render_all([course, course]))
    cut_short = render_all([course, course, course])
    next(cut_short)
    del cut_short
    assert {child.pid for child in psutil.Process().children()} <= before
    assert set(enumerate_threads()) <= threads


#: Hash seed, zone and locale of three runs; the proof `export-stable` does twenty.
PLACES = [
    ("0", "UTC", "C"),
    ("random", "Asia/Tokyo", "C.UTF-8"),
    ("random", "America/St_Johns", "C"),
]


def test_same_input_same_bytes(course: CourseReport, tmp_path: Path) -> None:
    """Runs under other hash seeds, zones and locales give the same documents."""
    given = tmp_path / "course.pickle"
    given.write_bytes(pickle.dumps(course))

    def run(setting: tuple[str, str, str]) -> str:
        seed, zone, locale = setting
        extra = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "-c", DIGESTS, str(given)],
            env={**os.environ, **extra},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    with ThreadPoolExecutor(2) as pool:
        digests = set(pool.map(run, PLACES))
    assert len(digests) == 1, digests
    assert len(digests.pop().splitlines()) == len(REPORTS)


def test_another_build_with_equal_numbers_gives_equal_bytes(course: CourseReport) -> None:
    """The build number is in no document."""
    assert _bytes_of([course]) == _bytes_of([replace(course, build_id=8)])


def test_a_chart_that_cannot_be_drawn_is_named() -> None:
    """A refused chart ends in one error with its kind and the child's last words."""
    wrong = Chart(kind="no such chart", language="en", rows=[])
    with (
        ChartRenderer() as renderer,
        pytest.raises(ReportError, match=r"'no such chart'.*KeyError"),
    ):
        renderer.draw(wrong)


def test_a_document_that_cannot_be_made_stops_no_other(course: CourseReport) -> None:
    """Pages that cannot be set end as one document; its sheets and the next course are made."""
    broken = replace(course, weeks=(replace(course.weeks[0], starts_on=None),))
    after = replace(course, course_id="AAA/2014J")
    failed = []
    made = dict(render_all([broken, after], on_error=lambda *each: failed.append(each[:2])))
    assert failed == [("AAA/2013J", "reports/AAA/2013J/course_report.pdf")]
    assert len(made["AAA/2013J", ""]) == len(REPORTS) - 1
    assert len(made["AAA/2014J", ""]) == len(REPORTS)


def test_after_a_chart_that_fails_others_are_drawn(course: CourseReport) -> None:
    """The child that a chart ended is replaced by a new one."""
    chart, *_ = course_charts(course, language("en")).values()
    with ChartRenderer() as renderer:
        with pytest.raises(ReportError):
            renderer.draw(Chart(kind="no such chart", language="en", rows=[]))
        assert renderer.draw(chart).startswith("<svg")


def test_charts_are_declared_once_in_a_process() -> None:
    """Who reports again and again waits for altair once."""
    assert declare_charts(("en", "ru")) is declare_charts(("en", "ru"))


def test_text_is_cut_by_letters_not_by_marks() -> None:
    """A letter keeps three marks at most, and a cut is shown."""
    assert clip("e" + "\u0301" * 10, 5) == "e\u0301\u0301\u0301"
    assert clip("abcdefgh", 5) == "abcd…"
    assert clip("a\x00b", 5) == "a b"


def test_no_python_file_of_the_working_folder_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files named like libraries, where a command is typed, are not imported to draw charts."""
    ran = tmp_path / "ran"
    (tmp_path / "gradeline").mkdir()
    for name in ("altair.py", "random.py", "json.py", "vl_convert.py", "gradeline/__init__.py"):
        (tmp_path / name).write_text(f"open({str(ran)!r}, 'w').close()\n")
    monkeypatch.chdir(tmp_path)
    declare_charts.cache_clear()
    with ChartRenderer(["en"]) as renderer:
        svg = renderer.draw(Chart(kind="missing", language="en", rows=[]))
    assert svg.startswith("<svg")
    assert not ran.exists()
