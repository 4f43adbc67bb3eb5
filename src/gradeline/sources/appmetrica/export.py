"""Asking AppMetrica for a file: prepared, waited for, fetched in parts, each checked to its end."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from time import monotonic, time

from gradeline.base.errors import SourceUnavailable, WrongAnswer
from gradeline.records.slices import PlannedSlice
from gradeline.sources.appmetrica.fields import FIELDS, REQUIRED
from gradeline.sources.appmetrica.files import refuse_cut_end, refuse_other_file
from gradeline.sources.appmetrica.prepared import Preparation, Shelf
from gradeline.sources.appmetrica.request_slots import Place, Places, Question
from gradeline.sources.web.client import HttpClient, Request, Response

_log = logging.getLogger(__name__)

#: A prepared file can be had for a day.
FILE_LIFE_S = 24 * 3600.0
#: Yandex' own loader looks every 10 s; growing to a minute keeps three places, asked all day,
#: below 5,000 requests.
_FIRST_WAIT_S = 5.0
_LONGEST_WAIT_S = 60.0
_GROWTH = 1.5
#: Preparing takes minutes, on a bad day half an hour, and three stand in a row.
_PATIENCE_S = 3 * 3600.0
MOST_PARTS = 256
#: So old a file may be that somebody else has had prepared.
_YOUNG_S = 600
_MAX_BYTES = 4 << 30
_ANSWERS = frozenset({200, 202, 400, 420, 429})
_MORE_PARTS = "use more parts"


@dataclass(frozen=True, kw_only=True)
class Export:
    """What is exported of which app, and how."""

    application_id: str
    form: str  #: `csv` or `json`
    most_parts: int = MOST_PARTS  #: what is greater is asked for by the hour

    @property
    def path(self) -> str:
        """Where it is asked for."""
        return f"/logs/v1/export/events.{self.form}"

    def question(self, preparation: Preparation) -> Question:
        """The question for a day or an hour, the same words in the same order each time."""
        day, _, hour = preparation.span.partition("T")
        params = [
            ("application_id", self.application_id),
            ("date_since", f"{day} {hour or '00'}:00:00"),
            ("date_until", f"{day} {hour or '23'}:59:59"),
            # Days of receiving: what comes late falls into its own day, and no day changes
            # once it is over.
            ("date_dimension", "receive"),
            # Rather nothing than a part without a word.
            ("skip_unavailable_shards", "false"),
            ("fields", ",".join(preparation.fields)),
        ]
        if preparation.parts > 1:
            params.append(("parts_count", str(preparation.parts)))
        return Question(path=self.path, params=tuple(params))


@dataclass(frozen=True, kw_only=True)
class _Asking:
    """A question as it is put."""

    question: Question
    part: int = 0
    oldest_s: int | None = None  #: a file may be so old; null = it is prepared already
    judge: bool = True  #: what comes must be what was asked for


class Fetching:
    """Fetches windows; threads may share it."""

    def __init__(self, client: HttpClient, export: Export, folder: Path) -> None:
        self._client = client
        self._export = export
        self._stopped = Event()
        life_s = client.policy.scaled(FILE_LIFE_S)
        self._places = Places(folder / "queue", life_s, self._wait)
        self._shelf = Shelf(folder / "prepared", life_s)

    def fetch(self, planned: PlannedSlice, spool: Path) -> list[Path]:
        """The parts of a window, whole, in `spool`.

        Raises:
            SourceRefused: the token is not taken, or may not see the app.
            SourceUnavailable: no whole answer came, or it is not prepared in time.
            WrongAnswer: what came is no file of events.
        """
        with self._places.place(planned.slice.window) as place:
            ready = self._ready(planned, place, spool)
        form = self._export.form
        return [path for each in ready for path in each.hand_over(spool, form)]

    def stop(self) -> None:
        """End every wait, and what is under way."""
        self._stopped.set()
        self._client.stop()

    def _ready(self, planned: PlannedSlice, place: Place, spool: Path) -> list[Preparation]:
        """The day with all its parts; where it is too great for one file, its hours with theirs."""
        day = self._shelf.take(planned, planned.slice.window, FIELDS)
        if not day.in_hours and self._prepared(day, place, spool):
            return [day]
        day.split()
        hours = [
            self._shelf.take(planned, f"{day.span}T{hour:02}", day.fields) for hour in range(24)
        ]
        for each in hours:
            if not self._prepared(each, place, spool):
                raise WrongAnswer(
                    f"{self._client.host} does not give the hour {each.span} even in "
                    f"{self._export.most_parts} parts.",
                    hint="Ask its support about the greatest export of an application.",
                )
        return hours

    def _prepared(self, preparation: Preparation, place: Place, spool: Path) -> bool:
        """Whether every part came, asked for in as many as are needed; not if these are too many.

        Raises:
            SourceRefused, SourceUnavailable, WrongAnswer: as `fetch`.
        """
        while not self._all_parts(preparation, place, spool):
            if preparation.parts > self._export.most_parts:
                return False
        return True

    def _all_parts(self, preparation: Preparation, place: Place, spool: Path) -> bool:
        """Whether every part lies in its place; if not, the question was changed."""
        question = self._export.question(preparation)
        for number in range(preparation.parts):
            if preparation.begun and preparation.part(number).exists():
                continue
            if place.under_way not in (None, question):
                self._see_off(place.under_way, spool / "left")
            place.ask(question)
            response = self._answer(question, preparation, number)
            if response.status == 400:
                place.answered()
                self._change(preparation, response)
                return False
        if place.under_way == question:
            place.answered()
        return True

    def _answer(self, question: Question, preparation: Preparation, number: int) -> Response:
        """A part in its place, or the reason why the question must be another one."""

        def begun() -> None:
            if not preparation.begun:
                preparation.begin()

        preparation.folder.mkdir(parents=True, exist_ok=True)
        half = preparation.folder.with_suffix(".half")
        age_s = None if preparation.begun else self._oldest_s(preparation)
        asking = _Asking(question=question, part=number, oldest_s=age_s)
        response = self._patiently(asking, half, begun)
        if response.status == 200:
            begun()
            half.replace(preparation.part(number))
        return response

    def _oldest_s(self, preparation: Preparation) -> int:
        """How old a file may be that is taken for this, in AppMetrica's seconds.

        Not simply none: a first request that we gave up and that arrives late would begin the
        work anew, in a place of the queue that nobody holds any more.
        """
        if preparation.earlier_at is None:
            return _YOUNG_S
        since_s = (time() - preparation.earlier_at) * self._client.policy.speed
        return max(0, min(_YOUNG_S, int(since_s) - 1))

    def _see_off(self, question: Question, to: Path) -> None:
        """Wait until what another process asked for is done: it holds a place in the queue."""
        _log.info("AppMetrica still prepares what an earlier run asked for: waiting for it.")
        self._patiently(_Asking(question=question, judge=False), to, lambda: None)
        to.unlink(missing_ok=True)

    def _patiently(self, asking: _Asking, to: Path, begun: Callable[[], None]) -> Response:
        """The answer 200 with a file at `to`, or 400, however long AppMetrica prepares it."""
        until = monotonic() + self._client.policy.scaled(_PATIENCE_S)
        wait_s = _FIRST_WAIT_S
        while True:
            response = self._client.download(self._call(asking), to)
            if response.status in (200, 400):
                return response
            if response.status == 202:
                begun()
                asking = replace(asking, oldest_s=None)
            if monotonic() > until:
                raise SourceUnavailable(
                    f"{self._client.host} does not come to an end with what it prepares.",
                    hint="Run again later; collection resumes here.",
                )
            self._wait(self._client.policy.scaled(max(wait_s, _asked_s(response))))
            wait_s = min(wait_s * _GROWTH, _LONGEST_WAIT_S)

    def _call(self, asking: _Asking) -> Request:
        params = dict(asking.question.params)
        fields = params["fields"].split(",")
        part = [("part_number", str(asking.part))] if "parts_count" in params else []

        def check(response: Response) -> None:
            if asking.judge and response.status == 200 and response.path is not None:
                announced = response.headers.get("rows-number")
                refuse_other_file(response.path, self._export.form, fields, announced)
                if self._export.form == "csv":
                    refuse_cut_end(response.path, fields, self._export.application_id)

        return Request(
            path=asking.question.path,
            params=[*asking.question.params, *part],
            headers=_cache_control(asking.oldest_s),
            statuses=_ANSWERS,
            max_bytes=_MAX_BYTES,
            check=check,
        )

    def _change(self, preparation: Preparation, response: Response) -> None:
        """Ask for more parts than before, or without a field that AppMetrica no longer knows.

        Raises:
            WrongAnswer: neither would help.
        """
        said = self._client.host.clean(" ".join(response.text.split())[:200])
        if _MORE_PARTS in said.lower():
            preparation.ask_anew(parts=preparation.parts * 2)
            return
        unknown = _named(said, preparation.fields)
        if unknown is None or unknown in REQUIRED:
            raise WrongAnswer(
                f"{self._client.host} answered 400: {said}.",
                hint="Check APPMETRICA_APPLICATION_ID.",
            )
        _log.warning("AppMetrica no longer has the field %s; it stays empty.", unknown)
        preparation.ask_anew(without=unknown)

    def _wait(self, seconds: float) -> None:
        if self._stopped.wait(seconds):
            raise SourceUnavailable(f"{self._client.host}: the run was stopped.")


def _cache_control(oldest_s: int | None) -> Mapping[str, str]:
    """Said once: each time it is said again, an older file would be prepared anew."""
    if oldest_s is None:
        return {}
    return {"Cache-Control": f"max-age={oldest_s}" if oldest_s else "no-cache"}


def _named(said: str, fields: Sequence[str]) -> str | None:
    """The field that an error names."""
    words = set(re.findall(r"\w+", said))
    return next((name for name in fields if name in words), None)


def _asked_s(response: Response) -> float:
    """Seconds that AppMetrica asks to be left alone, within reason; 0 = it says nothing."""
    text = response.headers.get("retry-after", "").strip()
    return min(float(text[:6]), _LONGEST_WAIT_S) if text.isdecimal() else 0.0
