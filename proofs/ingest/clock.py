"""A11: windows follow each other without gap or overlap, whatever the clocks on walls do."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise, product

from gradeline.flows.parts import Parts
from gradeline.records.counts import NO_RECORDS
from gradeline.sources.source import PlanRequest
from gradeline.sources.windows import DAY, HOUR, Rhythm, plan_windows
from gradeline.warehouse.slices import ledger
from gradeline.warehouse.slices.entry import Entry, SettledVersion
from proofs.promise import Setting, Try
from proofs.rig.in_process import Contents, TwinServer, collected, ground, held, read_watermarks

#: The usual kind of summer time, that of the southern half of the year, and one of half an hour.
ZONES = ("Europe/Berlin", "America/Santiago", "Australia/Lord_Howe")
#: In each of these days a wall clock somewhere above skips or repeats, or the calendar is odd.
TURNS: Mapping[str, datetime] = {
    "spring forward in Berlin": datetime(2026, 3, 29, tzinfo=UTC),
    "back in Berlin": datetime(2026, 10, 25, tzinfo=UTC),
    "back in Santiago": datetime(2026, 4, 5, tzinfo=UTC),
    "forward in Santiago": datetime(2026, 9, 6, tzinfo=UTC),
    "back on Lord Howe": datetime(2026, 4, 4, tzinfo=UTC),
    "forward on Lord Howe": datetime(2026, 10, 3, tzinfo=UTC),
    "a leap day": datetime(2024, 2, 29, tzinfo=UTC),
    "no leap day in 2100": datetime(2100, 2, 28, tzinfo=UTC),
    "the end of 32-bit time": datetime(2038, 1, 19, tzinfo=UTC),
    "the turn of a year": datetime(2026, 12, 31, tzinfo=UTC),
}
#: Spring and autumn in three zones.
CHANGES = list(TURNS)[:6]
RHYTHMS = {
    "hours": Rhythm(step=HOUR, late=HOUR),
    "hours, two late": Rhythm(step=HOUR, late=2 * HOUR),
    "days": Rhythm(step=DAY, late=DAY),
    "days before their end": Rhythm(step=DAY, late=DAY, unfinished=True),
}
SPEED = 100.0
SOURCE = "clocked"


def clock(setting: Setting) -> Iterator[Try]:
    """Walk a clock through odd days in odd steps; then read the same hours in every zone."""
    walks = list(product(TURNS, ZONES, RHYTHMS))
    if setting.small:
        walks = setting.luck.sample(walks, 5)
    with ground(setting.folder, SPEED) as there:
        for turn, zone, rhythm in walks:
            with there.place() as parts, _local(zone):
                wrong = _walked(parts, TURNS[turn], RHYTHMS[rhythm], setting.luck)
            yield Try(name=f"{turn}, seen from {zone}, {rhythm}", wrong=wrong)
        for turn in CHANGES[: setting.many(len(CHANGES), 1)]:
            wanted = _hours(there, "UTC", TURNS[turn])
            for zone in ZONES[: setting.many(len(ZONES), 1)]:
                wrong = wanted.differs_from(_hours(there, zone, TURNS[turn]))
                yield Try(name=f"{turn}, collected in {zone}", wrong=wrong)


@contextmanager
def _local(zone: str) -> Iterator[None]:
    """Let this process believe that it is in that zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ")
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()


def _walked(parts: Parts, turn: datetime, rhythm: Rhythm, luck: random.Random) -> str:
    """Run again and again around that day by a clock that also steps back; judge the ledger."""
    instant, until = turn - 1.5 * DAY, turn + 2.5 * DAY
    mark: datetime | None = None
    while instant < until:
        _run(parts, rhythm, instant)
        reached = read_watermarks(parts, SOURCE).get("t")
        if mark is not None and (reached is None or reached < mark):
            return f"the watermark went back from {mark} to {reached}"
        mark = reached
        # Now and then the clock is set back, or nobody ran for most of a day.
        instant += luck.choice((HOUR / 7, HOUR, 5 * HOUR, 0.9 * DAY, -HOUR / 2, -3 * HOUR))
    _run(parts, rhythm, until)
    with parts.database.connect() as connection:
        return _judged(ledger.read_entries(connection, source=SOURCE), rhythm, until)


def _run(parts: Parts, rhythm: Rhythm, instant: datetime) -> None:
    """What a run plans at that instant is settled, and in its name stands when it was read."""
    asked = PlanRequest(now=instant, watermarks=read_watermarks(parts, SOURCE))
    planned = list(plan_windows(SOURCE, "t", rhythm, asked, version="1"))
    with parts.database.connect() as connection:
        for entry in ledger.plan(connection, planned):
            ledger.settle(connection, entry.slice_id, _read_at(entry, instant))


def _read_at(entry: Entry, instant: datetime) -> SettledVersion:
    return SettledVersion(
        fingerprint=entry.planned_fingerprint,
        counts=NO_RECORDS,
        checksum=None,
        fact_key=None,
        courses=frozenset(),
        earliest=instant,
        latest=instant,
    )


def _judged(entries: list[Entry], rhythm: Rhythm, until: datetime) -> str:
    """What is wrong with the windows that were settled; empty where nothing is."""
    spans = sorted(_span(each) for each in entries)
    if not spans or spans[0][0] > until - 3.5 * DAY:
        return f"it began too late: {spans[:1]}"
    for (_, end), (start, _) in pairwise(spans):
        if start != end:
            return f"{'a gap' if start > end else 'an overlap'} between {end} and {start}"
    if spans[-1][1] < until - rhythm.step:
        return f"it ended too early, at {spans[-1][1]}"
    if len({each.slice.window for each in entries}) != len(entries):
        return "two windows have one name"
    early = [each for each in entries if _closed_early(each, rhythm)]
    return f"{early[0].slice} was read for the last time at {early[0].latest}" if early else ""


def _span(entry: Entry) -> tuple[datetime, datetime]:
    if entry.starts_at is None or entry.ends_at is None:
        raise AssertionError(f"{entry.slice} has no ends")
    return entry.starts_at, entry.ends_at


def _closed_early(entry: Entry, rhythm: Rhythm) -> bool:
    """Whether a window that is not open was last read before all of its late data was there."""
    final = (entry.fingerprint or "").endswith("final")
    return final and (entry.latest is None or entry.latest < _span(entry)[1] + rhythm.late)


def _hours(there: TwinServer, zone: str, turn: datetime) -> Contents:
    """What the hours of that day hold, collected by a process of that zone."""
    asked = PlanRequest(now=turn + 2 * DAY, since=turn - 3 * HOUR, until=turn + 6 * HOUR)
    with there.place() as parts, _local(zone):
        done = collected(there.source("grader", parts), parts, asked)
        if done.failed or done.slices != 9:
            raise AssertionError(f"the hours were not collected: {done}")
        return held(parts)
