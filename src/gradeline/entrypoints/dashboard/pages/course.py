"""The page of a course: how well its items measure, the suspicious ones first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from gradeline.access.permissions import Permission
from gradeline.access.principals import Principal
from gradeline.base.errors import NotFound
from gradeline.entrypoints.dashboard.item_reading import JudgedItem, in_order, judge
from gradeline.entrypoints.dashboard.parts import DashboardParts
from gradeline.entrypoints.dashboard.places import course_url, group_url
from gradeline.entrypoints.dashboard.rendering import Freshness, read_freshness, render
from gradeline.entrypoints.dashboard.viewers import Parts, Viewer, requires
from gradeline.entrypoints.web.database import open_as
from gradeline.records.item_figures import FormFigures
from gradeline.warehouse import Connection
from gradeline.warehouse.results.items import read_form, read_items
from gradeline.warehouse.results.stats import (
    Entity,
    find_entity,
    list_entities,
    read_outlines,
)

router = APIRouter()

_Curator: TypeAlias = Annotated[Viewer, requires(Permission.LEARNERS)]


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Whose first tries figures are over."""

    key: str  #: the short name of a group; empty = the whole course
    name: str  #: of the group; empty = the whole course
    url: str  #: of the group's page; empty = the whole course
    group_id: str | None


@dataclass(frozen=True, kw_only=True)
class CoursePage:
    """What the page of a course shows."""

    freshness: Freshness
    url: str
    title: str
    scopes: tuple[Scope, ...]  #: those that the viewer may see
    chosen: Scope
    suspicious: tuple[JudgedItem, ...]  #: the gravest doubt first
    others: tuple[JudgedItem, ...]  #: the hardest first
    waiting: int  #: items of the course that too few learners have tried
    form: FormFigures | None  #: None = too few learners tried all items


@router.get("/courses/{course}")
def show(
    request: Request,
    parts: Parts,
    viewer: _Curator,
    course: str,
    group: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """Show the items of a course, over the first tries of all or of one group."""
    with open_as(parts.database, viewer.shown_to, one_moment=True) as connection:
        page = read_course_page(connection, parts, viewer.shown_to, course, group)
    return render(request, viewer, "pages/course.html", page)


def read_course_page(
    connection: Connection, parts: DashboardParts, principal: Principal, course: str, group: str
) -> CoursePage:
    """Read the page of a course by its short name; `group` is that of a group, or empty.

    Raises:
        NotFound: there is no such course or group, or the viewer may not see it.
    """
    found = find_entity(connection, Entity.COURSE, course)
    if found is None:
        raise NotFound
    scopes = _scopes(connection, principal, found.id)
    chosen = next((scope for scope in scopes if scope.key == group or not group), None)
    if chosen is None:
        raise NotFound
    outline = read_outlines(connection, found.id).get(found.id)
    items = outline.items if outline else ()
    titles = outline.topic_titles if outline else {}
    topics = {item.item_id: titles.get(item.topic_id or "", item.topic_id or "") for item in items}
    figures = read_items(connection, found.id, chosen.group_id)
    judged = in_order([judge(each, topics.get(each.item_id, "")) for each in figures])
    return CoursePage(
        freshness=read_freshness(connection, parts),
        url=course_url(found.id),
        title=outline.title if outline else found.id,
        scopes=scopes,
        chosen=chosen,
        suspicious=tuple(each for each in judged if each.doubts),
        others=tuple(each for each in judged if not each.doubts),
        waiting=len({item.item_id for item in items} - {each.item_id for each in figures}),
        form=read_form(connection, found.id, chosen.group_id),
    )


def _scopes(connection: Connection, principal: Principal, course_id: str) -> tuple[Scope, ...]:
    groups = tuple(
        Scope(key=each.key, name=each.name, url=group_url(each.id, course_id), group_id=each.id)
        for each in list_entities(connection, Entity.GROUP)
        if course_id in each.courses
    )
    whole = Scope(key="", name="", url="", group_id=None)
    return (whole, *groups) if principal.may(Permission.COURSE_FIGURES) else groups
