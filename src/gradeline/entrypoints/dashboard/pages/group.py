"""The page of a group: who needs somebody today, how the group stands, and where it is hard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Request
from starlette.responses import Response

from gradeline.access.permissions import Permission
from gradeline.entrypoints.dashboard.charts import PageChart
from gradeline.entrypoints.dashboard.filters import Filtered, Filters
from gradeline.entrypoints.dashboard.group_reading import (
    Comparison,
    Forecast,
    HardItem,
    Heat,
    Tile,
    TopicChoice,
    read_comparison,
    read_forecast,
    read_hard_items,
    read_heat,
    read_overdue,
    read_tiles,
    read_topics,
)
from gradeline.entrypoints.dashboard.pages.needs import Needs, read_needs
from gradeline.entrypoints.dashboard.parts import DashboardParts
from gradeline.entrypoints.dashboard.places import (
    Keys,
    PlaceKeys,
    course_url,
    find_place,
    learner_url,
)
from gradeline.entrypoints.dashboard.rendering import Freshness, read_freshness, render
from gradeline.entrypoints.dashboard.viewers import Parts, Viewer, requires
from gradeline.entrypoints.web.database import open_as
from gradeline.records.course_report import LearnerStanding
from gradeline.records.group_figures import GroupWeek
from gradeline.warehouse import Connection
from gradeline.warehouse.results import read_group_weeks
from gradeline.warehouse.results.stats import (
    Leaderboard,
    read_leaderboard,
    read_progress,
)

router = APIRouter()

_OfGroups: TypeAlias = Annotated[Viewer, requires(Permission.GROUP_FIGURES)]
_LEADERS = 10
_INTERVAL = ("value", "low", "high")


@dataclass(frozen=True, kw_only=True)
class Learner:
    """A learner of the group in the table of all."""

    url: str  #: of the learner's page
    standing: LearnerStanding


@dataclass(frozen=True, kw_only=True)
class GroupPage:
    """What the page of a group shows."""

    freshness: Freshness
    name: str
    course: str  #: its title
    url: str
    today: date | None  #: the course's
    ends_on: date | None
    filters: Filters
    needs: Needs | None  #: None = the viewer may see no learners
    tiles: tuple[Tile, ...]
    topics: tuple[TopicChoice, ...]
    heat: Heat
    hard_items: tuple[HardItem, ...]  #: the hardest first
    items_url: str  #: of the page with all items of the course
    leaderboard: Leaderboard | None  #: its first ranks
    learners: tuple[Learner, ...]  #: enrolled ones, by name
    forecast: Forecast | None
    weeks: tuple[GroupWeek, ...]  #: those in which attendance is known
    attendance: PageChart | None
    overdue: tuple[tuple[str, int], ...]  #: overdue assessments (`8+` = or more), learners
    overdue_chart: PageChart | None
    comparison: tuple[Comparison, ...]  #: the groups of the course, the own one first


@router.get("/groups/{group}/{course}")
def show(
    request: Request, parts: Parts, viewer: _OfGroups, keys: Keys, filters: Filtered
) -> Response:
    """Show the page of a group of a course."""
    with open_as(parts.database, viewer.shown_to, one_moment=True) as connection:
        page = read_group_page(connection, parts, viewer, keys, filters)
    return render(request, viewer, "pages/group.html", page)


def read_group_page(
    connection: Connection,
    parts: DashboardParts,
    viewer: Viewer,
    keys: PlaceKeys,
    filters: Filters,
) -> GroupPage:
    """Read the page of a group of a course by the short names of both.

    Raises:
        NotFound: there is no such group, or the viewer may not see it.
    """
    place = find_place(connection, keys)
    group_id, course_id = place.group.id, place.course_id
    sees_learners = viewer.shown_to.sees_names
    rows = read_progress(connection, course_id=course_id, group_id=group_id)
    standings = [each for _, each in rows if each.enrolled_today]
    weeks = read_group_weeks(connection, group_id, course_id)
    overdue, overdue_chart = read_overdue(standings)
    topics = read_topics(connection, place)
    board = read_leaderboard(connection, "group", group_id)
    return GroupPage(
        freshness=read_freshness(connection, parts),
        name=place.group.name,
        course=place.course,
        url=place.url,
        today=place.outline.today if place.outline else None,
        ends_on=place.outline.ends_on if place.outline else None,
        filters=filters,
        needs=read_needs(connection, parts, place) if sees_learners else None,
        tiles=read_tiles(connection, viewer.shown_to, place, filters, weeks),
        topics=topics,
        heat=read_heat(connection, viewer.shown_to, place, filters, topics),
        hard_items=read_hard_items(connection, place, filters) if sees_learners else (),
        items_url=course_url(course_id, group_id),
        leaderboard=_first(board),
        learners=_learners(standings),
        forecast=read_forecast(standings, place.outline),
        weeks=tuple(week for week in weeks if week.attendance.n),
        attendance=_attendance(weeks),
        overdue=overdue,
        overdue_chart=overdue_chart,
        comparison=read_comparison(connection, place),
    )


def _first(board: Leaderboard | None) -> Leaderboard | None:
    if board is None:
        return None
    return Leaderboard(rankings=board.rankings[:_LEADERS], size=board.size)


def _learners(standings: Sequence[LearnerStanding]) -> tuple[Learner, ...]:
    by_name = sorted(
        standings, key=lambda each: ((each.name or each.learner_id).casefold(), each.learner_id)
    )
    return tuple(Learner(url=learner_url(each.learner_id), standing=each) for each in by_name)


def _by_name(standing: LearnerStanding) -> tuple[str, str]:
    return (standing.name or standing.learner_id).casefold(), standing.learner_id


def _attendance(weeks: Sequence[GroupWeek]) -> PageChart | None:
    """Return the chart of weekly attendance; two points at least make a line."""
    known = [week for week in weeks if week.attendance.value is not None]
    rows = [
        {
            "day": int(datetime.combine(week.starts_on, time(), tzinfo=UTC).timestamp()) * 1000,
            **{
                name: 100 * (getattr(week.attendance, name) or 0)
                for name in ("value", "low", "high")
            },
        }
        for week in known
    ]
    return PageChart.of("attendance", rows) if len(rows) > 1 else None
