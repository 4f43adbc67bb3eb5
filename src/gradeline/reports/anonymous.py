"""Copies of reports: without names, and without figures about few learners."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from gradeline.records.course_figures import CourseFigures
from gradeline.records.course_report import (
    CourseReport,
    GroupScope,
    ItemStanding,
    PlanStanding,
    StatRow,
)
from gradeline.records.measures import Measure
from gradeline.records.small_cells import FEWEST_LEARNERS, Cell, hide_cells
from gradeline.reports.glossary import NAMES_HIDDEN

#: Settings that name people.
_PERSONAL = frozenset({"IGNORED_USERS"})
_HIDDEN = Measure(value=None, n=0)
_Row = TypeVar("_Row")
_Course = TypeVar("_Course", CourseReport, CourseFigures)


def without_names(course: CourseReport) -> CourseReport:
    """Return the report without anything about single learners or very few of them.

    A figure about fewer than five learners is hidden, and then that about the next fewest, so that
    it cannot be computed from the others and the whole. What is hidden is a dash. Of a group the
    headline figures and the comparison are left: its tables, beside those of the course, would
    tell what is hidden of other groups.
    """
    if course.group is not None:
        course = _headlines(course, course.group)
    small = course.enrolled < FEWEST_LEARNERS or is_hidden(course)
    return replace(
        _hide_figures(course, small=small),
        history={} if small else course.history,
        learners=(),
        leaderboard=(),
        grades=(),
        groups=_hide_rows(course.groups, "total_users"),
        levels=_hide_rows(course.levels, "total_users"),
        topics=_hide_rows(course.topics, "total_users"),
        notes=(NAMES_HIDDEN, *course.notes),
        unmatched=tuple(replace(each, examples=()) for each in course.unmatched),
        failed=tuple(replace(each, reason="") for each in course.failed),  # may quote a value
    )


def readers_figures(course: CourseFigures) -> CourseFigures:
    """Return the figures of a course without anything about single learners or very few."""
    shown = _hide_figures(course, small=course.enrolled < FEWEST_LEARNERS)
    lists = [each for each in course.at_risk_quality if each.precision.n >= FEWEST_LEARNERS]
    return replace(shown, at_risk_quality=tuple(lists))


def _hide_figures(course: _Course, *, small: bool) -> _Course:
    """Hide what report and figures of a course share; `small` = the course is about few."""
    return replace(
        course,
        kpis={name: _HIDDEN if small else value for name, value in course.kpis.items()},
        submissions=0 if small else course.submissions,
        weeks=tuple(w for w in course.weeks if w.enrolled >= FEWEST_LEARNERS and not small),
        bands=() if small or _is_telling(course) else course.bands,
        item_standings=_hide_items(course.item_standings, all_of_them=small),
        plan=replace(course.plan, behind=0, up_to_date_rate=_HIDDEN) if small else course.plan,
        settings={k: v for k, v in course.settings.items() if k not in _PERSONAL},
    )


def is_hidden(report: CourseReport) -> bool:
    """Whether it is of a group whose figures readers may not see, as others' are told by them."""
    group = report.group
    return group is not None and group.comparison[0].measures["enrolled"] == _HIDDEN


def _headlines(report: CourseReport, group: GroupScope) -> CourseReport:
    """Return the report of a group with no more than its headline figures and the comparison."""
    compared = _hide_rows(group.comparison, "enrolled")
    plan = PlanStanding(due=report.plan.due, up_to_date_rate=_HIDDEN, behind=0)
    return replace(
        report,
        group=replace(group, comparison=compared),
        weeks=(),
        levels=(),
        topics=(),
        history={},
        plan=plan,
    )


def hide_other_groups(report: CourseReport) -> CourseReport:
    """Return the report of a group, with names, without what tells of few learners of others."""
    if report.group is None:
        return report
    own, *others = report.group.comparison
    compared = (own, *_hide_rows(others, "enrolled"))
    return replace(report, group=replace(report.group, comparison=compared))


def _is_telling(course: CourseReport | CourseFigures) -> bool:
    """Whether a band of grades holds so few pairs that it could be about one learner."""
    return any(0 < band.pairs < FEWEST_LEARNERS for band in course.bands)


def _hide_rows(rows: Sequence[StatRow], learners: str) -> tuple[StatRow, ...]:
    """Hide the figures of groups, levels or topics of few learners; their titles stay.

    Args:
        rows: the groups, levels or topics.
        learners: the figure that says of how many learners each row is.
    """
    hidden = _too_few(rows, lambda row: int(row.measures[learners].value or 0))
    return tuple(
        replace(row, measures=dict.fromkeys(row.measures, _HIDDEN)) if number in hidden else row
        for number, row in enumerate(rows)
    )


def _hide_items(items: Sequence[ItemStanding], *, all_of_them: bool) -> tuple[ItemStanding, ...]:
    """Hide average grades that few learners earned; with `all_of_them` every figure."""
    if all_of_them:
        return tuple(
            replace(item, response_rate=_HIDDEN, completion_rate=_HIDDEN, average_grade=_HIDDEN)
            for item in items
        )
    hidden = _too_few(items, lambda item: item.average_grade.n)
    return tuple(
        replace(item, average_grade=_HIDDEN) if number in hidden else item
        for number, item in enumerate(items)
    )


def _too_few(rows: Sequence[_Row], learners: Callable[[_Row], int]) -> Collection[int]:
    """Return the numbers of the rows to hide: those about few, and what would give them away."""
    return hide_cells([Cell(learners=learners(row)) for row in rows])
