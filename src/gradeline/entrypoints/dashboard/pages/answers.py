"""The answers behind a figure: who answered how, and each answer of one learner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Request
from starlette.responses import Response

from gradeline.access.permissions import Permission
from gradeline.base.errors import NotFound
from gradeline.entrypoints.dashboard.filters import Filtered, Filters
from gradeline.entrypoints.dashboard.places import Keys, Place, find_place
from gradeline.entrypoints.dashboard.rendering import Freshness, read_freshness, render
from gradeline.entrypoints.dashboard.viewers import Parts, Viewer, requires
from gradeline.entrypoints.web.database import open_as
from gradeline.records.measures import Measure
from gradeline.warehouse import Connection
from gradeline.warehouse.results.attempts import (
    GradedAttempt,
    Selection,
    list_attempts,
    sum_attempts,
    sum_learners,
)
from gradeline.warehouse.results.stats import Entity, find_entity, read_progress, short_key

router = APIRouter()

_Curator: TypeAlias = Annotated[Viewer, requires(Permission.LEARNERS)]
#: So many answers are listed: further back nobody reads them one by one.
_MOST = 200


@dataclass(frozen=True, kw_only=True)
class LearnerRow:
    """How one learner answered."""

    name: str
    url: str  #: of their answers
    accuracy: Measure
    first_try: Measure


@dataclass(frozen=True, kw_only=True)
class AnswerRow:
    """One answer."""

    item: str  #: its title
    attempt: GradedAttempt


@dataclass(frozen=True, kw_only=True)
class AnswersPage:
    """What the page of the answers behind a figure shows."""

    freshness: Freshness
    group: str  #: its name
    course: str  #: its title
    url: str  #: of the group's page
    back: str  #: the address of the same without the learner
    filters: Filters
    topic: str  #: its title; empty = all
    item: str  #: its title; empty = all
    learner: str  #: their name; empty = all
    total: Measure  #: the share of right answers
    learners: tuple[LearnerRow, ...]  #: by accuracy, the lowest first; none of one learner alone
    answers: tuple[AnswerRow, ...]  #: of one learner, the newest first


@router.get("/groups/{group}/{course}/answers")
def show(
    request: Request,
    parts: Parts,
    viewer: _Curator,
    keys: Keys,
    filters: Filtered,
) -> Response:
    """Show who answered how: in a topic or item, in a period; of a learner each answer."""
    with open_as(parts.database, viewer.shown_to, one_moment=True) as connection:
        place = find_place(connection, keys)
        freshness = read_freshness(connection, parts)
        page = read_answers(connection, place, filters, freshness)
    return render(request, viewer, "pages/answers.html", page)


def read_answers(
    connection: Connection, place: Place, filters: Filters, freshness: Freshness
) -> AnswersPage:
    """Read the answers behind a figure of a group.

    Raises:
        NotFound: the learner is not one of the group.
    """
    rows = read_progress(connection, course_id=place.course_id, group_id=place.group.id)
    names = {each.learner_id: each.name or each.learner_id for _, each in rows}
    learner_id = None
    if filters.learner is not None:
        found = find_entity(connection, Entity.LEARNER, filters.learner)
        if found is None or found.id not in names:
            raise NotFound
        learner_id = found.id
    selection = filters.select(
        Selection(group_id=place.group.id, course_id=place.course_id, learner_id=learner_id)
    )
    items = {each.item_id: each.title for each in place.outline.items} if place.outline else {}
    topics = place.outline.topic_titles if place.outline else {}
    return AnswersPage(
        freshness=freshness,
        group=place.group.name,
        course=place.course,
        url=place.url,
        back=f"{place.url}/answers{replace(filters, learner=None).query}",
        filters=filters,
        topic=topics.get(filters.topic, filters.topic) if filters.topic else "",
        item=items.get(filters.item, filters.item) if filters.item else "",
        learner=names[learner_id] if learner_id else "",
        total=sum_attempts(connection, selection)["avg_accuracy"],
        learners=() if learner_id else _learners(connection, place, selection, filters, names),
        answers=_answers(connection, selection, items) if learner_id else (),
    )


def _learners(
    connection: Connection,
    place: Place,
    selection: Selection,
    filters: Filters,
    names: Mapping[str, str],
) -> tuple[LearnerRow, ...]:
    rows = [
        LearnerRow(
            name=names.get(each.learner_id, each.learner_id),
            url=f"{place.url}/answers{replace(filters, learner=short_key(each.learner_id)).query}"
            if each.learner_id in names
            else "",
            accuracy=each.accuracy,
            first_try=each.first_try,
        )
        for each in sum_learners(connection, selection)
    ]
    return tuple(sorted(rows, key=lambda row: (row.accuracy.value or 0, row.name)))


def _answers(
    connection: Connection, selection: Selection, titles: Mapping[str, str]
) -> tuple[AnswerRow, ...]:
    return tuple(
        AnswerRow(item=titles.get(each.item_id or "", each.item_id or ""), attempt=each)
        for each in list_attempts(connection, selection, most=_MOST)
    )
