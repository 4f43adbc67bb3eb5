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
#: Stand for "always" and "still": every day lies between them.
ALWAYS = -1_000_000
STILL = 4_000_000


@ibis.udf.scalar.builtin(name="epoch_us", signature=(("timestamp('UTC')",), "int64"))
def _epoch_us(at):  # type: ignore[no-untyped-def]
    """Microseconds since 1970; any engine is to offer it under that name."""


def microseconds(at: ir.TimestampValue) -> ir.IntegerValue:
    """Microseconds since 1970 of an instant."""
    us: ir.IntegerValue = _epoch_us(at)
    return us


def instant(value: datetime) -> int:
    """Microseconds since 1970 of an instant with a zone."""
    return (value - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def day_number(day: ir.DateValue) -> ir.IntegerValue:
    """Days since 1970-01-01 of a DATE column."""
    return day.delta(ibis.date("1970-01-01"), unit="day").cast("int64")


def as_date(day: ir.IntegerValue) -> ir.DateValue:
    """The DATE of a day number."""
    return (ibis.date("1970-01-01") + day.as_interval("D")).cast("date")


def school_day_of(us: ir.IntegerValue, terms: Terms) -> ir.IntegerValue:
    """The school day of microseconds since 1970, for instants up to as-of."""
    return local(us, terms) // DAY_US


def local(us: ir.IntegerValue, terms: Terms) -> ir.IntegerValue:
    """Microseconds on the school's own clock since its 1970-01-01, for instants up to as-of."""
    changes = _changes(terms.timezone, terms.today + timedelta(days=2))
    if changes == ((0, 0),):
        return us
    # The newest first: most facts are young, so most rows leave the case early.
    branches = [(us >= since, ibis.literal(offset, "int64")) for since, offset in changes[:0:-1]]
    first = ibis.literal(changes[0][1], "int64")
    return us + (ibis.cases(*branches, else_=first) if branches else first)


@lru_cache(maxsize=8)
def _changes(zone: str, until: date) -> tuple[tuple[int, int], ...]:
    """Every (instant, offset from UTC from then on) of a zone, oldest first, in microseconds."""
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


def _first_with(offset: timedelta, found: datetime, zone: ZoneInfo) -> datetime:
    """The first minute of the day before `found` from which the zone keeps that offset."""
    low, high = 0, 24 * 60
    while low < high:
        middle = (low + high) // 2
        if _offset_at(found - timedelta(minutes=24 * 60 - middle), zone) == offset:
            high = middle
        else:
            low = middle + 1
    return found - timedelta(minutes=24 * 60 - low)


def _offset_at(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
