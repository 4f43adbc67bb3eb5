"""The PDF: every figure in every language, text as text, the same bytes each time."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from gradeline.base.languages import LANGUAGES, language
from gradeline.records.course_report import CourseReport
from gradeline.records.data_quality import WaitingRecords
from gradeline.reports.charts.renderer import ChartRenderer
from gradeline.reports.data_quality import HEADING
from gradeline.reports.glossary import KPIS, UP_TO_DATE
from gradeline.reports.pdf.document import draw_charts, set_pages

NO_CHARTS: Mapping[str, str] = {}


def pages(pdf: bytes) -> list[str]:
    """The text of each page, spaces made plain."""
    return [
        re.sub(r"\s+", " ", page.extract_text().replace("\u200b", ""))
        for page in PdfReader(io.BytesIO(pdf)).pages
    ]


def text(pdf: bytes) -> str:
    """All text, spaces made plain."""
    return " ".join(pages(pdf))


def plain(words: str) -> str:
    """The words with plain spaces, as `pages` has them."""
    return re.sub(r"\s+", " ", words)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_cover_shows_every_figure_with_n_and_interval(code: str, course: CourseReport) -> None:
    """Value, ends of the interval and n of all five stand on the first page."""
    words, cover = language(code), pages(set_pages(course, code, NO_CHARTS))[0]
    for name, figure in KPIS.items():
        known = course.kpis[name]
        assert plain(figure.text(words, known.value)) in cover
        ends = words.percent_range(figure.share(known.low), figure.share(known.high))
        assert plain(ends) in cover
        assert plain(figure.basis(words, known)) in cover


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_section_is_there(code: str, course: CourseReport, renderer: ChartRenderer) -> None:
    """Charts, plan, risk, leaderboard, groups, definitions and settings all have their heading."""
    words = language(code)
    shown = text(set_pages(course, code, draw_charts(course, code, renderer)))
    for title in ("Attendance by week", "Grades", "Completion rate by assessment", "Plan progress"):
        assert plain(words.say(title)) in shown
    for title in ("At risk", "Leaderboard", "Groups", "Levels", "Topics", "What the numbers mean"):
        assert plain(words.say(title)) in shown
    assert plain(UP_TO_DATE.text(words, course.plan.up_to_date_rate.value)) in shown


def test_text_in_charts_stays_text(course: CourseReport, renderer: ChartRenderer) -> None:
    """The labels of charts can be found and copied, in Cyrillic too."""
    shown = text(set_pages(course, "ru", draw_charts(course, "ru", renderer)))
    assert "Активные ученики, %" in shown
    assert "нояб" in shown


def test_only_chosen_figures_are_on_the_cover(course: CourseReport) -> None:
    """A course that chose two figures shows these two."""
    chosen = replace(course, shown_kpis=("completion_rate", "average_grade"))
    cover = pages(set_pages(chosen, "en", NO_CHARTS))[0]
    assert "72.3%" in cover
    assert "69.5%" in cover
    assert "99.1%" not in cover


def test_pages_are_numbered_and_carry_the_data_s_time(course: CourseReport) -> None:
    """Each page says which it is, of how many, and how old its data is."""
    shown = pages(set_pages(course, "en", NO_CHARTS))
    for number, page in enumerate(shown, start=1):
        assert f"Page {number} of {len(shown)}" in page
        assert "Data as of 25 Jun 2014, 21:30 UTC" in page


def test_a_long_table_repeats_its_header(course: CourseReport) -> None:
    """A hundred groups run over pages, each of which names the columns."""
    row = course.groups[0]
    many = tuple(replace(row, title=f"Group number {n}") for n in range(100))
    shown = pages(set_pages(replace(course, groups=many), "en", NO_CHARTS))
    holding = [page for page in shown if "Group number" in page]
    assert len(holding) >= 3
    assert all("Correct on first try" in page for page in holding)
    assert all(f"Group number {n} " in " ".join(holding) for n in range(100))


def test_the_list_at_risk_is_cut_with_a_word(course: CourseReport) -> None:
    """More learners at risk than a page helps with: the rest is said to be in the workbook."""
    worried = tuple(replace(each, at_risk=("never_seen",)) for each in course.learners)
    shown = text(set_pages(replace(course, learners=worried), "en", NO_CHARTS))
    assert "60 learners are at risk today. Those who need help most come first." in shown
    assert "and 20 more in the XLSX file" in shown


def test_names_and_long_ids_share_a_line_of_the_leaderboard(course: CourseReport) -> None:
    """With names there is one table over the whole width: no id runs into its neighbour."""
    ranked = replace(
        course.leaderboard[0], name="Konstantinopolskaya", learner_id="learnworlds:" + "6" * 24
    )
    named = tuple(replace(each, name="Anna") for each in course.learners)
    told = replace(course, learners=named, leaderboard=(ranked,), leaderboard_size=1)
    shown = text(set_pages(told, "en", NO_CHARTS))
    assert f"{ranked.name} {ranked.learner_id}" in shown


def test_nothing_is_said_of_when_facts_are_where_there_are_none(empty: CourseReport) -> None:
    """A course to come has no newest fact, so no page says of when its data are."""
    assert "Data as of" not in text(set_pages(empty, "en", NO_CHARTS))


def test_a_note_stands_beside_its_figure(course: CourseReport) -> None:
    """Without clicks the cover says so, on top and in the card of attendance."""
    cover = pages(set_pages(replace(course, notes=("no_clicks",)), "en", NO_CHARTS))[0]
    assert cover.count("attendance is counted from submissions.") == 2


def test_a_trend_needs_two_points(course: CourseReport) -> None:
    """One earlier run gives no trend, two do, and an unknown one is no point."""
    at = course.as_of
    assert at is not None
    points = ((at - timedelta(days=14), 0.7), (at - timedelta(days=7), None), (at, 0.72))
    for history, expected in ((points, True), (points[1:], False)):
        told = replace(course, history={"completion_rate": history})
        assert expected is ("Trend since" in text(set_pages(told, "en", NO_CHARTS)))


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_empty_course_has_dashes_and_no_zero_rates(
    code: str, empty: CourseReport, renderer: ChartRenderer
) -> None:
    """Nobody enrolled: every figure is a dash, no chart is drawn, nothing fails."""
    charts = draw_charts(empty, code, renderer)
    cover = pages(set_pages(empty, code, charts))[0]
    assert charts == {}
    assert cover.count("–") >= 5
    assert "– – –" not in " ".join(cover.split())
    assert "0.0" not in cover
    assert "0,0" not in cover


HOSTILE = [
    '#read("/etc/passwd")',
    "{{7*7}}",
    "<img src=file:///etc/passwd>",
    "*bold* _under_ $x^2$ `raw` @label <tag>",
    "\\u{41} // no comment /* none */",
    '=HYPERLINK("x")',
    "--- ~ ... 'quoted' \"quoted\"",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_printed_as_it_is(
    name: str, course: CourseReport, renderer: ChartRenderer
) -> None:
    """A title, a learner or an assessment that looks like code is only text."""
    hostile = replace(
        course,
        title=name,
        learners=tuple(replace(each, name=name) for each in course.learners),
        item_standings=tuple(replace(each, title=name) for each in course.item_standings),
    )
    shown = text(set_pages(hostile, "en", draw_charts(hostile, "en", renderer)))
    assert shown.replace(" ", "").count(name.replace(" ", "")) > 10
    assert "root:" not in shown


def test_a_reversing_sign_reverses_nothing(course: CourseReport) -> None:
    """The override sign is shown as a replacement, the words after it in their order."""
    shown = text(set_pages(replace(course, title="abc\u202edef"), "en", NO_CHARTS))
    assert "abc�def" in shown


def test_ten_thousand_marks_stay_on_their_line(course: CourseReport) -> None:
    """Piled marks and endless words are cut; the report keeps its pages."""
    usual = len(pages(set_pages(course, "en", NO_CHARTS)))
    for title in ("e" + "\u0301" * 10_000, "W" * 10_000):
        assert usual == len(pages(set_pages(replace(course, title=title), "en", NO_CHARTS)))


@pytest.mark.heavy
@given(name=st.text(max_size=200), n=st.integers(0, 10**9))
def test_any_text_and_any_count_can_be_set(name: str, n: int, course: CourseReport) -> None:
    """No name and no number of submissions keeps a report from being made."""
    people = (replace(course.learners[0], name=name, group_names=(name,), at_risk=("silent",)),)
    dirty = replace(course, title=name, submissions=n, learners=people)
    assert set_pages(dirty, "en", NO_CHARTS).startswith(b"%PDF")


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_the_figures_leave_out_is_said(course: CourseReport, code: str) -> None:
    """Records in quarantine have a section of their own; without any there is none."""
    records = {"records": 1, "received": 31, "reasons": (("bad_number", 1),)}
    waiting = WaitingRecords(source="files:x", stream="attempts", of_course=True, **records)
    heading = plain(language(code).say(HEADING))
    shown = text(set_pages(replace(course, waiting=(waiting,)), code, NO_CHARTS))
    assert heading in shown
    assert "(files:x, attempts)" in shown
    assert heading not in text(set_pages(course, code, NO_CHARTS))
