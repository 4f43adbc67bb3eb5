"""Time: instants in UTC, days in the time zone of the school."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return the present time in UTC."""
    return datetime.now(tz=UTC)


def school_day(instant: datetime, zone: str) -> date:
    """Return the day in `zone` at that instant."""
    return instant.astimezone(ZoneInfo(zone)).date()


def parse_instant(text: str, zone: str) -> datetime:
    """Parse a time that a person wrote: ISO 8601; without an offset, local time in `zone`.

    Raises:
        ValueError: the text is not an ISO date or time.
    """
    written = datetime.fromisoformat(text)
    if written.tzinfo is None:
        written = written.replace(tzinfo=ZoneInfo(zone))
    return written.astimezone(UTC)
