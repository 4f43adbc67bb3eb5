"""The twin of AppMetrica: files that are prepared, waited for and fetched in parts; plain words."""

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
from gradeline.sandbox.appmetrica.queue import QUEUE, Full, Job, Jobs, progress
from gradeline.sandbox.appmetrica.rows import APPLICATION_ID, FIELDS, TIME_ZONE, AppEvents, Row
from gradeline.sandbox.exchange import JSON, TEXT, Answer, Pace, Request
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


class _Refused(Exception):
    """The question cannot be answered."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


@dataclass(frozen=True, kw_only=True)
class _Question:
    """A request for events, understood."""

    form: str  #: `csv` or `json`
    fields: Sequence[str]
    since: datetime
    until: datetime
    receive: bool  #: days are those of receiving
    parts: int
    part: int
    bom: bool
    partial: bool  #: rather a part of the data than none
    limit: int | None


class AppMetricaTwin:
    """Answers `GET /logs/v1/export/events.{csv,json}` and `GET /management/v1/applications`.

    Of its own it can announce another number of rows than it gives (`rows-number`), say 420
    (`enough`), lose a prepared file (`file-gone`) and miss a part of its data (`shards`): then it
    fails, or leaves rows out without a word for who asked for `skip_unavailable_shards`.
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
        self._second = SlidingWindow(_PER_SECOND, self._pace.real(1))
        self._day = SlidingWindow(_PER_DAY, self._pace.real(86_400))

    @property
    def prepared(self) -> int:
        """How many files it has begun to prepare."""
        return self._jobs.begun

    def answer(self, request: Request) -> Answer:
        """Limits first, then who asks, then what is asked."""
        admitted = self._second.admits(request.at) and self._day.admits(request.at)
        if not admitted or request.fault == "enough":
            return _said(420, "Enhance your calm: too many requests.")
        given = request.headers.get("authorization", "")
        if not compare_digest(given.encode(), f"OAuth {TOKEN}".encode()):
            return self._refusal(request, _Refused(401, "Invalid oauth_token"))
        if request.path == "/management/v1/applications":
            return _applications()
        if request.path not in ("/logs/v1/export/events.csv", "/logs/v1/export/events.json"):
            return self._refusal(request, _Refused(404, "Not found"))
        try:
            return self._export(request)
        except _Refused as refused:
            return self._refusal(request, refused)

    def _refusal(self, request: Request, refused: _Refused) -> Answer:
        if request.parts[:1] != ("management",):
            return _said(refused.status, refused.words)
        error = {"error_type": "refused", "message": refused.words}
        body = {"errors": [error], "code": refused.status, "message": refused.words}
        return Answer(status=refused.status, body=json.dumps(body).encode())

    def _export(self, request: Request) -> Answer:
        question = _understood(request)
        asked = json.dumps([request.path, [p for p in request.query if p[0] != "part_number"]])
        rows = self._rows(question, request)
        if len(rows) > self._most_rows * question.parts:
            raise _Refused(400, "The requested data is too large. Try to use more parts.")
        if request.fault == "file-gone":
            self._jobs.forget(asked)
        try:
            cache_control = request.headers.get("cache-control", "")
            job = self._jobs.of(asked, len(rows), request.at, cache_control)
        except Full:
            return _said(429, _FULL)
        if job.ready > request.at:
            return _said(202, progress(job, request.at))
        return _file(question, job, rows, request.fault)

    def _rows(self, question: _Question, request: Request) -> list[Row]:
        events = self._events.received if question.receive else self._events.happened
        until = min(question.until, self._today())
        told = [
            each.row for each in events(question.since, until) if each.received <= self._today()
        ]
        filters = {key for key, _ in request.query} - _OWN
        return [
            row
            for row in (*told, *self._also)
            if all(row[name] in request.every(name) for name in filters)
        ]


def _understood(request: Request) -> _Question:
    form = request.path.rpartition(".")[2]
    if not request.one("application_id").isdecimal():
        raise _Refused(400, "Invalid parameter: application_id")
    if request.one("application_id") != APPLICATION_ID:
        raise _Refused(403, "Access denied")
    fields = [name for name in request.one("fields").split(",") if name]
    unknown = [name for name in fields if name not in FIELDS]
    unknown += sorted({key for key, _ in request.query} - _OWN - set(FIELDS))
    if unknown or not fields:
        raise _Refused(400, f"Unknown field: {unknown[0]}" if unknown else "No fields are given")
    if request.one("date_dimension", "default") not in ("default", "receive"):
        raise _Refused(400, "Invalid parameter: date_dimension")
    parts, part = _number(request, "parts_count", 1), _number(request, "part_number", 0)
    if not 0 <= part < parts:
        raise _Refused(400, "Invalid parameter: part_number")
    return _Question(
        form=form,
        fields=fields,
        since=_instant(request, "date_since"),
        until=_instant(request, "date_until"),
        receive=request.one("date_dimension") == "receive",
        parts=parts,
        part=part,
        bom=request.one("use_utf8_bom") == "true",
        partial=request.one("skip_unavailable_shards") == "true",
        limit=_number(request, "limit", 0) or None,
    )


def _instant(request: Request, name: str) -> datetime:
    for form in _FORMS:
        try:
            wall = datetime.strptime(request.one(name), form)  # noqa: DTZ007 - see next line
        except ValueError:
            continue
        return wall.replace(tzinfo=ZoneInfo(TIME_ZONE)).astimezone(UTC)
    raise _Refused(400, f"Invalid parameter: {name}")


def _number(request: Request, name: str, otherwise: int) -> int:
    text = request.one(name, str(otherwise))
    if not text.isdecimal():
        raise _Refused(400, f"Invalid parameter: {name}")
    return int(text)


def _file(question: _Question, job: Job, rows: list[Row], fault: str | None) -> Answer:
    # Rows have no order: another file of the same has another one. Which part a row is in follows
    # from the row, else parts of two files would not fit together.
    Random(job.number).shuffle(rows)  # noqa: S311 - dice, not a secret
    mine = [row for row in rows[: question.limit] if _part_of(row, question) == question.part]
    if fault == "shards":
        if not question.partial:
            return _said(500, "Some shards are unavailable")
        mine = mine[: len(mine) // 2]
    announced = len(mine) + (fault == "rows-number")
    body = _csv(question, mine) if question.form == "csv" else _json(question, mine)
    return Answer(
        body=_BOM * question.bom + body,
        content_type=CSV if question.form == "csv" else JSON,
        headers=(("Rows-Number", str(announced)),),
    )


def _part_of(row: Row, question: _Question) -> int:
    return int(share("part", *row.values()) * question.parts)


def _csv(question: _Question, rows: list[Row]) -> bytes:
    """The header in every part, and no end of line behind the last row."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(question.fields)
    writer.writerows([row[name] for name in question.fields] for row in rows)
    return text.getvalue().removesuffix("\n").encode()


def _json(question: _Question, rows: list[Row]) -> bytes:
    data = [{name: row[name] for name in question.fields} for row in rows]
    return json.dumps({"data": data}, ensure_ascii=False).encode()


def _applications() -> Answer:
    application = {
        "id": int(APPLICATION_ID),
        "name": "Sandbox school",
        "create_date": "2013-09-01",
        "time_zone_name": TIME_ZONE,
    }
    return Answer(body=json.dumps({"applications": [application]}).encode())


def _said(status: int, words: str) -> Answer:
    return Answer(status=status, content_type=TEXT, body=words.encode())
