"""The first page: the groups of whoever looks, as cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Request
from starlette.responses import Response

from gradeline.access.permissions import Permission
from gradeline.entrypoints.dashboard.places import group_url
from gradeline.entrypoints.dashboard.rendering import Freshness, read_freshness, render
from gradeline.entrypoints.dashboard.viewers import Parts, Viewer, requires
from gradeline.entrypoints.web.database import open_as
from gradeline.records.course_outline import CourseOutline
from gradeline.records.group_figures import GroupCard
from gradeline.warehouse.results import read_cards
from gradeline.warehouse.results.stats import read_outlines

router = APIRouter()

_SignedIn: TypeAlias = Annotated[Viewer, requires()]


@dataclass(frozen=True, kw_only=True)
class Card:
    """A group of a course."""

    url: str
    name: str
    course: str  #: its title
    is_over: bool  #: the course has ended
    group: GroupCard


@dataclass(frozen=True, kw_only=True)
class HomePage:
    """What the first page shows."""

    freshness: Freshness
    cards: tuple[Card, ...]  #: running courses first
    has_role: bool  #: the school gave one to whoever looks


@router.get("/")
def home(request: Request, parts: Parts, viewer: _SignedIn) -> Response:
    """Show the groups that the viewer may see."""
    principal = viewer.shown_to
    with open_as(parts.database, principal, one_moment=True) as connection:
        freshness = read_freshness(connection, parts)
        outlines = read_outlines(connection)
        cards = [
            _card(each, outlines.get(each.figures.course_id)) for each in read_cards(connection)
        ]
    page = HomePage(
        freshness=freshness,
        cards=tuple(sorted(cards, key=lambda card: card.is_over)),
        has_role=principal.may(Permission.GROUP_FIGURES),
    )
    return render(request, viewer, "pages/home.html", page)


def _card(group: GroupCard, outline: CourseOutline | None) -> Card:
    figures = group.figures
    is_over = (
        outline is not None and outline.ends_on is not None and outline.today >= outline.ends_on
    )
    return Card(
        url=group_url(figures.group_ids[0], figures.course_id),
        name=figures.name,
        course=outline.title if outline else figures.course_id,
        is_over=is_over,
        group=group,
    )
