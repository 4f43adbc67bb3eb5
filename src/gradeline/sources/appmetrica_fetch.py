"""Asking AppMetrica for a file: prepared, waited for, fetched in parts, each checked to its end."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import monotonic

from gradeline.base.errors import SourceAway, WrongAnswer
from gradeline.records.slices import PlannedSlice
from gradeline.sources.appmetrica_fields import FIELDS, REQUIRED
from gradeline.sources.appmetrica_files import refuse_other_file
from gradeline.sources.appmetrica_queue import Params, Place, Places
from gradeline.sources.appmetrica_shelf import Preparation, Shelf
from gradeline.sources.web import Answer, Call, Web

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
_MOST_BYTES = 4 << 30
_ANSWERS = frozenset({200, 202, 400, 420, 429})
_MORE_PARTS = "use more parts"


@dataclass(frozen=True, kw_only=True)
class Export:
    """What is exported of which app, and how."""

    application_id: str
    form: str  #: `csv` or `json`

    @property
    def path(self) -> str:
        """Where it is asked for."""
        return f"/logs/v1/export/events.{self.form}"

    def params(self, window: str, preparation: Preparation, part: int) -> Params:
        """The question for one part of a day, the same words in the same order each time."""
        params = [
            ("application_id", self.application_id),
            ("date_since", f"{window} 00:00:00"),
            ("date_until", f"{window} 23:59:59"),
            # Days of receiving: what comes late falls into its own day, and no day changes
            # once it is over.
            ("date_dimension", "receive"),
            # Rather nothing than a part without a word.
            ("skip_unavailable_shards", "false"),
            ("fields", ",".join(preparation.fields)),
        ]
        if preparation.parts > 1:
            params += [("parts_count", str(preparation.parts)), ("part_number", str(part))]
        return params


class Fetching:
    """Fetches windows; threads may share it."""

    def __init__(self, web: Web, export: Export, folder: Path) -> None:
        self._web = web
        self._export = export
        self._stopped = Event()
        life_s = web.manners.real(FILE_LIFE_S)
        self._places = Places(folder / "queue", life_s, self._wait)
        self._shelf = Shelf(folder / "prepared", life_s)

    def fetch(self, planned: PlannedSlice, spool: Path) -> list[Path]:
        """The parts of a window, whole, in `spool`.

        Raises:
            SourceRefused: the token is not taken, or may not see the app.
            SourceAway: no whole answer came, or it is not prepared in time.
            WrongAnswer: what came is no file of events.
        """
        window = planned.slice.window
        preparation = self._shelf.take(planned, FIELDS)
        with self._places.place(window) as place:
            if place.left is not None:
                self._see_off(place.left, spool / "left")
            while not self._all_parts(window, preparation, place):
                pass
        return preparation.hand_over(spool, self._export.form)

    def stop(self) -> None:
        """End every wait, and what is under way."""
        self._stopped.set()
        self._web.stop()

    def _all_parts(self, window: str, preparation: Preparation, place: Place) -> bool:
        """Whether every part lies in its place; if not, the question was changed."""
        number = 0
        while number < preparation.parts:
            if not (preparation.begun and preparation.part(number).exists()):
                params = self._export.params(window, preparation, number)
                place.note(window, params)
                answer = self._answer(params, preparation, number)
                if answer.status == 400:
                    self._change(preparation, answer)
                    return False
            number += 1
        return True

    def _answer(self, params: Params, preparation: Preparation, number: int) -> Answer:
        """A part in its place, or the reason why the question must be another one."""

        def begun() -> None:
            if not preparation.begun:
                preparation.begin()

        preparation.folder.mkdir(parents=True, exist_ok=True)
        half = preparation.folder.with_suffix(".half")
        # `no-cache` starts the preparation anew each time it is said: never again once begun.
        anew = not preparation.begun
        answer = self._patiently(params, half, anew=anew, begun=begun)
        if answer.status == 200:
            begun()
            half.replace(preparation.part(number))
        return answer

    def _see_off(self, params: Params, to: Path) -> None:
        """Wait until what another process asked for is done: it holds a place in the queue."""
        _log.info("AppMetrica still prepares what an earlier run asked for: waiting for it.")
        self._patiently(params, to, anew=False, begun=lambda: None, judge=False)
        to.unlink(missing_ok=True)

    def _patiently(
        self,
        params: Params,
        to: Path,
        *,
        anew: bool,
        begun: Callable[[], None],
        judge: bool = True,
    ) -> Answer:
        """The answer 200 with a file at `to`, or 400, however long AppMetrica prepares it."""
        until = monotonic() + self._web.manners.real(_PATIENCE_S)
        wait_s = _FIRST_WAIT_S
        while True:
            answer = self._web.download(self._call(params, anew=anew, judge=judge), to)
            if answer.status in (200, 400):
                return answer
            if answer.status == 202:
                begun()
                anew = False
            if monotonic() > until:
                raise SourceAway(
                    f"{self._web.host} does not come to an end with what it prepares.",
                    hint="Run again later: it goes on here.",
                )
            self._wait(self._web.manners.real(max(wait_s, _asked_s(answer))))
            wait_s = min(wait_s * _GROWTH, _LONGEST_WAIT_S)

    def _call(self, params: Params, *, anew: bool, judge: bool) -> Call:
        fields = dict(params)["fields"].split(",")

        def check(answer: Answer) -> None:
            if judge and answer.status == 200 and answer.path is not None:
                announced = answer.headers.get("rows-number")
                refuse_other_file(answer.path, self._export.form, fields, announced)

        return Call(
            path=self._export.path,
            params=params,
            headers={"Cache-Control": "no-cache"} if anew else {},
            answers=_ANSWERS,
            most_bytes=_MOST_BYTES,
            check=check,
        )

    def _change(self, preparation: Preparation, answer: Answer) -> None:
        """Ask for more parts, or without a field that AppMetrica no longer knows.

        Raises:
            WrongAnswer: neither would help.
        """
        said = self._web.host.clean(" ".join(answer.text.split())[:200])
        if _MORE_PARTS in said.lower() and preparation.parts < MOST_PARTS:
            preparation.ask_anew(parts=preparation.parts * 2)
            return
        unknown = _named(said, preparation.fields)
        if unknown is None or unknown in REQUIRED:
            raise WrongAnswer(
                f"{self._web.host} answered 400: {said}.",
                hint="Look whether APPMETRICA_APPLICATION_ID is right.",
            )
        _log.warning("AppMetrica knows no field %s any more: it stays empty.", unknown)
        preparation.ask_anew(without=unknown)

    def _wait(self, seconds: float) -> None:
        if self._stopped.wait(seconds):
            raise SourceAway(f"{self._web.host}: the run was stopped.")


def _named(said: str, fields: Sequence[str]) -> str | None:
    """The field that an error names."""
    words = set(re.findall(r"\w+", said))
    return next((name for name in fields if name in words), None)


def _asked_s(answer: Answer) -> float:
    """Seconds that AppMetrica asks to be left alone, within reason; 0 = it says nothing."""
    text = answer.headers.get("retry-after", "").strip()
    return min(float(text[:6]), _LONGEST_WAIT_S) if text.isdecimal() else 0.0
