"""Who of a group needs somebody today, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from gradeline.access.permissions import Permission
from gradeline.base.clock import school_day
from gradeline.base.errors import BadRequest, NotFound
from gradeline.entrypoints.dashboard.fragments import is_fragment, redirect
from gradeline.entrypoints.dashboard.parts import DashboardParts
from gradeline.entrypoints.dashboard.places import Keys, Place, find_place, learner_url
from gradeline.entrypoints.dashboard.prepared_messages import PreparedMessage, prepare_messages
from gradeline.entrypoints.dashboard.rendering import render
from gradeline.entrypoints.dashboard.viewers import Parts, Viewer, requires
from gradeline.entrypoints.web.database import open_as
from gradeline.records.contacts import Contact, ContactKind, NewContact
from gradeline.records.course_report import LearnerStanding
from gradeline.warehouse import Connection, contacts
from gradeline.warehouse.results.stats import Entity, find_entity, read_progress, short_key

router = APIRouter()

_Curator: TypeAlias = Annotated[Viewer, requires(Permission.LEARNERS)]
#: So many learners are shown at once: more are nobody's work of a morning.
MOST = 10
#: Days for which somebody who was written to, or put off, is not shown again.
QUIET_DAYS = {"contacted": 7, "snooze-3": 3, "snooze-7": 7, "snooze-14": 14}
_LOG = 20


@dataclass(frozen=True, kw_only=True)
class LearnerAtRisk:
    """A learner who needs somebody."""

    key: str  #: a short name for addresses
    url: str  #: of the learner's page
    name: str
    reasons: tuple[str, ...]  #: codes of REASONS
    missing: int
    days_behind: int
    last_active_on: date | None
    messages: tuple[PreparedMessage, ...]  #: the learner's language first
    last_contact: Contact | None  #: of those that count no more


@dataclass(frozen=True, kw_only=True)
class LogEntry:
    """An entry of the log."""

    name: str
    contact: Contact


@dataclass(frozen=True, kw_only=True)
class Needs:
    """Who needs somebody today, worst first, and the log of what was done."""

    url: str  #: of the group's page
    learners: tuple[LearnerAtRisk, ...]  #: at most MOST
    more: int  #: learners at risk beyond these
    at_risk: int  #: all of them, those of whom something was done included
    done: tuple[LogEntry, ...]  #: the newest first
    snoozes: tuple[int, ...] = (3, 7, 14)  #: days that one can put somebody off


def read_needs(connection: Connection, parts: DashboardParts, place: Place) -> Needs:
    """Read who of a group needs somebody today.

    Worst first: more reasons, more overdue work, longer overdue, longer unseen.
    """
    group_id, course_id = place.group.id, place.course_id
    rows = read_progress(connection, course_id=course_id, group_id=group_id)
    names = {each.learner_id: each.name or each.learner_id for _, each in rows}
    listed = [each for _, each in rows if each.enrolled_today and each.at_risk]
    today = school_day(parts.clock(), parts.zone)
    quiet = contacts.quiet_learners(connection, group_id, course_id, today)
    log = contacts.of_group(connection, group_id, course_id)
    last = {each.learner_id: each for each in reversed(log)}
    waiting = sorted((each for each in listed if each.learner_id not in quiet), key=_urgency)
    return Needs(
        url=place.url,
        learners=tuple(
            _need(each, place, parts.language, last.get(each.learner_id)) for each in waiting[:MOST]
        ),
        more=max(0, len(waiting) - MOST),
        at_risk=len(listed),
        done=tuple(
            LogEntry(name=names.get(each.learner_id, each.learner_id), contact=each)
            for each in log[:_LOG]
        ),
    )


def _urgency(learner: LearnerStanding) -> tuple[object, ...]:
    return (
        -len(learner.at_risk),
        -learner.missing,
        -learner.days_behind,
        learner.last_active_on or date.min,
        learner.learner_id,
    )


def _need(
    learner: LearnerStanding, place: Place, language: str, last: Contact | None
) -> LearnerAtRisk:
    key = short_key(learner.learner_id)
    return LearnerAtRisk(
        key=key,
        url=learner_url(learner.learner_id),
        name=learner.name or learner.learner_id,
        reasons=learner.at_risk,
        missing=learner.missing,
        days_behind=learner.days_behind,
        last_active_on=learner.last_active_on,
        messages=prepare_messages(learner, place.course, language),
        last_contact=last,
    )


@router.post("/groups/{group}/{course}/contacts")
def note(
    request: Request,
    parts: Parts,
    viewer: _Curator,
    keys: Keys,
    learner: Annotated[str, Form(max_length=500)],
    action: Annotated[str, Form(max_length=20)],
) -> Response:
    """Note that a learner was written to, or is put off; they leave the list for some days."""
    days = QUIET_DAYS.get(action)
    if days is None:
        raise BadRequest(f"{action!r} is none of {', '.join(QUIET_DAYS)}.")
    quiet_until = school_day(parts.clock(), parts.zone) + timedelta(days=days)
    kind = ContactKind.CONTACTED if action == "contacted" else ContactKind.SNOOZED
    with open_as(parts.database, viewer.shown_to) as connection:
        place = find_place(connection, keys)
        found = find_entity(connection, Entity.LEARNER, learner)
        if found is None:
            raise NotFound
        wanted = NewContact(
            learner_id=found.id,
            course_id=place.course_id,
            group_id=place.group.id,
            kind=kind,
            quiet_until=quiet_until,
        )
        contacts.note(connection, wanted)
        needs = read_needs(connection, parts, place)
    return _answer(request, viewer, needs)


@router.post("/groups/{group}/{course}/contacts/{contact_id}/undo")
def undo(request: Request, parts: Parts, viewer: _Curator, keys: Keys, contact_id: int) -> Response:
    """Take back what was noted; the learner is on the list again."""
    with open_as(parts.database, viewer.shown_to) as connection:
        place = find_place(connection, keys)
        contacts.undo(connection, contact_id)
        needs = read_needs(connection, parts, place)
    return _answer(request, viewer, needs)


def _answer(request: Request, viewer: Viewer, needs: Needs) -> Response:
    if is_fragment(request):
        return render(request, viewer, "fragments/needs.html", needs)
    return redirect(request, needs.url)
