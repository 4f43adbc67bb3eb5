"""Windows of time: hours or days in UTC, without gap or overlap.

A stream's windows are the same whoever asks, so what is settled once costs nothing again. A run
plans from the watermark (where its earlier runs have settled everything) to now; `--since` and
`--until` plan a span of their own. A window that may still change is *open*: each run reads it
again, until it is `late` past its end and read one last time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from gradeline.base.clock import now
from gradeline.base.errors import WrongUse
from gradeline.records.slices import PlannedSlice, Slice
from gradeline.sources.source import PlanRequest

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """The length of a stream's windows, and when each can be fetched."""

    step: timedelta  #: length of a window, a whole part of a day or whole days: HOUR, DAY
    first: timedelta = DAY  #: a first run begins at the start of the day this long ago
    late: timedelta = timedelta(0)  #: a window may change until this long after its end
    unfinished: bool = False  #: a window can be fetched before its end

    def floor(self, instant: datetime) -> datetime:
        """Return the start of the window that the instant falls into."""
        return instant - (instant - _EPOCH) % self.step


@dataclass(frozen=True, kw_only=True, order=True)
class Window:
    """A span of time, its start included and its end not."""

    starts_at: datetime
    ends_at: datetime

    @property
    def name(self) -> str:
        """`2024-01-11T05` for an hour, `2024-01-11` for a day, else both ends with `--` between."""
        start, length = self.starts_at, self.ends_at - self.starts_at
        if length == HOUR and start == start.replace(minute=0, second=0, microsecond=0):
            return start.strftime("%Y-%m-%dT%H")
        if length == DAY and start == start.replace(hour=0, minute=0, second=0, microsecond=0):
            return start.date().isoformat()
        return f"{start:%Y-%m-%dT%H%M}--{self.ends_at:%Y-%m-%dT%H%M}"


def windows(rhythm: Rhythm, since: datetime, until: datetime) -> Iterator[Window]:
    """Yield the windows that the span from `since` to before `until` touches, oldest first."""
    start = rhythm.floor(since)
    while start < until:
        yield Window(starts_at=start, ends_at=start + rhythm.step)
        start += rhythm.step


def plan_windows(
    source: str, stream: str, rhythm: Rhythm, request: PlanRequest, *, version: str
) -> Iterator[PlannedSlice]:
    """Yield the slices of one stream that should exist now, oldest first.

    Args:
        source: name of the source.
        stream: name of the stream.
        rhythm: the length of its windows and when they change.
        request: what the run wants; a stream's watermark is looked up by its name.
        version: whatever else the content depends on; another one reads every window again.

    Raises:
        WrongUse: the span ends before it begins.
    """
    instant = request.now or now()
    since, until = _span(rhythm, request, request.watermarks.get(stream), instant)
    for window in windows(rhythm, since, until):
        if window.starts_at >= instant or (window.ends_at > instant and not rhythm.unfinished):
            return
        is_open = window.ends_at + rhythm.late > instant
        stage = f"open {instant.isoformat()}" if is_open else "final"
        yield PlannedSlice(
            slice=Slice(source=source, stream=stream, window=window.name),
            fingerprint=f"{version} {stage}",
            starts_at=window.starts_at,
            ends_at=window.ends_at,
            by_run=not request.backfill,
            open=is_open,
        )


def _span(
    rhythm: Rhythm, request: PlanRequest, watermark: datetime | None, instant: datetime
) -> tuple[datetime, datetime]:
    first = rhythm.floor(instant - rhythm.first)
    first = first.replace(hour=0, minute=0, second=0, microsecond=0)
    if request.since is not None and request.until is not None and request.since >= request.until:
        raise WrongUse(
            "--until must be later than --since.", hint="Both are instants; --until is left out."
        )
    until = min(request.until or instant, instant)
    if request.until is not None and request.since is None:
        # With an end alone, plan the windows of its day, not all from the beginning.
        return min(first, rhythm.floor(until - rhythm.step)), until
    return request.since or watermark or first, until
