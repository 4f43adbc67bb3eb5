"""Exports of one Amplitude project: several hours in one answer, each of them asked for once."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from gradeline.base.errors import UnsafeArchive, WrongAnswer
from gradeline.sources.reading.gzip_in_zip import verify
from gradeline.sources.web.client import HttpClient, Request, Response

HOUR = timedelta(hours=1)
#: So many hours are asked for at once; where that is too much, the next smaller number.
SPANS = (24, 12, 6, 3, 1)
#: What Amplitude says where it has no data; any other 404 comes from a wrong address.
NOTHING_SAID = b"Raw data files were not found"
_PATH = "/api/2/export"
_TOO_MUCH = frozenset({400, 504})
#: A single export may hold 4 GB.
_MAX_BYTES = 5 << 30
#: After so long a split is forgotten: days differ.
_REMEMBERED_S = 7 * 24 * 3600
#: Exports whose hours may still be asked for.
_KEPT = 3


@dataclass(frozen=True, kw_only=True)
class Export:
    """An answer for some hours."""

    first: datetime
    hours: int
    path: Path | None  #: the zip; null = there is nothing in these hours

    @property
    def window(self) -> str:
        """Its name as a window: `2024-02-01T00` or `2024-02-01T00--2024-02-01T11`."""
        first, last = self.first, self.first + HOUR * (self.hours - 1)
        named = first.strftime("%Y-%m-%dT%H")
        return named if self.hours == 1 else f"{named}--{last:%Y-%m-%dT%H}"

    def holds(self, hour: datetime) -> bool:
        """Whether the hour that starts then is in it."""
        return self.first <= hour < self.first + HOUR * self.hours


class Exports:
    """Asks for the hours of one project; threads may share it, and ask one after another."""

    def __init__(
        self, client: HttpClient, project: str, memory: Path, *, hours: Iterable[datetime] = ()
    ) -> None:
        self._client = client
        self._project = project
        self._folder = memory
        self._memory = memory / f"amplitude-{project}-hours"
        self._one_by_one = Lock()
        self._planned = frozenset(hours)
        self._exports: list[Export] = []

    def for_hours(self, hours: Iterable[datetime]) -> Exports:
        """Return exports of the same project that fetch these hours together where they follow."""
        return Exports(self._client, self._project, self._folder, hours=hours)

    def hour(self, start: datetime, spool: Path) -> Export:
        """The export that holds the hour, its zip as a file of the caller's own in `spool`.

        Raises:
            SourceRefused, SourceUnavailable, WrongAnswer: as `Web.download`.
        """
        with self._one_by_one:
            export = self._known(start)
            if export is None:
                export = self._asked(start, spool.parent)
                self._exports.append(export)
                self._forget_old()
            if export.path is None:
                return export
            own = spool / "export.zip"
            _linked(export.path, own)
            return Export(first=export.first, hours=export.hours, path=own)

    def stop(self) -> None:
        """A question under way ends soon, with an error."""
        self._client.stop()

    def _known(self, start: datetime) -> Export | None:
        for export in self._exports:
            there = export.path is None or export.path.exists()
            if export.holds(start) and there:
                return export
        return None

    def _forget_old(self) -> None:
        while len(self._exports) > _KEPT:
            old = self._exports.pop(0)
            if old.path is not None:
                old.path.unlink(missing_ok=True)

    def _asked(self, start: datetime, folder: Path) -> Export:
        """The answer for this hour and planned ones behind it, as many as come at once."""
        for span in self._spans(self._in_a_row(start)):
            path = folder / f"{self._project}-{start:%Y%m%dT%H}-{span}.zip"
            response = self._client.download(_question(start, span), path)
            if response.status in _TOO_MUCH and span > 1:
                self._remember(max(each for each in SPANS if each < span))
                continue
            if response.status == 400:
                raise WrongAnswer(
                    f"Amplitude cannot export the hour {start:%Y-%m-%dT%H} of the "
                    f"{self._project} project: it is larger than 4 GB, or the question is wrong.",
                    hint="Take that hour from Amplitude's own export to S3.",
                )
            return Export(first=start, hours=span, path=response.path)
        raise AssertionError("One hour is always asked for.")

    def _in_a_row(self, start: datetime) -> int:
        """How many planned hours follow each other from this one on, to the end of its day."""
        hours = 1
        while start + HOUR * hours in self._planned and (start + HOUR * hours).hour:
            hours += 1
        return hours

    def _spans(self, most: int) -> list[int]:
        first = min(most, self._remembered())
        return [first, *(each for each in SPANS if each < first)]

    def _remembered(self) -> int:
        try:
            if time.time() - self._memory.stat().st_mtime > _REMEMBERED_S:
                return SPANS[0]
            return max(1, min(int(self._memory.read_text(encoding="ascii")), SPANS[0]))
        except (FileNotFoundError, ValueError):
            return SPANS[0]

    def _remember(self, span: int) -> None:
        self._memory.parent.mkdir(parents=True, exist_ok=True)
        self._memory.write_text(str(span), encoding="ascii")


def _question(start: datetime, hours: int) -> Request:
    last = start + HOUR * (hours - 1)
    return Request(
        path=_PATH,
        params=(("start", start.strftime("%Y%m%dT%H")), ("end", last.strftime("%Y%m%dT%H"))),
        statuses=frozenset({200, 400, 404} if hours == 1 else {200, 404, *_TOO_MUCH}),
        html_statuses=_TOO_MUCH,
        max_bytes=_MAX_BYTES,
        check=_refuse_damaged,
    )


def _refuse_damaged(response: Response) -> None:
    if response.status == 404 and NOTHING_SAID not in response.content:
        raise WrongAnswer("Amplitude returned an unexpected 404. Check AMPLITUDE_REGION.")
    if response.path is not None:
        # One that could do harm came as it was sent: it is kept, and reading it says why not.
        with suppress(UnsafeArchive):
            verify(response.path)


def _linked(path: Path, own: Path) -> None:
    try:
        os.link(path, own)
    except OSError:  # a disk without links
        shutil.copyfile(path, own)
