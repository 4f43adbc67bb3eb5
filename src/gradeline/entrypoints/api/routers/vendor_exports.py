"""Raw exports of Amplitude and AppMetrica: a zip with one file, sent while it is made.

What goes wrong before the first byte is a problem; what goes wrong later cuts the connection, so
that no client takes a part for the whole.
"""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Annotated, Any, Literal, TypeAlias

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from gradeline.access.permissions import Permission
from gradeline.access.principals import Principal
from gradeline.base.errors import BadRequest
from gradeline.entrypoints.api.auth import Parts, requires
from gradeline.entrypoints.api.routers.vendor_exports_models import AccessCheck, AppMetricaQuery
from gradeline.entrypoints.web.database import open_as
from gradeline.entrypoints.web.slots import Slots
from gradeline.entrypoints.web.zip_stream import zipped
from gradeline.warehouse.audit import AuditNote, note

router = APIRouter(tags=["raw exports"])
_log = logging.getLogger(__name__)

_Reader: TypeAlias = Annotated[Principal, requires(Permission.READ_WAREHOUSE)]
_MOST_DAYS = 3660
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A zip with one file. A failure on the way cuts the connection.",
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
    },
    422: {"description": "A parameter is wrong"},
    409: {"description": "The system is not set up"},
    502: {"description": "The system refused, did not answer, or gave what is not safe to open"},
    503: {"description": "As many exports are under way as are made at once"},
}


@router.get(
    "/amplitude/export",
    summary="Export events of Amplitude",
    response_class=StreamingResponse,
    responses=_ANSWERS,
)
def export_amplitude(
    parts: Parts,
    reader: _Reader,
    request: Request,
    start: Annotated[str, Query(pattern=r"^\d{8}$", description="First day, YYYYMMDD, UTC.")],
    end: Annotated[str, Query(pattern=r"^\d{8}$", description="Last day, YYYYMMDD, UTC.")],
    source: Annotated[Literal["web", "mobile"], Query(description="The project.")],
) -> StreamingResponse:
    """Send the events that Amplitude received from 00:00 of `start` to the end of `end`, as NDJSON.

    Each line is as Amplitude gave it, in its order; hours that are not over yet are left out.
    """
    first, last = _day("start", start), _day("end", end)
    _check_span((first, last), parts.clock().astimezone(UTC).date(), ("start", "end"))
    name = f"amplitude_{source}_{start}-{end}"
    _note(parts, reader, request, name)
    return _download(request, name, "ndjson", parts.raw_exports.amplitude(source, first, last))


@router.get(
    "/appmetrica/ping",
    summary="Ask whether AppMetrica takes our token",
    responses={
        409: {"description": "AppMetrica is not set up"},
        502: {"description": "It does not, or does not answer; the problem says why"},
    },
)
def ping_appmetrica(parts: Parts, _reader: _Reader) -> AccessCheck:
    """Ask AppMetrica with our token whether it may read our app."""
    parts.raw_exports.check_appmetrica()
    return AccessCheck()


@router.get(
    "/appmetrica/export",
    summary="Export events of AppMetrica",
    response_class=StreamingResponse,
    responses=_ANSWERS,
)
def export_appmetrica(
    parts: Parts,
    reader: _Reader,
    request: Request,
    asked: Annotated[AppMetricaQuery, Query()],
) -> StreamingResponse:
    """Send the events of AppMetrica from `date_since` to `date_until`, as one JSON or CSV file.

    Times are in the time zone of the app, and both seconds are included. The app is the one in
    the settings.
    """
    wanted = asked.to_span()
    # The app's day may begin before that of UTC.
    tomorrow = (parts.clock() + timedelta(hours=14)).date()
    span = wanted.since.date(), wanted.until.date()
    _check_span(span, tomorrow, ("date_since", "date_until"))
    name = asked.file_name
    _note(parts, reader, request, name)
    return _download(request, name, asked.format, parts.raw_exports.appmetrica(wanted))


class _ZipDownload(StreamingResponse):
    """Ends what makes the zip when the client has it, or has gone."""

    def __init__(self, content: Generator[bytes], first: bytes, name: str) -> None:
        super().__init__(
            chain((first,), content), media_type="application/zip", headers=_headers(name)
        )
        self._content = content

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the zip."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            await run_in_threadpool(self._content.close)


def _download(
    request: Request, name: str, extension: str, pieces: Iterator[bytes]
) -> StreamingResponse:
    """Answer with a zip of one file, once its first bytes are there."""
    slots: Slots = request.app.state.export_slots
    slots.take()
    body = _body(name, zipped(f"{name}.{extension}", pieces), slots)
    return _ZipDownload(body, next(body), f"{name}.zip")


def _body(name: str, pieces: Iterator[bytes], slots: Slots) -> Generator[bytes]:
    """Yield a zip and give its slot back; a failure after the first bytes is logged."""
    begun = False
    try:
        for piece in pieces:
            yield piece
            begun = True
    except Exception as error:
        if begun:
            _log.error("the download of %s was cut: %s", name, error)
        raise
    finally:
        slots.release()


def _headers(name: str) -> Mapping[str, str]:
    return {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }


def _note(parts: Parts, reader: Principal, request: Request, name: str) -> None:
    """Note an export before it is made: an audit that lacks one is worse than one too many."""
    what = AuditNote(
        login=reader.login,
        action="export",
        subject=name,
        request_id=request.state.request_id,
        detail={"query": str(request.url.query)},
    )
    with open_as(parts.database, reader) as connection:
        note(connection, what)


def _day(name: str, text: str) -> date:
    try:
        return datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise BadRequest(
            f"{name}: {text} is not a day.", hint="Write it as 20240201.", where=("query", name)
        ) from None


def _check_span(span: tuple[date, date], today: date, names: tuple[str, str]) -> None:
    first, last = span
    if first > last:
        raise BadRequest(
            "The last day is before the first one.",
            hint="Both days are included; they may be the same.",
            where=("query", names[1]),
        )
    if first > today:
        raise BadRequest(f"{first} has not begun yet.", where=("query", names[0]))
    if last - first > timedelta(days=_MOST_DAYS):
        raise BadRequest(
            f"An export covers {_MOST_DAYS} days at most.",
            hint="Ask for a part of them.",
            where=("query", names[1]),
        )
