"""The twin of the grader: one address, credentials in the query, an array or an error object."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from random import Random

from gradeline.base.clock import now
from gradeline.sandbox.exchange import JSON, Answer, Pace, Request
from gradeline.sandbox.faults.answers import page
from gradeline.sandbox.faults.draw import TRANSPORT
from gradeline.sandbox.grader.rows import GraderRows, Kept, Row
from gradeline.sandbox.school.practice import hours
from gradeline.sandbox.school.school import School

CLIENT = "sandbox-school"
CLIENT_KEY = "sandbox-grader-key-5f0c"

_ADDRESS = "/api/statistics"
#: An hour is answered in a third of a second; two months take minutes.
_LEAST_WAIT_S = 0.2
_WAIT_PER_HOUR_S = 0.1


class GraderTwin:
    """Answers `GET /api/statistics`; both bounds belong to the window.

    Of its own it can give an error object with status 200 (`errors-object`: the system has no
    status for its troubles) and rows in no order (`shuffled`: the contract promises none). A mix
    draws neither: the first is a refusal for good, and order is part of what is kept raw.
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
        self._also = [Kept(at=_read(str(row["created_at"])), row=dict(row)) for row in also]
        self._today = today

    def answer(self, request: Request) -> Answer:
        """The rows of the window; an error object for a wrong key or a window that is none."""
        if request.path != _ADDRESS or request.method != "GET":
            return page(404, "404 Not Found")
        key = compare_digest(request.one("client_key").encode(), CLIENT_KEY.encode())
        if request.one("client") != CLIENT or not key:
            return _errors(403, "Wrong client or client_key")
        if request.fault == "errors-object":
            return _errors(200, "Statistics are not available now")
        try:
            start, end = _read(request.one("start")), _read(request.one("end"))
        except ValueError:
            return _errors(400, "start and end must look like YYYY-MM-DD HH:MM:SS.ffffff")
        return self._window(start, end, request)

    def _window(self, start: datetime, end: datetime, request: Request) -> Answer:
        if start > end:
            return _errors(400, "start is after end")
        latest = min(end, self._today())
        kept = [
            each
            for hour in hours(start, latest)
            for each in self._rows.hour(hour)
            if start <= each.at <= latest
        ]
        kept += [each for each in self._also if start <= each.at <= latest]
        rows: list[Row] = [each.row for each in sorted(kept, key=lambda each: each.at)]
        if request.fault == "shuffled":
            Random(f"{start} {end}").shuffle(rows)  # noqa: S311 - dice, not a secret
        length = (end - start) / timedelta(hours=1)
        return Answer(
            content_type=JSON,
            body=json.dumps(rows, ensure_ascii=False).encode(),
            wait_s=_LEAST_WAIT_S + _WAIT_PER_HOUR_S * length,
        )


def _read(text: str) -> datetime:
    """An instant in UTC from any of the forms that clients send; a day alone is its midnight."""
    read = datetime.fromisoformat(text.strip())
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def _errors(status: int, what: str) -> Answer:
    return Answer(status=status, body=json.dumps({"errors": what}).encode())
