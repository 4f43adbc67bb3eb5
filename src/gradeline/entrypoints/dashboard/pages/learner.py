"""The page of a learner: how they stand, what they answered, and what was done about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from gradeline.access.permissions import Permission
from gradeline.base.errors import BadRequest, NotFound
from gradeline.entrypoints.dashboard.charts import PageChart
from gradeline.entrypoints.dashboard.fragments import redirect
from gradeline.entrypoints.dashboard.learner_reading import (
    GroupOfLearner,
    LearnerAnswer,
    LearnerCourse,
    LearnerTopic,
    draw_weeks,
    read_answers,
    read_courses,
    read_topics,
    read_weeks,
)
from gradeline.entrypoints.dashboard.parts import DashboardParts
from gradeline.entrypoints.dashboard.places import learner_url
from gradeline.entrypoints.dashboard.rendering import Freshness, read_freshness, render
from gradeline.entrypoints.dashboard.viewers import Parts, Viewer, requires
from gradeline.entrypoints.web.database import open_as
from gradeline.records.contacts import Contact, ContactKind, NewContact
from gradeline.records.vocabulary_standing import VocabularyStanding
from gradeline.warehouse import Connection, contacts
from gradeline.warehouse.results.attempts import AnswerWeek
from gradeline.warehouse.results.stats import (
    Entity,
    find_entity,
    read_outlines,
    read_progress,
)
from gradeline.warehouse.vocabulary.standing import read_standing

router = APIRouter()

_Curator: TypeAlias = Annotated[Viewer, requires(Permission.LEARNERS)]
_LONGEST_NOTE = 4000


@dataclass(frozen=True, kw_only=True)
class LearnerPage:
    """What the page of a learner shows."""

    freshness: Freshness
    url: str
    name: str
    email: str | None
    reasons: tuple[str, ...]  #: codes of REASONS, of all courses
    courses: tuple[LearnerCourse, ...]  #: those they are in today first
    weeks: tuple[AnswerWeek, ...]  #: without gaps
    chart: PageChart | None
    topics: tuple[LearnerTopic, ...]  #: the weakest first
    vocabulary: VocabularyStanding | None
    answers: tuple[LearnerAnswer, ...]  #: the last ones, the newest first
    contacts: tuple[Contact, ...]  #: the newest first

    @property
    def groups(self) -> tuple[GroupOfLearner, ...]:
        """Return the groups that a note can be about."""
        return tuple(group for course in self.courses for group in course.groups)


@router.get("/learners/{learner}")
def show(request: Request, parts: Parts, viewer: _Curator, learner: str) -> Response:
    """Show the page of a learner."""
    with open_as(parts.database, viewer.shown_to, one_moment=True) as connection:
        page = read_learner_page(connection, parts, viewer, learner)
    return render(request, viewer, "pages/learner.html", page)


def read_learner_page(
    connection: Connection, parts: DashboardParts, viewer: Viewer, key: str
) -> LearnerPage:
    """Read the page of a learner by their short name.

    Raises:
        NotFound: there is no such learner, or the viewer may not see them.
    """
    learner_id = _find(connection, key)
    rows = read_progress(connection, learner_id=learner_id)
    outlines = read_outlines(connection)
    courses = read_courses(connection, rows, outlines)
    weeks = read_weeks(connection, learner_id)
    standings = [standing for _, standing in rows]
    held = {reason for standing in standings for reason in standing.at_risk}
    return LearnerPage(
        freshness=read_freshness(connection, parts),
        url=learner_url(learner_id),
        name=next((each.name for each in standings if each.name), learner_id),
        email=next((each.email for each in standings if each.email), None),
        reasons=tuple(sorted(held)),
        courses=courses,
        weeks=weeks,
        chart=draw_weeks(weeks, viewer.language),
        topics=read_topics(connection, courses, outlines),
        vocabulary=read_standing(connection, learner_id),
        answers=read_answers(connection, learner_id, outlines),
        contacts=contacts.of_learner(connection, learner_id),
    )


def _find(connection: Connection, key: str) -> str:
    found = find_entity(connection, Entity.LEARNER, key)
    if found is None:
        raise NotFound
    return found.id


@router.post("/learners/{learner}/notes")
def note(
    request: Request,
    parts: Parts,
    viewer: _Curator,
    learner: str,
    place: Annotated[str, Form(max_length=100)],
    text: Annotated[str, Form(max_length=_LONGEST_NOTE)],
) -> Response:
    """Write down a note about a learner of a group: `place` is the address of that group's page."""
    if not text.strip():
        raise BadRequest("A note needs a text.")
    with open_as(parts.database, viewer.shown_to) as connection:
        learner_id = _find(connection, learner)
        rows = read_progress(connection, learner_id=learner_id)
        courses = read_courses(connection, rows, read_outlines(connection))
        group = next((g for c in courses for g in c.groups if g.url == place), None)
        if group is None:
            raise NotFound
        wanted = NewContact(
            learner_id=learner_id,
            course_id=group.course_id,
            group_id=group.group_id,
            kind=ContactKind.NOTE,
            note=text.strip(),
        )
        contacts.note(connection, wanted)
    return redirect(request, f"{learner_url(learner_id)}#log")


@router.post("/learners/{learner}/contacts/{contact_id}/undo")
def undo(
    request: Request, parts: Parts, viewer: _Curator, learner: str, contact_id: int
) -> Response:
    """Take back an entry of the log."""
    with open_as(parts.database, viewer.shown_to) as connection:
        learner_id = _find(connection, learner)
        contacts.undo(connection, contact_id)
    return redirect(request, f"{learner_url(learner_id)}#log")
