"""Fetching AppMetrica's exports: requested, waited for, and fetched in parts."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from time import monotonic, time

from gradeline.base.errors import SourceUnavailable, WrongAnswer
from gradeline.base.masking import shorten
from gradeline.records.slices import PlannedSlice
from gradeline.sources.appmetrica.fields import FIELDS, REQUIRED
from gradeline.sources.appmetrica.files import refuse_cut_end, refuse_other_file
from gradeline.sources.appmetrica.prepared import Preparation, PreparedExports
from gradeline.sources.appmetrica.request_slots import ExportRequest, RequestSlot, RequestSlots
from gradeline.sources.web.client import HttpClient, Request, Response
from gradeline.sources.web.exchange import QUOTED_CHARS

_log = logging.getLogger(__name__)

#: A prepared file can be had for a day.
FILE_LIFE_S = 24 * 3600.0
#: Yandex' own loader looks every 10 s; growing to a minute keeps three slots, asked all day,
#: below 5,000 requests.
_FIRST_WAIT_S = 5.0
_LONGEST_WAIT_S = 60.0
_GROWTH = 1.5
#: Preparing takes minutes, on a bad day half an hour, and three exports queue.
_PREPARED_WITHIN_S = 3 * 3600.0
MOST_PARTS = 256
#: How old a file may be that somebody else has had prepared.
_MAX_AGE_S = 600
_MAX_BYTES = 4 << 30
_STATUSES = frozenset({200, 202, 400, 420, 429})
_MORE_PARTS = "use more parts"


@dataclass(frozen=True, kw_only=True)
class Export:
    """What is exported of which app, and how."""

    application_id: str
    form: str  #: `csv` or `json`
    most_parts: int = MOST_PARTS  #: what needs more is requested by the hour
    #: Days of receiving: what comes late falls into its own day, and no day changes once it is
    #: over. `default` = the time on the device.
    dimension: str = "receive"
    #: Rather nothing than a part of the events without notice.
    skip_unavailable: bool = False
    variant: str = ""  #: sets apart what is prepared for it; empty = for runs

    @property
    def path(self) -> str:
        """Return the path of the API."""
        return f"/logs/v1/export/events.{self.form}"

    def request_for(self, preparation: Preparation) -> ExportRequest:
        """Return the request for a span of a day; equal preparations give equal requests."""
        first, last = span_ends(preparation.span)
        params = [
            ("application_id", self.application_id),
            ("date_since", first),
            ("date_until", last),
            ("date_dimension", self.dimension),
            ("skip_unavailable_shards", "true" if self.skip_unavailable else "false"),
            ("fields", ",".join(preparation.fields)),
        ]
        if preparation.parts > 1:
            params.append(("parts_count", str(preparation.parts)))
        return ExportRequest(path=self.path, params=tuple(params))


@dataclass(frozen=True, kw_only=True)
class _PartRequest:
    """A request for one part of an export."""

    export: ExportRequest
    part: int = 0
    max_age_s: int | None = None  #: how old a file may be; None = it is prepared already
    checked: bool = True  #: what comes must be what was asked for


class ExportFetcher:
    """Fetches the files of windows. Thread-safe."""

    def __init__(self, client: HttpClient, export: Export, folder: Path) -> None:
        """Remember in `folder` what AppMetrica prepares, so that a run after a kill resumes."""
        self._client = client
        self._export = export
        self._stopped = Event()
        life_s = client.policy.scaled(FILE_LIFE_S)
        self._slots = RequestSlots(folder / "queue", life_s, self._wait)
        self._prepared = PreparedExports(folder / f"prepared{export.variant}", life_s)

    def fetch(self, planned: PlannedSlice, spool: Path) -> list[Path]:
        """Fetch all parts of a window into `spool`.

        Raises:
            SourceRefused: the token is not taken, or may not see the app.
            SourceUnavailable: no whole answer came, or it is not prepared in time.
            WrongAnswer: what came is not a file of events.
        """
        with self._slots.acquire(planned.slice.window) as slot:
            ready = self._fetch_window(planned, slot, spool)
        form = self._export.form
        return [path for preparation in ready for path in preparation.move_parts(spool, form)]

    def stop(self) -> None:
        """End every wait and what is under way, with an error."""
        self._stopped.set()
        self._client.stop()

    def _fetch_window(
        self, planned: PlannedSlice, slot: RequestSlot, spool: Path
    ) -> list[Preparation]:
        """Return the day with all its parts; if it is too large for one file, its hours."""
        day = self._prepared.resume_or_start(planned, planned.slice.window, FIELDS)
        if not day.in_hours and self._fetch_all(day, slot, spool):
            return [day]
        if "T" in day.span:
            raise self._too_great(day)
        day.split()
        hours = [
            self._prepared.resume_or_start(planned, f"{day.span}T{hour:02}", day.fields)
            for hour in range(24)
        ]
        for hour in hours:
            if not self._fetch_all(hour, slot, spool):
                raise self._too_great(hour)
        return hours

    def _too_great(self, preparation: Preparation) -> WrongAnswer:
        return WrongAnswer(
            f"{self._client.host} does not give {preparation.span} even in "
            f"{self._export.most_parts} parts.",
            hint="Ask its support about the greatest export of an application.",
        )

    def _fetch_all(self, preparation: Preparation, slot: RequestSlot, spool: Path) -> bool:
        """Fetch every part, in as many as are needed; False = more would be needed than allowed.

        Raises:
            SourceRefused, SourceUnavailable, WrongAnswer: as `fetch`.
        """
        while not self._fetch_parts(preparation, slot, spool):
            if preparation.parts > self._export.most_parts:
                return False
        return True

    def _fetch_parts(self, preparation: Preparation, slot: RequestSlot, spool: Path) -> bool:
        """Fetch the parts that are missing; False = the request had to be changed."""
        request = self._export.request_for(preparation)
        for number in range(preparation.parts):
            if preparation.begun and preparation.part(number).exists():
                continue
            if slot.pending not in (None, request):
                self._finish_earlier(slot.pending, spool / "left")
            slot.note(request)
            response = self._fetch_part(request, preparation, number)
            if response.status == 400:
                slot.clear()
                self._change(preparation, response)
                return False
        if slot.pending == request:
            slot.clear()
        return True

    def _fetch_part(
        self, request: ExportRequest, preparation: Preparation, number: int
    ) -> Response:
        """Put a part where it belongs, or return why the request must be another one."""

        def on_begun() -> None:
            if not preparation.begun:
                preparation.begin()

        preparation.folder.mkdir(parents=True, exist_ok=True)
        half = preparation.folder.with_suffix(".half")
        max_age_s = None if preparation.begun else self._max_age_s(preparation)
        part = _PartRequest(export=request, part=number, max_age_s=max_age_s)
        response = self._poll(part, half, on_begun)
        if response.status == 200:
            on_begun()
            half.replace(preparation.part(number))
        return response

    def _max_age_s(self, preparation: Preparation) -> int:
        """Return how old a file may be that is taken for this, in AppMetrica's seconds.

        Not always 0: a first request that we gave up and that arrives late would begin the work
        again, in a slot of the queue that nobody holds any more.
        """
        if preparation.earlier_at is None:
            return _MAX_AGE_S
        since_s = (time() - preparation.earlier_at) * self._client.policy.speed
        return max(0, min(_MAX_AGE_S, int(since_s) - 1))

    def _finish_earlier(self, request: ExportRequest, to: Path) -> None:
        """Wait until the request of another process is done: it takes a slot of the queue."""
        _log.info("AppMetrica still prepares what an earlier run asked for: waiting for it.")
        self._poll(_PartRequest(export=request, checked=False), to, lambda: None)
        to.unlink(missing_ok=True)

    def _poll(self, part: _PartRequest, to: Path, on_begun: Callable[[], None]) -> Response:
        """Ask until the answer is 200 with a file at `to`, or 400."""
        until = monotonic() + self._client.policy.scaled(_PREPARED_WITHIN_S)
        wait_s = _FIRST_WAIT_S
        while True:
            response = self._client.download(self._request(part), to)
            if response.status in (200, 400):
                return response
            if response.status == 202:
                on_begun()
                part = replace(part, max_age_s=None)
            if monotonic() > until:
                raise SourceUnavailable(
                    f"{self._client.host} does not come to an end with what it prepares.",
                    hint="Run again later; collection resumes here.",
                )
            self._wait(self._client.policy.scaled(max(wait_s, _retry_after_s(response))))
            wait_s = min(wait_s * _GROWTH, _LONGEST_WAIT_S)

    def _request(self, part: _PartRequest) -> Request:
        params = dict(part.export.params)
        fields = params["fields"].split(",")
        number = [("part_number", str(part.part))] if "parts_count" in params else []

        def check(response: Response) -> None:
            if part.checked and response.status == 200 and response.path is not None:
                announced = response.headers.get("rows-number")
                refuse_other_file(response.path, self._export.form, fields, announced)
                if self._export.form == "csv":
                    refuse_cut_end(response.path, fields, self._export.application_id)

        return Request(
            path=part.export.path,
            params=[*part.export.params, *number],
            headers=_cache_control(part.max_age_s),
            statuses=_STATUSES,
            max_bytes=_MAX_BYTES,
            check=check,
        )

    def _change(self, preparation: Preparation, response: Response) -> None:
        """Ask for more parts than before, or without a field that AppMetrica no longer knows.

        Raises:
            WrongAnswer: neither would help.
        """
        message = shorten(response.text, QUOTED_CHARS)
        if _MORE_PARTS in message.lower():
            preparation.request_again(parts=preparation.parts * 2)
            return
        unknown = _named_field(message, preparation.fields)
        if unknown is None or unknown in REQUIRED:
            raise WrongAnswer(
                f"{self._client.host} answered 400: {message}.",
                hint="Check APPMETRICA_APPLICATION_ID.",
            )
        _log.warning("AppMetrica no longer has the field %s; it stays empty.", unknown)
        preparation.request_again(without=unknown)

    def _wait(self, seconds: float) -> None:
        if self._stopped.wait(seconds):
            raise SourceUnavailable(f"{self._client.host}: the run was stopped.")


def span_ends(span: str) -> tuple[str, str]:
    """Return the first and the last second of a span, as AppMetrica takes them.

    A span is a day (`2024-01-11`), an hour of it (`2024-01-11T05`), or a part of it, both ends
    included (`2024-01-11T000000--180000`).
    """
    day, _, times = span.partition("T")
    first, _, last = times.partition("--")
    first, last = f"{first:0<6}", last or f"{times or '23'}5959"
    return tuple(f"{day} {end[:2]}:{end[2:4]}:{end[4:]}" for end in (first, last))  # type: ignore[return-value]


def _cache_control(max_age_s: int | None) -> Mapping[str, str]:
    """Return the header for the first request alone: with each, an older file is prepared again."""
    if max_age_s is None:
        return {}
    return {"Cache-Control": f"max-age={max_age_s}" if max_age_s else "no-cache"}


def _named_field(message: str, fields: Sequence[str]) -> str | None:
    """Return the field that an error message names."""
    words = set(re.findall(r"\w+", message))
    return next((name for name in fields if name in words), None)


def _retry_after_s(response: Response) -> float:
    """Return the seconds to wait that AppMetrica asks for, within reason; 0 = it asks for none."""
    text = response.headers.get("retry-after", "").strip()
    return min(float(text[:6]), _LONGEST_WAIT_S) if text.isdecimal() else 0.0
