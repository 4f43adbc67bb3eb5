"""The pages of whoever runs Gradeline: what went wrong, and how each part of it does."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from gradeline.access.permissions import Permission, Role
from gradeline.base.errors import NotFound
from gradeline.base.languages import message
from gradeline.base.version import __version__
from gradeline.entrypoints.dashboard.fragments import redirect
from gradeline.entrypoints.dashboard.pages.exports import MOST_ROWS
from gradeline.entrypoints.dashboard.parts import DashboardParts
from gradeline.entrypoints.dashboard.rendering import Freshness, read_freshness, render
from gradeline.entrypoints.dashboard.troubles import STUCK, Signs, Trouble, find_troubles
from gradeline.entrypoints.dashboard.viewers import Parts, Viewer, requires
from gradeline.entrypoints.web.database import open_as
from gradeline.jobs.schedule import next_instants
from gradeline.records.messages import MessageState, StoredMessage
from gradeline.records.recipients import Recipient
from gradeline.records.schedules import Schedule
from gradeline.records.staff import StaffMember
from gradeline.warehouse import Connection, backups, schedules
from gradeline.warehouse.backups import BackupNote
from gradeline.warehouse.deliveries import messages, recipients
from gradeline.warehouse.operation import (
    SourceState,
    read_figures,
    read_sources,
    read_stale_since,
    read_troubled,
)
from gradeline.warehouse.slices import quarantine
from gradeline.warehouse.slices.quarantine import Count

router = APIRouter()

_Operator: TypeAlias = Annotated[Viewer, requires(Permission.OPERATE)]
#: Of each list so many are shown.
_SHOWN = 30
_NEXT = 3
_RAW_CHARACTERS = 200


#: how far a message got → in words
STATES: Mapping[MessageState, str] = MappingProxyType(
    {
        MessageState.WAITING: message("Waiting"),
        MessageState.SENDING: message("Being sent"),
        MessageState.SENT: message("Sent"),
        MessageState.UNKNOWN: message("Unclear"),
        MessageState.REFUSED: message("Refused"),
        MessageState.FAILED: message("Not delivered"),
        MessageState.DROPPED: message("Dropped"),
    }
)
ROLES: Mapping[str, str] = MappingProxyType(
    {
        Role.ADMIN: message("Administrator"),
        Role.CURATOR: message("Curator"),
        Role.READER: message("Reader"),
    }
)


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A message, and how far it got."""

    message: StoredMessage
    state: str  #: a message in words
    is_stuck: bool  #: nobody sends it again by itself


@dataclass(frozen=True, kw_only=True)
class Member:
    """A person of the staff."""

    person: StaffMember
    role: str  #: a message


@dataclass(frozen=True, kw_only=True)
class Due:
    """A schedule, and when it is due next."""

    schedule: Schedule
    job: str  #: with its arguments, as the command takes them
    instants: tuple[datetime, ...]  #: none = it is paused


@dataclass(frozen=True, kw_only=True)
class OperationsPage:
    """What the page of operations shows."""

    freshness: Freshness
    version: str
    troubles: tuple[Trouble, ...]
    sources: tuple[SourceState, ...]
    quarantine: tuple[Count, ...]  #: records that wait, by source and reason
    schedules: tuple[Due, ...]
    deliveries: tuple[Delivery, ...]  #: the newest first
    recipients: tuple[Recipient, ...]
    staff: tuple[Member, ...]
    backup: BackupNote | None  #: the newest good one
    workers: int


@dataclass(frozen=True, kw_only=True)
class RejectedLine:
    """A record in quarantine."""

    number: int
    slice: str
    place: str  #: where it stood: file and line
    reason: str  #: in the words of the error
    raw: str  #: its first characters as they came
    is_whole: bool


@dataclass(frozen=True, kw_only=True)
class QuarantinePage:
    """What the page of rejected records shows."""

    freshness: Freshness
    source: str  #: empty = of all
    reason: str  #: its code; empty = all
    records: tuple[RejectedLine, ...]
    more: bool  #: there are others of the kind
    command: str  #: that reads them again


@router.get("/operations")
def show(request: Request, parts: Parts, viewer: _Operator) -> Response:
    """Show how the installation does."""
    return render(request, viewer, "pages/operations.html", read_operations(parts, viewer))


def read_operations(parts: DashboardParts, viewer: Viewer) -> OperationsPage:
    """Read how the installation does."""
    staff = parts.office.staff()
    with open_as(parts.database, viewer.shown_to, one_moment=True) as connection:
        signs = _read_signs(connection, parts.clock())
        return OperationsPage(
            freshness=read_freshness(connection, parts),
            version=__version__,
            troubles=find_troubles(signs),
            sources=tuple(signs.sources),
            quarantine=tuple(quarantine.counts(connection)),
            schedules=tuple(map(_due, signs.schedules)),
            deliveries=tuple(map(_delivery, messages.ls(connection, limit=_SHOWN))),
            recipients=tuple(signs.recipients),
            staff=tuple(Member(person=each, role=ROLES[each.role]) for each in staff),
            backup=backups.newest(connection, good=True),
            workers=signs.workers,
        )


def _read_signs(connection: Connection, now: datetime) -> Signs:
    stuck = (each for state in STUCK for each in messages.ls(connection, state=state, limit=_SHOWN))
    living = [each.value for each in read_figures(connection) if each.name == "workers"]
    return Signs(
        now=now,
        stale_since=read_stale_since(connection, now),
        workers=int(sum(living)),
        slices=read_troubled(connection, _SHOWN),
        sources=read_sources(connection),
        messages=tuple(stuck),
        recipients=recipients.ls(connection),
        schedules=schedules.ls(connection),
        backup=backups.newest(connection),
    )


def _delivery(sent: StoredMessage) -> Delivery:
    return Delivery(message=sent, state=STATES[sent.state], is_stuck=sent.state in STUCK)


def _due(schedule: Schedule) -> Due:
    values = (f"{name}={value}" for name, value in sorted(schedule.arguments.items()))
    instants: tuple[datetime, ...] = ()
    if schedule.paused_at is None:
        rest = next_instants(schedule.cron, schedule.zone, schedule.next_at, _NEXT - 1)
        instants = (schedule.next_at, *rest)
    return Due(schedule=schedule, job=" ".join((schedule.job, *values)), instants=instants)


@router.get("/operations/quarantine")
def show_quarantine(
    request: Request,
    parts: Parts,
    viewer: _Operator,
    source: Annotated[str, Query(max_length=200)] = "",
    reason: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Show records that were rejected: where each came from and what is wrong with it."""
    with open_as(parts.database, viewer.shown_to) as connection:
        found = quarantine.ls(
            connection, source=source or None, reason_code=reason or None, most=_SHOWN + 1
        )
        freshness = read_freshness(connection, parts)
    page = QuarantinePage(
        freshness=freshness,
        source=source,
        reason=reason,
        records=tuple(
            RejectedLine(
                number=each.quarantine_id,
                slice=str(each.slice),
                place=each.place,
                reason=each.reason,
                raw=each.raw[:_RAW_CHARACTERS].decode("utf-8", "backslashreplace"),
                is_whole=each.size <= _RAW_CHARACTERS,
            )
            for each in found[:_SHOWN]
        ),
        more=len(found) > _SHOWN,
        command=" ".join(("gradeline quarantine replay", *(_option(source) if source else ()))),
    )
    return render(request, viewer, "pages/quarantine.html", page)


def _option(source: str) -> tuple[str, str]:
    return "--source", shlex.quote(source)


@router.post("/operations/messages/{message_id}/retry")
def retry(
    request: Request,
    parts: Parts,
    viewer: _Operator,
    message_id: Annotated[int, Path(ge=1, le=MOST_ROWS)],
) -> Response:
    """Let a message be sent once more, by the next delivery."""
    return _done(request, "", done=parts.office.retry_message(viewer.shown_to, message_id))


@router.post("/operations/schedules/{name:path}/pause")
def pause(request: Request, parts: Parts, viewer: _Operator, name: str) -> Response:
    """Let a schedule not be due until it is resumed."""
    return _done(request, "#schedules", done=parts.office.pause_schedule(viewer.shown_to, name))


@router.post("/operations/schedules/{name:path}/resume")
def resume(request: Request, parts: Parts, viewer: _Operator, name: str) -> Response:
    """Let a paused schedule be due again; what it missed is not caught up."""
    return _done(request, "#schedules", done=parts.office.resume_schedule(viewer.shown_to, name))


def _done(request: Request, place: str, *, done: bool) -> Response:
    if not done:
        raise NotFound
    return redirect(request, f"/operations{place}")
