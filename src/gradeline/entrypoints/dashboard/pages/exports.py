"""The page of files that were asked for: how far each is, its link; and what goes out each week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, TypeAlias
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from gradeline.access.permissions import Permission
from gradeline.base.errors import NotFound
from gradeline.base.languages import message
from gradeline.entrypoints.dashboard.fragments import redirect
from gradeline.entrypoints.dashboard.parts import DashboardParts
from gradeline.entrypoints.dashboard.rendering import Freshness, read_freshness, render
from gradeline.entrypoints.dashboard.viewers import Parts, Viewer, requires
from gradeline.entrypoints.web.database import open_as
from gradeline.entrypoints.web.exports import Moment, SignedLink, link_to
from gradeline.records.exports import ENDED, Export, ExportStatus
from gradeline.records.recipients import Recipient
from gradeline.records.regular_reports import RegularOutcome
from gradeline.warehouse import Connection
from gradeline.warehouse.exports import requests
from gradeline.warehouse.results.stats import Entity, list_entities

router = APIRouter()

_OfGroups: TypeAlias = Annotated[Viewer, requires(Permission.GROUP_FIGURES)]
_OfLearners: TypeAlias = Annotated[Viewer, requires(Permission.LEARNERS)]
_SHOWN = 50
_LONGEST_WAIT_MIN = 60
#: The largest number of a row.
MOST_ROWS = 2**63 - 1

#: what became of a request → what a person is told
TOLD: Mapping[str, str] = MappingProxyType(
    {
        "asked": message("The file is being made. It appears below."),
        "too-many": message("You asked for as many files as one may ask for within an hour."),
        RegularOutcome.ADDED: message("The reports will be sent. They are listed below."),
        RegularOutcome.NO_MAIL: message(
            "Nothing is sent by e-mail here yet. An administrator sets up the mail server."
        ),
        RegularOutcome.BAD_ADDRESS: message("This is no e-mail address that mail can go to."),
        RegularOutcome.NOT_STAFF: message(
            "Reports with learners' names go to people of the school's staff alone. An"
            " administrator adds them there."
        ),
        RegularOutcome.TAKEN: message(
            "That address gets group reports already, or has unsubscribed from them. An"
            " administrator can change it."
        ),
    }
)
#: What went as it was asked for.
_DONE = frozenset({"asked", RegularOutcome.ADDED})
STATUSES: Mapping[ExportStatus, str] = MappingProxyType(
    {
        ExportStatus.PENDING: message("Waiting"),
        ExportStatus.PROCESSING: message("Being made"),
        ExportStatus.READY: message("Ready"),
        ExportStatus.FAILED: message("Not made"),
        ExportStatus.EXPIRED: message("Deleted"),
    }
)
DAYS = (
    message("Monday"),
    message("Tuesday"),
    message("Wednesday"),
    message("Thursday"),
    message("Friday"),
    message("Saturday"),
    message("Sunday"),
)


@dataclass(frozen=True, kw_only=True)
class File:
    """A file that somebody asked for."""

    export: Export
    group: str  #: its name, or its id where it has none any more
    status: ExportStatus
    label: str  #: a message: the status in words
    link: SignedLink | None  #: None = there is no file
    path: str  #: of its link, on this page's own host


@dataclass(frozen=True, kw_only=True)
class Regular:
    """Reports that go out each week."""

    recipient: Recipient
    day: str  #: a message
    time: str  #: of the school's wall clock
    groups: tuple[str, ...]  #: their names; empty = all of whoever sends them


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """What became of what was asked for."""

    text: str  #: a message
    is_good: bool
    wait_min: int  #: minutes until it may be asked for again; 0 = at once


@dataclass(frozen=True, kw_only=True)
class ExportsPage:
    """What the page of files shows."""

    freshness: Freshness
    told: Announcement | None
    files: tuple[File, ...]  #: the newest first
    is_open: bool  #: one of them changes by itself
    shows_askers: bool  #: files of others are among them
    regular: tuple[Regular, ...]


@router.get("/exports")
def show(
    request: Request,
    parts: Parts,
    viewer: _OfGroups,
    told: Annotated[str, Query(max_length=20)] = "",
    wait: Annotated[int, Query(ge=0, le=_LONGEST_WAIT_MIN)] = 0,
) -> Response:
    """Show the files that the viewer asked for; an administrator sees those of everybody."""
    page = read_exports_page(parts, viewer, _told(told, wait))
    return render(request, viewer, "pages/exports.html", page)


@router.get("/exports/files")
def show_files(request: Request, parts: Parts, viewer: _OfGroups) -> Response:
    """Show the list of files alone, as it is now."""
    page = read_exports_page(parts, viewer, None)
    return render(request, viewer, "fragments/files.html", page)


def read_exports_page(
    parts: DashboardParts, viewer: Viewer, told: Announcement | None
) -> ExportsPage:
    """Read the page of files, as its viewer may see it."""
    principal = viewer.shown_to
    with open_as(parts.database, principal) as connection:
        freshness = read_freshness(connection, parts)
        names = {each.id: each.name for each in list_entities(connection, Entity.GROUP)}
        found = requests.ls(connection, limit=_SHOWN)
        files = tuple(_file(connection, parts, each, names) for each in found)
    own = parts.office.own_recipients(principal) if principal.sees_names else ()
    return ExportsPage(
        freshness=freshness,
        told=told,
        files=files,
        is_open=any(each.status not in ENDED for each in files),
        shows_askers=any(each.export.requested_by != principal.login for each in files),
        regular=tuple(_regular(each, names) for each in own),
    )


def _file(
    connection: Connection, parts: DashboardParts, export: Export, names: Mapping[str, str]
) -> File:
    at = Moment(now=parts.clock(), public_url=parts.public_url)
    status = ExportStatus.EXPIRED if export.is_over(at.now) else export.status
    group_id = export.group_id or ""
    link = link_to(connection, parts.exports, export, at)
    return File(
        export=export,
        group=names.get(group_id, group_id),
        status=status,
        label=STATUSES[status],
        link=link,
        path=link.url.removeprefix(parts.public_url) if link else "",
    )


def _regular(recipient: Recipient, names: Mapping[str, str]) -> Regular:
    _, hour, *_, weekday = recipient.cron.split()
    return Regular(
        recipient=recipient,
        day=DAYS[int(weekday) - 1],
        time=f"{int(hour):02d}:00",
        groups=tuple(names.get(each, each) for each in recipient.groups),
    )


def _told(key: str, wait_min: int) -> Announcement | None:
    text = TOLD.get(key)
    return Announcement(text=text, is_good=key in _DONE, wait_min=wait_min) if text else None


@router.post("/exports/{export_id}/revoke")
def revoke(request: Request, parts: Parts, viewer: _OfGroups, export_id: UUID) -> Response:
    """End all links to a file; the page has a new one."""
    return _end(request, parts, viewer, export_id, its_file=False)


@router.post("/exports/{export_id}/delete")
def delete(request: Request, parts: Parts, viewer: _OfGroups, export_id: UUID) -> Response:
    """Delete a file, or ask for it no more."""
    return _end(request, parts, viewer, export_id, its_file=True)


def _end(
    request: Request, parts: DashboardParts, viewer: Viewer, export_id: UUID, *, its_file: bool
) -> Response:
    with open_as(parts.database, viewer.shown_to) as connection:
        if not requests.revoke(connection, export_id, its_file=its_file):
            raise NotFound
    return redirect(request, "/exports")


@router.post("/exports/regular/{recipient_id}/stop")
def stop(
    request: Request,
    parts: Parts,
    viewer: _OfLearners,
    recipient_id: Annotated[int, Path(ge=1, le=MOST_ROWS)],
) -> Response:
    """End reports that the viewer lets go out each week."""
    if not parts.office.stop_regularly(viewer.shown_to, recipient_id):
        raise NotFound
    return redirect(request, "/exports#regular")
