"""Messages: every one renders in every language, and a school's own templates replace ours."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from gradeline.base.errors import ReportError
from gradeline.base.languages import LANGUAGES
from gradeline.records.recipients import What
from gradeline.reports.messages import render
from gradeline.reports.messages.render import render_message
from gradeline.reports.messages.sparkline import sparkline
from gradeline.reports.messages.values import (
    AddressTestValues,
    AlertValues,
    CourseLines,
    CourseReportsValues,
    DailyFiguresValues,
    DayFigures,
    ExportReadyValues,
    GroupLines,
    GroupReportsValues,
    KpiLine,
    RunResultValues,
    Values,
)

TEMPLATES = Path(render.__file__).parent / "templates"
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} {% raw %}"
COURSE = CourseLines(
    course_id="AAA/2013J",
    title=HOSTILE,
    kpis=(
        KpiLine(label="Attendance", value="90%", change="+1.0"),
        KpiLine(label="Response rate", value="80%"),
    ),
    at_risk="12",
)
VALUES: dict[str, Values] = {
    "course-report": CourseReportsValues(courses=(COURSE,), as_of="1 Dec 2026", hidden_names=True),
    "group-report": GroupReportsValues(
        groups=(
            GroupLines(
                name=HOSTILE,
                course_title=HOSTILE,
                learners="12 learners",
                kpis=COURSE.kpis,
                at_risk="12 learners",
                named=(f"{HOSTILE} — 3+ overdue",),
                more="11",
            ),
        ),
        as_of="1 Dec 2026",
        hidden_names=True,
    ),
    "daily-figures": DailyFiguresValues(
        day="30 Nov 2026",
        timezone="Europe/Madrid",
        figures=DayFigures(
            attempts="12",
            successful="8",
            failed="3",
            runs="1",
            unique_users="5",
            success_rate="73%",
        ),
        first_day="1 Nov 2026",
        sparkline=sparkline([0, 5, None, 12]),
        problems=(HOSTILE,),
    ),
    "run-result": RunResultValues(
        failed=True,
        started_at="08:00",
        ended_at="08:02",
        took="2 minutes",
        stored="1",
        quarantined="2",
        recalculated="3",
        documents="4",
        problems=(HOSTILE,),
        problems_count="1",
        courses=(COURSE,),
        more_courses="7",
        store="file:data",
    ),
    "alert": AlertValues(problems=(HOSTILE,), problems_count="1"),
    "export-ready": ExportReadyValues(
        group=HOSTILE,
        asked_at="08:00",
        file="a.csv",
        url="https://school.example/exports/1/file",
        until="09:00",
    ),
    "test": AddressTestValues(what="course-report", address="ana@x.example", sent_at="08:00"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(VALUES))
def test_every_message_renders_in_every_language(name, language):
    """Subject on one line, a text, and HTML that says the same words."""
    made = render_message(name, VALUES[name], language)
    assert made.subject
    assert "\n" not in made.subject
    assert "\n\n\n" not in made.text
    assert f'<html lang="{language}">' in made.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_test_says_what_will_arrive(language):
    """Whatever a recipient gets, the message that tries the address has words of its own for it."""
    tried = [replace(VALUES["test"], what=what) for what in What]
    assert len({render_message("test", values, language).text for values in tried}) == len(What)


def test_every_template_has_its_values():
    """No message is without a case here, and none is without a template."""
    assert {path.name for path in TEMPLATES.iterdir()} == set(VALUES)


@pytest.mark.parametrize(
    "name", ["course-report", "group-report", "daily-figures", "run-result", "alert"]
)
def test_text_from_people_is_text(name):
    """A title or an error is shown as it is: no markup, no template."""
    made = render_message(name, VALUES[name], "en")
    assert HOSTILE in made.text
    assert "<script>" not in made.html
    assert "49" not in made.text


def test_html_says_what_the_text_says():
    """Pairs become a table, problems a list, and nothing is loaded from elsewhere."""
    made = render_message("daily-figures", VALUES["daily-figures"], "en")
    assert ">Attempts</td>" in made.html
    assert "<li" in made.html
    assert made.html.count('class="bar"') == 3
    assert sparkline([0, 5, None, 12]) in made.html
    assert "src=" not in made.html


@pytest.mark.parametrize("file", ["subject.txt", "subject.es.txt"])
def test_a_school_s_own_template_replaces_ours(tmp_path, file):
    """What the school writes is used for that part; the other parts stay ours."""
    (tmp_path / "daily-figures").mkdir()
    (tmp_path / "daily-figures" / file).write_text("Hoy: {{ figures.attempts }}", encoding="utf-8")
    made = render_message("daily-figures", VALUES["daily-figures"], "es", tmp_path)
    assert made.subject == "Hoy: 12"
    assert "Correctos: 8" in made.text


def test_a_school_s_own_html_is_escaped(tmp_path):
    """In HTML of the school's own, values are escaped."""
    (tmp_path / "alert").mkdir()
    (tmp_path / "alert" / "body.html").write_text("<b>{{ problems[0] }}</b>", encoding="utf-8")
    made = render_message("alert", VALUES["alert"], "en", tmp_path)
    assert made.html.startswith("<b>&lt;script&gt;")


ENDLESS = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"


@pytest.mark.parametrize(
    "body",
    [
        "{{ nothing }}",
        "{% if %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ 1 / 0 }}",
        "{{ 'x' | int | round('up') }}",
        "{{ '%d' % 'x' }}",
        "{{ problems.index('x') }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% include '../../../../etc/passwd' %}",
        "{{ 'x' * 999999999999 }}",
        "{{ 9 ** 9 ** 9 }}",
        ENDLESS,
        "{% for a in range(9999) %}{{ 'a long text' | center(9999) }}{% endfor %}",
    ],
)
def test_a_mistake_in_a_template_is_named(tmp_path, body):
    """A template that cannot be rendered is named, with where it lies."""
    (tmp_path / "alert").mkdir()
    (tmp_path / "alert" / "body.txt").write_text(body, encoding="utf-8")
    with pytest.raises(ReportError, match="alert"):
        render_message("alert", VALUES["alert"], "en", tmp_path)


def test_a_day_without_figures_is_told_as_such():
    """A day that was not computed is no row of zeros."""
    values = replace(VALUES["daily-figures"], figures=None)
    made = render_message("daily-figures", values, "en")
    assert "no figures" in made.text
    assert "Attempts:" not in made.text


def test_a_sparkline_tells_nothing_from_zero():
    """An unknown value is a space, zero the lowest block, the greatest the highest."""
    assert sparkline([None, 0, 1, 100]) == " ▁▂█"
    assert sparkline([]) == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["course-report", "run-result"])
def test_a_course_without_figures_is_named_in_one_line(name, language):
    """It has no heading and no row of dashes, and the other courses keep theirs."""
    values = replace(VALUES[name], courses=(COURSE,), empty=("Maths 4", "Maths 5"))
    lines = render_message(name, values, language).text.splitlines()
    assert [line.endswith(": Maths 4, Maths 5.") for line in lines].count(True) == 1
    assert not any("–" in line for line in lines)


def test_a_subject_counts_the_courses_without_figures():
    """One course is named, whether it has figures or not."""
    values = replace(VALUES["course-report"], courses=(), empty=("Maths 4",))
    made = render_message("course-report", values, "en")
    assert made.subject == "Course report: Maths 4, data as of 1 Dec 2026"


def test_a_title_with_a_colon_heads_its_figures():
    """A course called `Maths: level 1` is a heading, not a row of figures."""
    course = replace(COURSE, title="Maths: level 1")
    values = replace(VALUES["course-report"], courses=(course,))
    made = render_message("course-report", values, "en")
    assert ">Maths:\u00a0level 1 (AAA/2013J)</h2>" in made.html


def test_a_course_without_a_title_is_named_once():
    """Its ID is its title; it stands alone on the line above its figures."""
    course = replace(COURSE, title=COURSE.course_id)
    values = replace(VALUES["course-report"], courses=(course,))
    made = render_message("course-report", values, "en")
    assert COURSE.course_id in made.text.splitlines()


def test_html_fits_dark_screens_and_narrow_phones():
    """Colours for dark mode, and no width that a phone of 320 pixels does not have."""
    made = render_message("run-result", VALUES["run-result"], "en")
    assert "prefers-color-scheme:dark" in made.html
    assert 'name="color-scheme" content="light dark"' in made.html
    assert not re.search(r"[^-]width:[0-9]+px", made.html)


def test_what_to_type_is_code_and_an_address_ends_before_its_full_stop():
    """A command stands out, and a link leads where the message says."""
    problem = "See https://school.example/a. Then type `gradeline doctor`."
    made = render_message("alert", replace(VALUES["alert"], problems=(problem,)), "en")
    assert 'href="https://school.example/a"' in made.html
    assert ">gradeline doctor</code>" in made.html
