"""School days as whole numbers: days since 1970-01-01 in the school's zone.

Instants become microseconds first. Casting them to days in the engine goes through its
calendar library, which took 1.7 s for 10.66 million clicks where this takes 0.3 s.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir

from gradeline.metrics.terms import Terms

EPOCH = date(1970, 1, 1)
DAY_US = 86_400_000_000
#: Day numbers for "since ever" and "still": every real day is between them.
ALWAYS = -1_000_000
STILL = 4_000_000


@ibis.udf.scalar.builtin(name="epoch_us", signature=(("timestamp('UTC')",), "int64"))
def _epoch_us(at):  # type: ignore[no-untyped-def]
    """Microseconds since 1970; every engine must provide a function of this name."""


def microseconds(at: ir.TimestampValue) -> ir.IntegerValue:
    """Convert an instant to microseconds since 1970."""
    us: ir.IntegerValue = _epoch_us(at)
    return us


def instant(value: datetime) -> int:
    """Convert an instant with a zone to microseconds since 1970."""
    return (value - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def number(day: date) -> int:
    """Convert a day to days since 1970-01-01."""
    return (day - EPOCH).days


def day_number(day: ir.DateValue) -> ir.IntegerValue:
    """Convert a DATE column to days since 1970-01-01."""
    return day.delta(ibis.date("1970-01-01"), unit="day").cast("int64")


def as_date(day: ir.IntegerValue) -> ir.DateValue:
    """Convert days since 1970-01-01 to a DATE."""
    return (ibis.date("1970-01-01") + day.as_interval("D")).cast("date")


def school_day_of(us: ir.IntegerValue, terms: Terms) -> ir.IntegerValue:
    """Convert microseconds since 1970 to the school day, for instants up to as-of."""
    return local(us, terms) // DAY_US


def local(us: ir.IntegerValue, terms: Terms) -> ir.IntegerValue:
    """Convert microseconds since 1970 to microseconds of local time, for instants up to as-of."""
    changes = _changes(terms.timezone, terms.today + timedelta(days=2))
    if changes == ((0, 0),):
        return us
    # The newest first: most facts are recent, so most rows match an early branch.
    branches = [(us >= since, ibis.literal(offset, "int64")) for since, offset in changes[:0:-1]]
    first = ibis.literal(changes[0][1], "int64")
    return us + (ibis.cases(*branches, else_=first) if branches else first)


@lru_cache(maxsize=8)
def _changes(zone: str, until: date) -> tuple[tuple[int, int], ...]:
    """List the (instant, offset from UTC from then on) of a zone, oldest first, in microseconds."""
    return tuple(_walk(ZoneInfo(zone), until))


def _walk(zone: ZoneInfo, until: date) -> Iterator[tuple[int, int]]:
    moment, last = datetime(1970, 1, 1, tzinfo=UTC), None
    end = datetime(until.year, until.month, until.day, tzinfo=UTC)
    while moment <= end:
        offset = _offset_at(moment, zone)
        if offset != last:
            begins = moment if last is None else _first_with(offset, moment, zone)
            yield instant(begins), offset // timedelta(microseconds=1)
            last = offset
        moment += timedelta(days=1)


def _first_with(offset: timedelta, moment: datetime, zone: ZoneInfo) -> datetime:
    """Find the first minute of the day before `moment` at which the zone has that offset."""
    low, high = 0, 24 * 60
    while low < high:
        middle = (low + high) // 2
        if _offset_at(moment - timedelta(minutes=24 * 60 - middle), zone) == offset:
            high = middle
        else:
            low = middle + 1
    return moment - timedelta(minutes=24 * 60 - low)


def _offset_at(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
