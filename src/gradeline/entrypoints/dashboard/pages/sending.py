"""What is sent from the page of a group: a file of what is on the screen, reports each week."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from gradeline.access.permissions import Permission
from gradeline.access.stored_principals import to_stored
from gradeline.entrypoints.dashboard.filters import Filters, read_filters
from gradeline.entrypoints.dashboard.fragments import redirect
from gradeline.entrypoints.dashboard.places import Keys, find_place
from gradeline.entrypoints.dashboard.viewers import Parts, Viewer, requires
from gradeline.entrypoints.web.database import open_as
from gradeline.entrypoints.web.exports import check_export
from gradeline.records.exports import ExportFilters, ExportFormat, ExportRows, NewExport
from gradeline.records.regular_reports import RegularOutcome, RegularReport
from gradeline.warehouse.exports import requests
from gradeline.warehouse.exports.requests import Outcome

router = APIRouter()

_OfGroups: TypeAlias = Annotated[Viewer, requires(Permission.GROUP_FIGURES)]
_OfLearners: TypeAlias = Annotated[Viewer, requires(Permission.LEARNERS)]
_MINUTE_S = 60
#: What a file may be: each with what a line of it is.
KINDS = {
    "pdf": (ExportFormat.PDF, ExportRows.LEARNERS),
    "xlsx": (ExportFormat.XLSX, ExportRows.LEARNERS),
    "csv": (ExportFormat.CSV, ExportRows.LEARNERS),
    "csv-answers": (ExportFormat.CSV, ExportRows.ATTEMPTS),
}


def _filters(
    since: Annotated[str, Form(alias="from", max_length=10)] = "",
    until: Annotated[str, Form(alias="to", max_length=10)] = "",
    topic: Annotated[str, Form(max_length=500)] = "",
) -> Filters:
    return read_filters(since, until, topic)


@dataclass(frozen=True, kw_only=True)
class WeeklyForm:
    """To whom reports go each week, and when."""

    address: str
    weekday: int
    hour: int


def _weekly(
    address: Annotated[str, Form(min_length=3, max_length=320)],
    weekday: Annotated[int, Form(ge=1, le=7)] = 1,
    hour: Annotated[int, Form(ge=0, le=23)] = 8,
) -> WeeklyForm:
    return WeeklyForm(address=address, weekday=weekday, hour=hour)


@router.post("/groups/{group}/{course}/export")
def ask(
    request: Request,
    parts: Parts,
    viewer: _OfGroups,
    keys: Keys,
    filters: Annotated[Filters, Depends(_filters)],
    kind: Annotated[str, Form(pattern="^(pdf|xlsx|csv|csv-answers)$")],
) -> Response:
    """Let a worker make a file of the group's figures, with the filters of the page."""
    principal = viewer.shown_to
    format_, rows = KINDS[kind]
    check_export(principal, format_)
    with open_as(parts.database, principal) as connection:
        group_id = find_place(connection, keys).group.id
        wanted = NewExport(
            principal=to_stored(principal),
            group_id=group_id,
            filters=ExportFilters(
                topic_ids=(filters.topic,) if filters.topic else (),
                since=filters.since,
                until=filters.until,
                rows=rows,
            ),
            format=format_,
            language=viewer.language.code,
            request_digest=hashlib.sha256(
                f"{group_id}\0{kind}{filters.query}".encode()
            ).hexdigest(),
        )
        done = requests.request(connection, wanted, parts.exports.per_hour)
    if done.outcome is Outcome.TOO_MANY:
        wait = math.ceil(done.reset_s / _MINUTE_S)
        return redirect(request, f"/exports?told=too-many&wait={wait}")
    return redirect(request, "/exports?told=asked")


@router.post("/groups/{group}/{course}/weekly")
def send_weekly(
    request: Request,
    parts: Parts,
    viewer: _OfLearners,
    keys: Keys,
    form: Annotated[WeeklyForm, Depends(_weekly)],
) -> Response:
    """Let the group's report go to somebody each week."""
    with open_as(parts.database, viewer.shown_to) as connection:
        group_id = find_place(connection, keys).group.id
    wanted = RegularReport(
        address=form.address.strip(),
        group_id=group_id,
        weekday=form.weekday,
        hour=form.hour,
        language=viewer.language.code,
    )
    outcome = parts.office.send_regularly(viewer.shown_to, wanted)
    place = "#regular" if outcome is RegularOutcome.ADDED else ""
    return redirect(request, f"/exports?told={outcome}{place}")
