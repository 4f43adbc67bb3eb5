"""Files by signed links: whoever has the link has the file, until the link or the file ends."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from gradeline.access.file_links import check_file_link, file_path
from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.base.errors import Gone, NotAllowed
from gradeline.entrypoints.api.auth import PUBLIC, Parts
from gradeline.entrypoints.api.parts import ApiParts
from gradeline.entrypoints.web.database import open_as
from gradeline.entrypoints.web.downloads import Download, answer_download
from gradeline.records.exports import ExportStatus, LinkedFile
from gradeline.warehouse.exports import links

_log = logging.getLogger(__name__)

router = APIRouter(tags=["exports"], dependencies=[PUBLIC])

#: Who follows a link is nobody by name: what the link says is all.
_BEARER = Principal(role=Role.GUEST)
#: So long an address of the object store works, and each use of a link gets a new one.
_STORE_LINK_LIVES = timedelta(minutes=5)


@router.get(
    "/exports/{link_id}/file",
    summary="The file of a signed link",
    response_class=Response,
    responses={
        200: {"description": "The file", "content": {"application/octet-stream": {}}},
        206: {"description": "The part of it that Range asks for"},
        304: {"description": "If-None-Match names its ETag"},
        307: {"description": "It is in object storage: an address there that works five minutes"},
        403: {"description": "Something of the link was changed"},
        410: {"description": "The link or the file has expired, or was revoked"},
        416: {"description": "Range asks for what lies beyond its end"},
    },
)
def get_file(link_id: UUID, request: Request, parts: Parts) -> Response:
    """Give the file to whoever has the link; `Range` gets a part of it."""
    file = _verified(link_id, request, parts)
    now = parts.clock()
    is_kept = file.file_expires_at is not None and file.file_expires_at > now
    if file.link.revoked_at is not None or file.link.expires_at <= now:
        raise Gone("This link has ended.", hint="Ask for the file again.")
    if file.status is not ExportStatus.READY or not is_kept:
        raise Gone("This file was deleted.", hint="Ask for it again.")
    answer = _answer(parts, request, file)
    with open_as(parts.database, _BEARER) as connection:
        links.record_use(connection, link_id, request.state.request_id)
    _log.info("a link gave %s", file.storage_key)  # never the link itself
    return answer


def _verified(link_id: UUID, request: Request, parts: ApiParts) -> LinkedFile:
    """Return the file of a link that we signed.

    Raises:
        NotAllowed: any sign of the link is another one than was signed.
        Gone: its time is over.
    """
    with open_as(parts.database, _BEARER) as connection:
        found = links.find(connection, link_id)
    if found is None:
        raise NotAllowed("This link is not valid.", hint="Copy the whole of it.")
    check_file_link(
        found.link,
        parts.exports.keys,
        method=request.method,
        path=request.url.path,
        query=request.url.query,
    )
    if request.url.path != file_path(link_id):  # another spelling of the same id
        raise NotAllowed("This link is not valid.", hint="Copy the whole of it.")
    return found


def _answer(parts: ApiParts, request: Request, file: LinkedFile) -> Response:
    lake, key = parts.exports.lake, file.storage_key
    headers = {
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    if lake.local_path(key) is None:
        address = lake.sign(key, _STORE_LINK_LIVES)
        return RedirectResponse(address, HTTPStatus.TEMPORARY_REDIRECT, headers)
    found = lake.find(key)
    if found is None:
        raise Gone("This file was deleted.", hint="Ask for it again.")
    download = Download(
        name=file.file_name,
        size=found.size,
        tag=file.link.sha256,
        stream=partial(lake.stream, key),
        media_type=file.media_type,
        headers=headers,
    )
    return answer_download(request, download)
