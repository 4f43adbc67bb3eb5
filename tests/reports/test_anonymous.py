"""A reader's copy: no name, no id, no figure about fewer than five learners."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from pypdf import PdfReader

from gradeline.base.languages import language
from gradeline.records.course_report import StatRow
from gradeline.records.data_quality import FailedSlices
from gradeline.records.measures import STAT_MEASURES, Measure
from gradeline.reports.anonymous import hide_other_groups, is_hidden, without_names
from gradeline.reports.charts.renderer import ChartRenderer
from gradeline.reports.data_quality import quality_lines
from gradeline.reports.make import REPORTS

from .conftest import given_group


def groups(*sizes: int) -> tuple[StatRow, ...]:
    """Groups of so many learners."""
    return tuple(
        StatRow(
            entity_id=f"g{number}",
            title=f"Group {number}",
            measures={
                name: Measure(value=float(size if name == "total_users" else 7), n=size)
                for name in STAT_MEASURES
            },
        )
        for number, size in enumerate(sizes)
    )


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ((10, 8, 6), []),
        ((10, 8, 4), [1, 2]),
        ((10, 8, 3, 4), [2, 3]),
        ((10, 8, 1, 2), [1, 2, 3]),
        ((10, 0, 8), []),
        ((3,), [0]),
        ((20, 9, 1, 7), [2, 3]),
    ],
)
def test_a_small_group_is_hidden_and_cannot_be_computed_from_the_others(course, sizes, hidden):
    """Hidden rows are two or more and together about five learners or more."""
    shown = without_names(replace(course, groups=groups(*sizes))).groups
    values = [row.measures["avg_accuracy"].value for row in shown]
    assert [number for number, value in enumerate(values) if value is None] == hidden
    assert [row.title for row in shown] == [f"Group {number}" for number in range(len(sizes))]


@pytest.mark.parametrize(
    ("own", "others", "with_names", "without"),
    [
        (40, (25, 9), {0, 1, 2}, {0, 1, 2}),
        (3, (25, 9), {0, 1, 2}, {1}),
        (40, (25, 9, 4), {0, 1}, {0, 1}),
        (40, (4,), {0}, set()),
        (6, (9, 4), {0}, {1}),
    ],
)
def test_small_groups_are_hidden_in_the_report_of_another(own, others, with_names, without):
    """A curator sees the own group, and of others what cannot be told from those that are shown."""
    report = given_group(own, others)
    shown = []
    for copy in (hide_other_groups(report), without_names(report)):
        rows = enumerate(copy.group.comparison)
        shown.append({n for n, row in rows if row.measures["attendance_rate"].value is not None})
    assert shown == [with_names, without]


def test_a_reader_s_copy_of_a_group_has_headline_figures_alone(course):
    """Tables of a group beside those of the course would tell figures of other groups."""
    copy = without_names(given_group())
    assert (copy.weeks, copy.topics, copy.levels, copy.learners, copy.history) == (
        (),
        (),
        (),
        (),
        {},
    )
    assert copy.kpis == given_group().kpis
    hidden = without_names(given_group(6, (9, 4)))
    assert is_hidden(hidden)
    assert {measure.value for measure in hidden.kpis.values()} == {None}


def test_a_small_course_shows_no_figure(course):
    """A course of four learners has no KPI, week, band or trend in a reader's copy."""
    copy = without_names(replace(course, enrolled=4))
    assert {measure.value for measure in copy.kpis.values()} == {None}
    assert (copy.weeks, copy.bands, copy.history) == ((), (), {})


@pytest.mark.parametrize("kind", ["course_pdf", "course_xlsx"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_learner_is_in_the_documents(course, kind, language):
    """Neither name, e-mail nor id of any learner is in the text of a reader's documents."""
    copy = without_names(course)
    with ChartRenderer() as renderer:
        content = REPORTS[kind].render(copy, language, renderer)
    text = words_of(content)
    named = {
        word
        for learner in course.learners
        for word in (learner.name, learner.email, learner.learner_id)
        if word
    }
    assert named
    assert [word for word in named if word in text] == []


def words_of(content: bytes) -> str:
    """All the text of a PDF, or of every part of a workbook."""
    if content[:4] == b"%PDF":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


def test_no_reason_of_a_failed_slice_is_in_a_readers_copy(course):
    """A reason may quote a value of the file, such as a name."""
    failed = FailedSlices(
        source="s", stream="learners", windows=("a.csv",), reason="'Ann' is wrong"
    )
    (line, _advice) = quality_lines(
        without_names(replace(course, failed=(failed,))), language("en")
    )
    assert line == "1 slice of s (learners, a.csv) could not be loaded."
