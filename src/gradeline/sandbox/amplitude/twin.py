"""The twin of Amplitude's export: two projects, hours of upload, a zip or an error as text."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hmac import compare_digest
from typing import Protocol

from gradeline.base.clock import now
from gradeline.sandbox.amplitude.archive import archive, wrong_sum
from gradeline.sandbox.amplitude.events import APPS, AmplitudeEvents
from gradeline.sandbox.exchange import TEXT, Pace, Request, Response
from gradeline.sandbox.faults.draw import TRANSPORT
from gradeline.sandbox.faults.responses import page
from gradeline.sandbox.school.practice import HOUR, hours
from gradeline.sandbox.school.school import School, share

KEYS = {
    "AMPLITUDE_WEB_API_KEY": "sandbox-web-key-71aa",
    "AMPLITUDE_WEB_SECRET_KEY": "sandbox-web-secret-0d2b",
    "AMPLITUDE_MOBILE_API_KEY": "sandbox-mobile-key-9e4c",
    "AMPLITUDE_MOBILE_SECRET_KEY": "sandbox-mobile-secret-3f81",
}
NOT_FOUND = b"Raw data files were not found."
_PATH = "/api/2/export"
ZIP = "application/zip"
_HOUR = re.compile(r"(\d{8})T(\d{1,2})")
#: An hour is complete so long after its end; until then each line appears at its own time.
COMPLETE_AFTER = timedelta(hours=2)
_LONGEST = timedelta(days=365)
#: Longer windows are too large (400); on these days of a month half of that takes too long (504).
MOST_HOURS = 12
_BUSY_DAYS = frozenset({5, 15, 25})
_WAIT_PER_HOUR_S = 0.05


class Lines(Protocol):
    """The events of projects."""

    def lines(self, project: str, hour: datetime) -> Sequence[bytes]:
        """Return the lines of an hour, in the order of upload."""


class AmplitudeTwin:
    """Serves `GET /api/2/export?start=20240315T00&end=20240315T23`, both hours included.

    Its own faults: a cut zip (`zip-cut`), and a wrong CRC of a gzip in it (`gzip-in-zip`).
    """

    name = "amplitude"
    faults: Mapping[str, bool] = {**TRANSPORT, "zip-cut": True, "gzip-in-zip": True}
    settings: Mapping[str, str] = KEYS

    def __init__(
        self,
        school: School,
        pace: Pace | None = None,
        *,
        events: Lines | None = None,
        today: Callable[[], datetime] = now,
        most_hours: int = MOST_HOURS,
    ) -> None:
        """Serve the school's events, or others, as far as they are there `today`."""
        self._pace = pace or Pace()
        self._lines = lru_cache(maxsize=96)((events or AmplitudeEvents(school)).lines)
        self._today = today
        self._most_hours = most_hours

    def respond(self, request: Request) -> Response:
        """Return the zip of the window, or an error as text: 400, 403, 404 or 504."""
        if request.path != _PATH or request.method != "GET":
            return page(404, "404 Not Found")
        project = _project(request.headers.get("authorization", ""))
        if project is None:
            return _text(403, b"Invalid API Key")
        start, end = read_hour(request.param("start")), read_hour(request.param("end"))
        if start is None or end is None or start > end or end - start >= _LONGEST:
            return _text(400, b"Invalid start or end parameter")
        return self._window(project, start, end, request.fault)

    def _window(self, project: str, start: datetime, end: datetime, fault: str | None) -> Response:
        length = (end - start) // HOUR + 1
        wait = _WAIT_PER_HOUR_S * min(length, self._most_hours)
        if length > self._most_hours:
            return _text(400, b"The amount of data is too large: more than 4 GB", wait)
        if length > self._most_hours // 2 and start.day in _BUSY_DAYS:
            return _text(504, b"Gateway Time-out", wait)
        by_hour = {hour: self._available(project, hour) for hour in hours(start, end)}
        by_hour = {hour: lines for hour, lines in by_hour.items() if lines}
        if not by_hour:
            return _text(404, NOT_FOUND, wait)
        body = archive(APPS[project], by_hour)
        if fault == "zip-cut":
            body = body[: len(body) * 2 // 3]
        if fault == "gzip-in-zip":
            body = wrong_sum(body)
        return Response(content_type=ZIP, body=body, wait_s=wait)

    def _available(self, project: str, hour: datetime) -> Sequence[bytes]:
        """Return the lines of the hour that can be exported by now."""
        since_end = self._today() - (hour + HOUR)
        if since_end < timedelta(0):
            return []
        lines = self._lines(project, hour)
        if since_end >= COMPLETE_AFTER:
            return lines
        return [line for line in lines if share("late", line) * COMPLETE_AFTER < since_end]


def _project(authorization: str) -> str | None:
    for project in APPS:
        keys = (KEYS[f"AMPLITUDE_{project.upper()}_{part}"] for part in ("API_KEY", "SECRET_KEY"))
        expected = "Basic " + b64encode(":".join(keys).encode()).decode()
        if compare_digest(authorization.encode(), expected.encode()):
            return project
    return None


def read_hour(text: str) -> datetime | None:
    """Return an hour in UTC, also one without a leading zero; None = it is not an hour."""
    match = _HOUR.fullmatch(text)
    if match is None or int(match[2]) > 23:
        return None
    try:
        return datetime.strptime(match[1], "%Y%m%d").replace(hour=int(match[2]), tzinfo=UTC)
    except ValueError:
        return None


def _text(status: int, body: bytes, wait: float = 0.0) -> Response:
    return Response(status=status, content_type=TEXT, body=body, wait_s=wait)
