"""Exports of one Amplitude project: several hours in one response, each fetched once."""

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
#: Numbers of hours that one request may ask for; where one is too much, the next smaller one.
SPANS = (24, 12, 6, 3, 1)
#: Amplitude's words where it has no data; any other 404 comes from a wrong address.
NO_DATA = b"Raw data files were not found"
_PATH = "/api/2/export"
_TOO_MUCH = frozenset({400, 504})
#: A single export may hold 4 GB.
_MAX_BYTES = 5 << 30
#: After so long a smaller number of hours is forgotten: days differ.
_REMEMBERED_S = 7 * 24 * 3600
#: Exports that are kept for later hours of theirs.
_MAX_EXPORTS = 3


@dataclass(frozen=True, kw_only=True)
class Export:
    """The events of some hours."""

    first: datetime
    hours: int
    path: Path | None  #: the zip; None = there are no events in these hours

    @property
    def window(self) -> str:
        """Return its window: `2024-02-01T00` or `2024-02-01T00--2024-02-01T11`."""
        first, last = self.first, self.first + HOUR * (self.hours - 1)
        start = first.strftime("%Y-%m-%dT%H")
        return start if self.hours == 1 else f"{start}--{last:%Y-%m-%dT%H}"

    def holds(self, hour: datetime) -> bool:
        """Return whether it covers the hour that starts then."""
        return self.first <= hour < self.first + HOUR * self.hours


class Exports:
    """Fetches the hours of one project, one request after another. Thread-safe."""

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
        """Return the export that covers the hour, its zip as a file of the caller's own in `spool`.

        Raises:
            SourceRefused, SourceUnavailable, WrongAnswer: as `HttpClient.download`.
        """
        with self._one_by_one:
            export = self._fetched(start)
            if export is None:
                export = self._download(start, spool.parent)
                self._exports.append(export)
                self._remove_old()
            if export.path is None:
                return export
            own = spool / "export.zip"
            _link(export.path, own)
            return Export(first=export.first, hours=export.hours, path=own)

    def stop(self) -> None:
        """End a request under way soon, with an error."""
        self._client.stop()

    def _fetched(self, start: datetime) -> Export | None:
        for export in self._exports:
            if export.holds(start) and (export.path is None or export.path.exists()):
                return export
        return None

    def _remove_old(self) -> None:
        while len(self._exports) > _MAX_EXPORTS:
            old = self._exports.pop(0)
            if old.path is not None:
                old.path.unlink(missing_ok=True)

    def _download(self, start: datetime, folder: Path) -> Export:
        """Fetch this hour and planned ones after it, as many as come in one response."""
        for span in self._spans(self._in_a_row(start)):
            path = folder / f"{self._project}-{start:%Y%m%dT%H}-{span}.zip"
            response = self._client.download(_request(start, span), path)
            if response.status in _TOO_MUCH and span > 1:
                self._remember(max(hours for hours in SPANS if hours < span))
                continue
            if response.status == 400:
                raise WrongAnswer(
                    f"Amplitude cannot export the hour {start:%Y-%m-%dT%H} of the "
                    f"{self._project} project: it is larger than 4 GB, or the request is wrong.",
                    hint="Take that hour from Amplitude's own export to S3.",
                )
            return Export(first=start, hours=span, path=response.path)
        raise AssertionError("One hour is always asked for.")

    def _in_a_row(self, start: datetime) -> int:
        """Count the planned hours in a row from this one on, to the end of its day."""
        hours = 1
        while start + HOUR * hours in self._planned and (start + HOUR * hours).hour:
            hours += 1
        return hours

    def _spans(self, max_hours: int) -> list[int]:
        first = min(max_hours, self._remembered())
        return [first, *(hours for hours in SPANS if hours < first)]

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


def _request(start: datetime, hours: int) -> Request:
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
    if response.status == 404 and NO_DATA not in response.content:
        raise WrongAnswer("Amplitude returned an unexpected 404. Check AMPLITUDE_REGION.")
    if response.path is not None:
        # An unsafe archive came as it was sent: it is kept, and reading it raises.
        with suppress(UnsafeArchive):
            verify(response.path)


def _link(path: Path, own: Path) -> None:
    try:
        os.link(path, own)
    except OSError:  # a disk without links
        shutil.copyfile(path, own)
