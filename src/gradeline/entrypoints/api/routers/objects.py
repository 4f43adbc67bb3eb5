"""Objects of the configured store: listed, read in ranges, written whole or in part, deleted.

Without If-Match the last writer wins, and bytes of two writers are never mixed; with it a writer
who read an older version gets 412.
"""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import format_datetime
from functools import partial
from http import HTTPStatus
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from gradeline.access.permissions import Permission
from gradeline.access.principals import Principal
from gradeline.entrypoints.api.auth import Parts, requires
from gradeline.entrypoints.api.routers.objects_models import (
    DownloadHeaders,
    ObjectInfo,
    ObjectList,
    described,
    listed,
)
from gradeline.entrypoints.web.database import open_as
from gradeline.entrypoints.web.downloads import Download, answer_download
from gradeline.entrypoints.web.entity_tags import tag_in
from gradeline.entrypoints.web.uploads import receive
from gradeline.warehouse.audit import AuditNote, note

router = APIRouter(prefix="/s3", tags=["objects"])

_Reader: TypeAlias = Annotated[Principal, requires(Permission.READ_WAREHOUSE)]
_Writer: TypeAlias = Annotated[Principal, requires(Permission.WRITE_WAREHOUSE)]
_Key: TypeAlias = Annotated[
    str, Query(min_length=1, max_length=1100, description="The object's key.")
]
_Match: TypeAlias = Annotated[
    str | None, Header(alias="If-Match", description="The ETag that it must have now, or `*`.")
]
_NoneMatch: TypeAlias = Annotated[str | None, Header(alias="If-None-Match")]

_NO_STORE: Mapping[str, str] = {"Cache-Control": "private, no-cache"}
_MOST_LISTED = 10_000
#: Bytes that the body of an upload may have: what S3 takes as one object, and a form around it.
_FILE_BYTES = 5 * 1024**4
_FILE_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"file": {"type": "string", "format": "binary"}},
                    "required": ["file"],
                }
            },
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}
_BYTES = {
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
}


@router.get("/objects", summary="List objects")
def list_objects(
    parts: Parts,
    _reader: _Reader,
    prefix: Annotated[str, Query(max_length=1100, description="What their keys begin with.")] = "",
    after: Annotated[str, Query(max_length=1100, description="`next` of the page before.")] = "",
    limit: Annotated[int, Query(ge=1, le=_MOST_LISTED)] = 1000,
) -> ObjectList:
    """List the objects whose keys begin with `prefix`, sorted by key, a page at a time."""
    found = parts.objects.page(prefix, after, limit + 1)
    page = found[:limit]
    return ObjectList(
        prefix=prefix,
        objects=[listed(one, one.key) for one in page],
        count=len(page),
        next=page[-1].key if len(found) > limit else None,
    )


@router.get("/object-info", summary="What an object is")
def object_info(parts: Parts, _reader: _Reader, key: _Key) -> ObjectInfo:
    """Return size, ETag and time of an object."""
    return described(parts.objects.info(key), key)


@router.head("/download", include_in_schema=False)
@router.get(
    "/download",
    summary="Download an object",
    response_class=Response,
    responses={
        200: _BYTES,
        206: {"description": "The part that Range asked for", **_BYTES},
        304: {"description": "If-None-Match names its ETag: it did not change"},
        416: {"description": "Range asks for what lies beyond its end"},
    },
)
def download(
    parts: Parts,
    _reader: _Reader,
    request: Request,
    key: _Key,
    _asked: Annotated[DownloadHeaders, Header()],
) -> Response:
    """Send the bytes of an object, or the one range of them that was asked for."""
    found = parts.objects.info(key)
    file = Download(
        name=key.rpartition("/")[2],
        size=found.size,
        tag=found.tag,
        stream=partial(parts.objects.stream, key),
        headers={"Last-Modified": format_datetime(found.modified, usegmt=True), **_NO_STORE},
    )
    return answer_download(request, file)


@router.post(
    "/upload", summary="Upload an object", openapi_extra=_FILE_BODY, max_body_size=_FILE_BYTES
)
@router.put(
    "/update", summary="Write an object again", openapi_extra=_FILE_BODY, max_body_size=_FILE_BYTES
)
async def put(
    parts: Parts,
    writer: _Writer,
    request: Request,
    key: _Key,
    match: _Match = None,
    none_match: _NoneMatch = None,
) -> ObjectInfo:
    """Write an object whole, over what was there or new: the file of a form, or the body itself."""
    async with receive(request, parts.objects.spool) as received:
        await run_in_threadpool(_note, parts, writer, request, key, received.size)
        found = await run_in_threadpool(
            parts.objects.put, key, received.path, tag_in(match), tag_in(none_match)
        )
    return described(found, key)


@router.patch(
    "/patch",
    summary="Overwrite a part of an object",
    openapi_extra=_FILE_BODY,
    max_body_size=_FILE_BYTES,
)
async def patch(
    parts: Parts,
    writer: _Writer,
    request: Request,
    key: _Key,
    offset: Annotated[int, Query(ge=0, lt=2**63, description="The first byte written.")] = 0,
    match: _Match = None,
) -> ObjectInfo:
    """Overwrite an object from `offset` on; one that begins at its end appends.

    409 where the offset is beyond the end: a gap is never filled.
    """
    async with receive(request, parts.objects.spool) as received:
        await run_in_threadpool(_note, parts, writer, request, key, received.size)
        found = await run_in_threadpool(
            parts.objects.patch, key, offset, received.path, tag_in(match)
        )
    return described(found, key)


@router.delete("/delete", summary="Delete an object", status_code=HTTPStatus.NO_CONTENT)
def delete(
    parts: Parts, writer: _Writer, request: Request, key: _Key, match: _Match = None
) -> None:
    """Delete an object."""
    _note(parts, writer, request, key)
    parts.objects.delete(key, tag_in(match))


def _note(
    parts: Parts, writer: Principal, request: Request, key: str, size: int | None = None
) -> None:
    """Note a write before it is done: an audit that lacks one is worse than one too many."""
    what = AuditNote(
        login=writer.login,
        action=request.url.path.rpartition("/")[2],
        subject=key,
        request_id=request.state.request_id,
        detail={} if size is None else {"bytes": size},
    )
    with open_as(parts.database, writer) as connection:
        note(connection, what)
