"""Time as the house reads it: instants in UTC, days in the school's own zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(tz=UTC)


def school_day(instant: datetime, zone: str) -> date:
    """The day that it is in `zone` at that instant."""
    return instant.astimezone(ZoneInfo(zone)).date()


def instant_of(text: str, zone: str) -> datetime:
    """The instant that a person wrote: ISO 8601; without an offset, a wall time of `zone`.

    Raises:
        ValueError: the text is no ISO date or time.
    """
    written = datetime.fromisoformat(text)
    if written.tzinfo is None:
        written = written.replace(tzinfo=ZoneInfo(zone))
    return written.astimezone(UTC)
