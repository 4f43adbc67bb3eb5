"""Schedules: cron lines in a time zone, and the instants at which they are due."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from gradeline.base.errors import WrongUse


def next_instants(cron: str, zone: str, after: datetime, count: int = 1) -> list[datetime]:
    """Return the next instants of a cron line, UTC; fewer than `count` where it has no more.

    As Debian's cron does: a wall time that the clock skips is due right after the gap, and one
    that comes twice is due the first time.

    Args:
        cron: five fields: minute, hour, day of month, month, day of week.
        zone: the time zone whose wall clock the line means.
        after: the instant after which to look.
        count: how many.

    Raises:
        WrongUse: the line is no cron line.
    """
    if len(cron.split()) != 5:
        raise _no_cron_line(cron)
    try:
        found = CronSim(cron, after.astimezone(ZoneInfo(zone)))
        return [instant.astimezone(UTC) for instant in islice(found, count)]
    except CronSimError as error:
        raise _no_cron_line(cron, str(error)) from error


def next_instant(cron: str, zone: str, after: datetime) -> datetime:
    """Return the next instant of a cron line, UTC.

    Raises:
        WrongUse: the line is no cron line, or names a day that never comes.
    """
    found = next_instants(cron, zone, after)
    if not found:
        raise _no_cron_line(cron, "it names a day that never comes")
    return found[0]


def _no_cron_line(cron: str, why: str = "it needs five fields") -> WrongUse:
    return WrongUse(
        f"{cron!r} is not a cron line: {why[:1].lower()}{why[1:]}.",
        hint="Write minute, hour, day of month, month and day of week, such as `0 8 * * 1-5`.",
    )
