"""Exports: files of a group's figures, made by the worker, fetched by signed links."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path, Query, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from gradeline.access.permissions import Permission
from gradeline.access.principals import Principal
from gradeline.access.stored_principals import to_stored
from gradeline.base.errors import BadRequest, NotFound, TooManyRequests
from gradeline.entrypoints.api.auth import Parts, requires
from gradeline.entrypoints.api.parts import ApiParts
from gradeline.entrypoints.api.quota import limit_headers
from gradeline.entrypoints.api.routers.exports_models import (
    AcceptedExport,
    ExportList,
    ExportRequest,
    ExportShown,
    shown,
)
from gradeline.entrypoints.api.routers.stats_reading import find
from gradeline.entrypoints.web.database import open_as
from gradeline.entrypoints.web.exports import Moment, check_export, has_file, link_to
from gradeline.entrypoints.web.webhook_addresses import check_webhook
from gradeline.records.exports import (
    ENDED,
    Export,
    ExportFilters,
    ExportStatus,
    NewExport,
    Notice,
)
from gradeline.warehouse.exports import requests
from gradeline.warehouse.exports.requests import Outcome
from gradeline.warehouse.results.stats import Entity

router = APIRouter(tags=["exports"])

_Asker = Annotated[Principal, requires(Permission.GROUP_FIGURES)]
_GroupId = Annotated[
    str,
    Path(
        description="The group's id, percent-encoded; ids may hold slashes",
        examples=["files:AAA/2013J/Scotland"],
        max_length=500,
    ),
]
_Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
        description="A name of your own for this request: sent again, it has no second effect",
    ),
]
_LIMIT = "exports"
#: Seconds between two looks at an export whose events somebody reads; looks at most.
_LOOK_S, _LOOKS = 0.5, 1200


@router.post(
    "/stats/groups/{group_id:path}/export",
    status_code=HTTPStatus.ACCEPTED,
    summary="Ask for a file of a group's figures",
)
def request_export(
    group_id: _GroupId,
    wanted: ExportRequest,
    response: Response,
    parts: Parts,
    principal: _Asker,
    idempotency_key: _Key = None,
) -> AcceptedExport:
    """Let a worker make a file; `status_url` tells when it is ready, and its address.

    The numbers are those of `GET /stats/groups/{id}` with the same topics and period. Every login
    may ask for some files in an hour; the headers `RateLimit` say how many are left.
    """
    check_export(principal, wanted.format)
    limit = parts.exports.per_hour
    with open_as(parts.database, principal) as connection:
        group = find(connection, Entity.GROUP, group_id)
        made = _new_export(parts, principal, group.id, wanted, idempotency_key)
        done = requests.request(connection, made, limit)
    if done.outcome is Outcome.OTHER:
        raise BadRequest(
            "This Idempotency-Key was used for another request.",
            hint="Take a new one for each file.",
            where=("header", "Idempotency-Key"),
        )
    headers = limit_headers(_LIMIT, limit=limit, remaining=done.remaining, reset_s=done.reset_s)
    if done.outcome is Outcome.TOO_MANY or done.export_id is None:
        raise TooManyRequests(
            f"{limit} files were asked for within an hour, which is the limit.",
            hint="Ask again later, or fetch those you have: GET /stats/exports.",
            retry_after_s=done.reset_s,
            headers=headers,
        )
    response.headers.update(headers)
    return _accepted(response, done.export_id)


def _accepted(response: Response, export_id: UUID) -> AcceptedExport:
    status_url = f"/stats/exports/{export_id}"
    response.headers["Location"] = status_url
    return AcceptedExport(
        id=export_id,
        status=ExportStatus.PENDING,
        status_url=status_url,
        events_url=f"{status_url}/events",
    )


def _new_export(
    parts: ApiParts, principal: Principal, group_id: str, wanted: ExportRequest, key: str | None
) -> NewExport:
    notify = None
    if wanted.notify is not None:
        if wanted.notify.channel not in parts.exports.channels:
            raise BadRequest(
                f"{wanted.notify.channel} is not set up here.", where=("body", "notify", "channel")
            )
        if wanted.notify.url is not None:
            check_webhook(wanted.notify.url)
        notify = Notice(channel=wanted.notify.channel, address=wanted.notify.url or "")
    asked = f"{group_id}\0{wanted.model_dump_json()}".encode()
    return NewExport(
        principal=to_stored(principal),
        group_id=group_id,
        filters=ExportFilters(
            topic_ids=tuple(sorted(set(wanted.topic_ids))),
            since=wanted.period.since,
            until=wanted.period.until,
            rows=wanted.rows,
        ),
        format=wanted.format,
        language=wanted.language or parts.exports.language,
        notify=notify,
        idempotency_key=key,
        request_digest=hashlib.sha256(asked).hexdigest(),
    )


@router.get("/stats/exports", summary="List your exports")
def list_exports(
    parts: Parts,
    principal: _Asker,
    status: ExportStatus | None = None,
    after: Annotated[UUID | None, Query(description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ExportList:
    """List what you asked for, the newest first; administrators see everybody's."""
    with open_as(parts.database, principal) as connection:
        last = None if after is None else requests.find(connection, after)
        if after is not None and last is None:
            raise BadRequest("That page is not there any more.", where=("query", "after"))
        before = None if last is None else (last.requested_at, last.export_id)
        found = requests.ls(connection, status=status, before=before, limit=limit + 1)
    page = found[:limit]
    following = str(page[-1].export_id) if len(found) > limit else None
    return ExportList(exports=[_shown(parts, principal, one) for one in page], next=following)


def _own_export(export_id: UUID, parts: Parts, principal: _Asker) -> Export:
    """Return the export of a path.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    with open_as(parts.database, principal) as connection:
        found = requests.find(connection, export_id)
    if found is None:
        raise NotFound
    return found


_Own = Annotated[Export, Depends(_own_export)]


@router.get("/stats/exports/{export_id}", summary="How far an export is, and where its file is")
def read_export(parts: Parts, principal: _Asker, export: _Own) -> ExportShown:
    """Return an export; as soon as it is `ready`, with the address of its file."""
    return _shown(parts, principal, export)


@router.get(
    "/stats/exports/{export_id}/events",
    response_class=EventSourceResponse,
    summary="Follow an export",
)
async def follow_export(
    parts: Parts, principal: _Asker, export: _Own
) -> AsyncIterator[ServerSentEvent]:
    """Send an event `status` whenever something changes, until the export has ended.

    Its data are those of `GET /stats/exports/{id}`.
    """
    told: ExportShown | None = None
    for _ in range(_LOOKS):
        current = await run_in_threadpool(_look, parts, principal, export.export_id)
        if current is None:
            return
        if current != told:
            told = current
            yield ServerSentEvent(event="status", data=current)
        if current.status in ENDED:
            return
        await asyncio.sleep(_LOOK_S)


def _look(parts: ApiParts, principal: Principal, export_id: UUID) -> ExportShown | None:
    with open_as(parts.database, principal) as connection:
        found = requests.find(connection, export_id)
    return None if found is None else _shown(parts, principal, found)


@router.post("/stats/exports/{export_id}/revoke", summary="End all links to a file")
def revoke_links(parts: Parts, principal: _Asker, export: _Own) -> ExportShown:
    """End every link that was given to this file; the answer has a new one."""
    with open_as(parts.database, principal) as connection:
        requests.revoke(connection, export.export_id, its_file=False)
    return _shown(parts, principal, export)


@router.delete(
    "/stats/exports/{export_id}",
    status_code=HTTPStatus.NO_CONTENT,
    summary="Withdraw an export, and delete its file",
)
def delete_export(parts: Parts, principal: _Asker, export: _Own) -> None:
    """End an export whether it is made yet or not; a second time changes nothing."""
    with open_as(parts.database, principal) as connection:
        requests.revoke(connection, export.export_id, its_file=True)


def _shown(parts: ApiParts, principal: Principal, export: Export) -> ExportShown:
    at = Moment(now=parts.clock(), public_url=parts.public_url)
    link = None
    if has_file(export, at.now):
        with open_as(parts.database, principal) as connection:
            link = link_to(connection, parts.exports, export, at)
    if link is None:
        return shown(export, at.now, None, None)
    return shown(export, at.now, link.url, link.expires_at)
