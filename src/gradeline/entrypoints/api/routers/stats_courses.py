"""Read the figures of courses as the bodies of answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from gradeline.access.permissions import Permission, Role
from gradeline.access.principals import Principal
from gradeline.base.errors import NotFound
from gradeline.entrypoints.api.prepared import Stamp
from gradeline.entrypoints.api.routers import stats_models as models
from gradeline.entrypoints.api.routers.stats_filters import StatFilters, select
from gradeline.entrypoints.api.routers.stats_reading import (
    Read,
    body,
    fields_of,
    find,
    listed,
    period,
    read_leaderboard,
    stats_within,
)
from gradeline.entrypoints.web.figures import read_figures
from gradeline.records.course_report import LearnerStanding
from gradeline.warehouse import Connection
from gradeline.warehouse.results import read_union, stats
from gradeline.warehouse.results.attempts import Selection, sum_items
from gradeline.warehouse.results.stats import Entity


def read_course_leaderboard(principal: Principal, name: str) -> Read:
    """Return what reads the leaderboard of a course: of a curator the own learners in it."""
    whole = read_leaderboard("course", Entity.COURSE, name)

    def read(connection: Connection, stamp: Stamp) -> models.LeaderboardAnswer:
        course = find(connection, Entity.COURSE, name)
        rows = stats.read_progress(connection, course_id=course.id)
        own = [standing for _, standing in rows if standing.rank is not None]
        ranked = sorted(own, key=lambda each: (each.rank, each.learner_id))
        board = {"size": None, "rankings": ranked}
        return body(models.LeaderboardAnswer, stamp, leaderboard=board)

    return whole if principal.may(Permission.COURSE_FIGURES) else read


def listed_learners(
    rows: Iterable[tuple[str, LearnerStanding]], keys: Callable[[str], str]
) -> list[models.LearnerProgress]:
    """Return how several learners stand, for a list."""
    return [
        models.LearnerProgress.model_validate(
            {"course_id": course, "key": keys(standing.learner_id), **fields_of(standing)}
        )
        for course, standing in rows
    ]


def read_plan(principal: Principal, name: str) -> Read:
    """Return what reads what is due in a course, and how each learner does."""

    def read(connection: Connection, stamp: Stamp) -> models.PlanAnswer:
        course = find(connection, Entity.COURSE, name)
        figures = stats.read_course_figures(connection, course.id)
        plan = figures.plan if figures else stats.read_plan(connection, course.id)
        rows = [
            (course_id, standing)
            for course_id, standing in stats.read_progress(connection, course_id=course.id)
            if standing.enrolled_today
        ]
        return body(
            models.PlanAnswer,
            stamp,
            course_id=course.id,
            due=plan.due,
            behind=plan.behind,
            up_to_date_rate=plan.up_to_date_rate,
            learners=listed_learners(rows, stats.short_key) if principal.sees_names else [],
        )

    return read


def read_at_risk(name: str) -> Read:
    """Return what reads the learners of a course who are at risk, with reasons."""

    def read(connection: Connection, stamp: Stamp) -> models.AtRiskAnswer:
        course = find(connection, Entity.COURSE, name)
        figures = stats.read_course_figures(connection, course.id)
        rows = stats.read_progress(connection, course_id=course.id, at_risk=True)
        return body(
            models.AtRiskAnswer,
            stamp,
            course_id=course.id,
            learners=listed_learners(rows, stats.short_key),
            quality=[asdict(each) for each in figures.at_risk_quality] if figures else [],
        )

    return read


def read_items(principal: Principal, name: str, filters: StatFilters) -> Read:
    """Return what reads the items of a course."""

    def read(connection: Connection, stamp: Stamp) -> models.ItemsAnswer:
        course = find(connection, Entity.COURSE, name)
        selection = select(connection, Selection(course_id=course.id), filters)
        figures = stats.read_course_figures(connection, course.id)
        told = {each.item_id: each for each in figures.item_standings} if figures else {}
        kept = read_figures(connection, principal, selection, filtered=bool(filters))
        counted = {}
        if principal.role is not Role.READER:
            counted = dict(sum_items(connection, selection.within(kept.since)))
        items = [
            models.ItemStats.model_validate(
                {"item_id": item, **(_item(told.get(item))), "stat": counted.get(item)}
            )
            for item in sorted({*told, *counted})
        ]
        return body(
            models.ItemsAnswer, stamp, course_id=course.id, period=period(kept), items=items
        )

    return read


def _item(standing: Any) -> dict[str, Any]:
    if standing is None:
        return {}
    return {name: getattr(standing, name) for name in type(standing).__dataclass_fields__}


def read_course(principal: Principal, name: str, filters: StatFilters) -> Read:
    """Return what reads the figures of a course, or of the own groups in it."""

    def read(connection: Connection, stamp: Stamp) -> models.CourseStats:
        course = find(connection, Entity.COURSE, name)
        selection = select(connection, Selection(course_id=course.id), filters)
        figures = read_figures(connection, principal, selection, filtered=bool(filters))
        own = Selection(course_id=course.id)
        groups = [
            listed(each)
            for each in stats.list_entities(connection, Entity.GROUP)
            if course.id in each.courses
        ]
        return body(
            models.CourseStats,
            stamp,
            **_headline(connection, course.id, [each.group_id for each in groups]),
            course_id=course.id,
            key=course.key,
            period=period(figures),
            stat=figures.stat,
            groups=groups,
            levels=stats_within(connection, "course_level", own),
            topics=stats_within(connection, "course_topic", own),
        )

    return read


def _headline(connection: Connection, course_id: str, groups: list[str]) -> dict[str, Any]:
    """Return the headline figures of a course, or of the groups of it that may be seen."""
    whole = stats.read_course_figures(connection, course_id)
    if whole is not None:
        names = ("title", "starts_on", "ends_on", "enrolled", "items", "submissions", "kpis")
        return {
            "of": "course",
            **{name: getattr(whole, name) for name in names},
            "weeks": [asdict(week) for week in whole.weeks],
            "bands": [asdict(band) for band in whole.bands],
            "notes": list(whole.notes),
        }
    union = read_union(connection, course_id, groups)
    if union is None:
        raise NotFound
    shown = ("enrolled", "items", "submissions", "kpis")
    own = {name: getattr(union, name) for name in shown}
    return {"of": "own groups", **own, "weeks": [], "bands": [], "notes": []}
