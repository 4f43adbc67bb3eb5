"""The twin of the grader: credentials in the query, an array or an error object as response."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from random import Random

from gradeline.base.clock import now
from gradeline.sandbox.exchange import JSON, Pace, Request, Response
from gradeline.sandbox.faults.draw import TRANSPORT
from gradeline.sandbox.faults.responses import page
from gradeline.sandbox.grader.rows import GraderRow, GraderRows, Row
from gradeline.sandbox.school.practice import hours
from gradeline.sandbox.school.school import School

CLIENT = "sandbox-school"
CLIENT_KEY = "sandbox-grader-key-5f0c"

_PATH = "/api/statistics"
#: An hour takes a third of a second; two months take minutes.
_MIN_WAIT_S = 0.2
_WAIT_PER_HOUR_S = 0.1


class GraderTwin:
    """Serves `GET /api/statistics`; both bounds belong to the window.

    Its own faults: an error object with status 200 (`errors-object`), as the system has no status
    for its errors, and rows in no order (`shuffled`), as the contract promises none. A mix draws
    neither: clients do not retry the first, and raw files keep the order.
    """

    name = "grader"
    faults: Mapping[str, bool] = {**TRANSPORT, "errors-object": False, "shuffled": False}
    settings: Mapping[str, str] = {"GRADER_CLIENT": CLIENT, "GRADER_CLIENT_KEY": CLIENT_KEY}

    def __init__(
        self,
        school: School,
        pace: Pace | None = None,
        *,
        also: Iterable[Mapping[str, object]] = (),
        today: Callable[[], datetime] = now,
    ) -> None:
        """Serve the school's rows, and `also` these records as they are; nothing after `today`."""
        self._pace = pace or Pace()
        self._rows = GraderRows(school)
        self._also = [GraderRow(at=_read(str(row["created_at"])), row=dict(row)) for row in also]
        self._today = today

    def respond(self, request: Request) -> Response:
        """Return the rows of the window, or an error object for a wrong key or window."""
        if request.path != _PATH or request.method != "GET":
            return page(404, "404 Not Found")
        key = compare_digest(request.param("client_key").encode(), CLIENT_KEY.encode())
        if request.param("client") != CLIENT or not key:
            return _errors(403, "Wrong client or client_key")
        if request.fault == "errors-object":
            return _errors(200, "Statistics are not available now")
        try:
            start, end = _read(request.param("start")), _read(request.param("end"))
        except ValueError:
            return _errors(400, "start and end must look like YYYY-MM-DD HH:MM:SS.ffffff")
        return self._window(start, end, request)

    def _window(self, start: datetime, end: datetime, request: Request) -> Response:
        if start > end:
            return _errors(400, "start is after end")
        latest = min(end, self._today())
        rows = [
            row
            for hour in hours(start, latest)
            for row in self._rows.hour(hour)
            if start <= row.at <= latest
        ]
        rows += [row for row in self._also if start <= row.at <= latest]
        data: list[Row] = [row.row for row in sorted(rows, key=lambda row: row.at)]
        if request.fault == "shuffled":
            Random(f"{start} {end}").shuffle(data)  # noqa: S311 - dice, not a secret
        length = (end - start) / timedelta(hours=1)
        return Response(
            content_type=JSON,
            body=json.dumps(data, ensure_ascii=False).encode(),
            wait_s=_MIN_WAIT_S + _WAIT_PER_HOUR_S * length,
        )


def _read(text: str) -> datetime:
    """Return an instant in UTC from any of the forms that clients send; a day is its midnight."""
    at = datetime.fromisoformat(text.strip())
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _errors(status: int, what: str) -> Response:
    return Response(status=status, body=json.dumps({"errors": what}).encode())
