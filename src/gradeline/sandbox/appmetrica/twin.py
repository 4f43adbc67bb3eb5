"""The twin of AppMetrica: files that are prepared, waited for and fetched in parts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hmac import compare_digest
from random import Random
from zoneinfo import ZoneInfo

from gradeline.base.clock import now
from gradeline.sandbox.appmetrica.queue import QUEUE, Job, Jobs, QueueFull, progress
from gradeline.sandbox.appmetrica.rows import APPLICATION_ID, FIELDS, TIME_ZONE, AppEvents, Row
from gradeline.sandbox.exchange import JSON, TEXT, Pace, Request, Response
from gradeline.sandbox.faults.draw import TRANSPORT
from gradeline.sandbox.rate_limit import SlidingWindow
from gradeline.sandbox.school.school import School, share

TOKEN = "sandbox-appmetrica-token-91be"  # noqa: S105 - of the sandbox
CSV = "text/csv; charset=utf-8"

#: A part with more rows is refused, so that every second day needs parts.
MOST_ROWS = 720
_PER_SECOND = 30
_PER_DAY = 5000
_BOM = b"\xef\xbb\xbf"
_FORMS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d")
_OWN = frozenset(
    {
        "application_id", "date_since", "date_until", "fields", "date_dimension", "limit",
        "use_utf8_bom", "skip_unavailable_shards", "parts_count", "part_number",
    }
)  # fmt: skip
_FULL = (
    f"There are already {QUEUE} enqueued queries for given application_id. "
    "Wait until they are completed."
)


class _RequestRefused(Exception):
    """The request has an error."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass(frozen=True, kw_only=True)
class _ExportQuery:
    """The parameters of a request for events."""

    form: str  #: `csv` or `json`
    fields: Sequence[str]
    since: datetime
    until: datetime
    receive: bool  #: days are those on which events were received
    parts: int
    part: int
    bom: bool
    partial: bool  #: a part of the data is wanted if the rest is unavailable
    limit: int | None


class AppMetricaTwin:
    """Answers `GET /logs/v1/export/events.{csv,json}` and `GET /management/v1/applications`.

    Its own faults: a wrong number of rows in the header (`rows-number`), status 420 (`enough`), a
    prepared file that is lost (`file-gone`), and shards that are unavailable (`shards`): it fails,
    or leaves rows out if the request has `skip_unavailable_shards`.
    """

    name = "appmetrica"
    faults: Mapping[str, bool] = {
        **TRANSPORT,
        "rows-number": True,
        "enough": True,
        "file-gone": True,
        "shards": True,
    }
    settings: Mapping[str, str] = {
        "APPMETRICA_TOKEN": TOKEN,
        "APPMETRICA_APPLICATION_ID": APPLICATION_ID,
    }

    def __init__(
        self,
        school: School,
        pace: Pace | None = None,
        *,
        also: Iterable[Row] = (),
        today: Callable[[], datetime] = now,
        most_rows: int = MOST_ROWS,
    ) -> None:
        """Serve the school's events, and `also` these rows as they are; nothing after `today`.

        A part of more than `most_rows` rows is refused.
        """
        self._pace = pace or Pace()
        self._events = AppEvents(school)
        self._also = tuple(also)
        self._today = today
        self._most_rows = most_rows
        self._jobs = Jobs(self._pace)
        self._second = SlidingWindow(_PER_SECOND, self._pace.scaled(1))
        self._day = SlidingWindow(_PER_DAY, self._pace.scaled(86_400))

    @property
    def prepared(self) -> int:
        """How many files it has begun to prepare."""
        return self._jobs.begun

    def respond(self, request: Request) -> Response:
        """Check limits, then the token, then the request."""
        admitted = self._second.admits(request.at) and self._day.admits(request.at)
        if not admitted or request.fault == "enough":
            return _text(420, "Enhance your calm: too many requests.")
        token = request.headers.get("authorization", "")
        if not compare_digest(token.encode(), f"OAuth {TOKEN}".encode()):
            return self._refusal(request, _RequestRefused(401, "Invalid oauth_token"))
        if request.path == "/management/v1/applications":
            return _applications()
        if request.path not in ("/logs/v1/export/events.csv", "/logs/v1/export/events.json"):
            return self._refusal(request, _RequestRefused(404, "Not found"))
        try:
            return self._export(request)
        except _RequestRefused as refused:
            return self._refusal(request, refused)

    def _refusal(self, request: Request, refused: _RequestRefused) -> Response:
        if request.parts[:1] != ("management",):
            return _text(refused.status, refused.message)
        error = {"error_type": "refused", "message": refused.message}
        body = {"errors": [error], "code": refused.status, "message": refused.message}
        return Response(status=refused.status, body=json.dumps(body).encode())

    def _export(self, request: Request) -> Response:
        query = _parse(request)
        key = json.dumps([request.path, [p for p in request.query if p[0] != "part_number"]])
        rows = self._rows(query, request)
        if len(rows) > self._most_rows * query.parts:
            raise _RequestRefused(400, "The requested data is too large. Try to use more parts.")
        if request.fault == "file-gone":
            self._jobs.forget(key)
        try:
            cache_control = request.headers.get("cache-control", "")
            job = self._jobs.find_or_start(key, len(rows), request.at, cache_control)
        except QueueFull:
            return _text(429, _FULL)
        if job.ready > request.at:
            return _text(202, progress(job, request.at))
        return _file(query, job, rows, request.fault)

    def _rows(self, query: _ExportQuery, request: Request) -> list[Row]:
        events = self._events.received if query.receive else self._events.happened
        until = min(query.until, self._today())
        rows = [
            event.row for event in events(query.since, until) if event.received <= self._today()
        ]
        filters = {key for key, _ in request.query} - _OWN
        return [
            row
            for row in (*rows, *self._also)
            if all(row[name] in request.params(name) for name in filters)
        ]


def _parse(request: Request) -> _ExportQuery:
    form = request.path.rpartition(".")[2]
    if not request.param("application_id").isdecimal():
        raise _RequestRefused(400, "Invalid parameter: application_id")
    if request.param("application_id") != APPLICATION_ID:
        raise _RequestRefused(403, "Access denied")
    fields = [name for name in request.param("fields").split(",") if name]
    unknown = [name for name in fields if name not in FIELDS]
    unknown += sorted({key for key, _ in request.query} - _OWN - set(FIELDS))
    if unknown or not fields:
        raise _RequestRefused(
            400, f"Unknown field: {unknown[0]}" if unknown else "No fields are given"
        )
    if request.param("date_dimension", "default") not in ("default", "receive"):
        raise _RequestRefused(400, "Invalid parameter: date_dimension")
    parts, part = _number(request, "parts_count", 1), _number(request, "part_number", 0)
    if not 0 <= part < parts:
        raise _RequestRefused(400, "Invalid parameter: part_number")
    return _ExportQuery(
        form=form,
        fields=fields,
        since=_instant(request, "date_since"),
        until=_instant(request, "date_until"),
        receive=request.param("date_dimension") == "receive",
        parts=parts,
        part=part,
        bom=request.param("use_utf8_bom") == "true",
        partial=request.param("skip_unavailable_shards") == "true",
        limit=_number(request, "limit", 0) or None,
    )


def _instant(request: Request, name: str) -> datetime:
    for form in _FORMS:
        try:
            wall = datetime.strptime(request.param(name), form)  # noqa: DTZ007 - see next line
        except ValueError:
            continue
        return wall.replace(tzinfo=ZoneInfo(TIME_ZONE)).astimezone(UTC)
    raise _RequestRefused(400, f"Invalid parameter: {name}")


def _number(request: Request, name: str, default: int) -> int:
    text = request.param(name, str(default))
    if not text.isdecimal():
        raise _RequestRefused(400, f"Invalid parameter: {name}")
    return int(text)


def _file(query: _ExportQuery, job: Job, rows: list[Row], fault: str | None) -> Response:
    # Rows have no order: a second file of the same has another one. The part of a row follows
    # from the row, else parts of two files would not fit together.
    Random(job.number).shuffle(rows)  # noqa: S311 - dice, not a secret
    part = [row for row in rows[: query.limit] if _part_of(row, query) == query.part]
    if fault == "shards":
        if not query.partial:
            return _text(500, "Some shards are unavailable")
        part = part[: len(part) // 2]
    announced = len(part) + (fault == "rows-number")
    body = _csv(query, part) if query.form == "csv" else _json(query, part)
    return Response(
        body=_BOM * query.bom + body,
        content_type=CSV if query.form == "csv" else JSON,
        headers=(("Rows-Number", str(announced)),),
    )


def _part_of(row: Row, query: _ExportQuery) -> int:
    return int(share("part", *row.values()) * query.parts)


def _csv(query: _ExportQuery, rows: list[Row]) -> bytes:
    """Return CSV with a header in every part and no end of line after the last row."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(query.fields)
    writer.writerows([row[name] for name in query.fields] for row in rows)
    return text.getvalue().removesuffix("\n").encode()


def _json(query: _ExportQuery, rows: list[Row]) -> bytes:
    data = [{name: row[name] for name in query.fields} for row in rows]
    return json.dumps({"data": data}, ensure_ascii=False).encode()


def _applications() -> Response:
    application = {
        "id": int(APPLICATION_ID),
        "name": "Sandbox school",
        "create_date": "2013-09-01",
        "time_zone_name": TIME_ZONE,
    }
    return Response(body=json.dumps({"applications": [application]}).encode())


def _text(status: int, message: str) -> Response:
    return Response(status=status, content_type=TEXT, body=message.encode())
