"""Schedules: a cron line means the wall clock of the school."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gradeline.base.errors import WrongUse
from gradeline.jobs.schedule import next_instant, next_instants


@pytest.mark.parametrize(
    ("cron", "after", "expected"),
    [
        ("0 8 * * *", "2026-03-28T12:00", ["2026-03-29T06:00", "2026-03-30T06:00"]),
        ("0 8 * * *", "2026-10-24T12:00", ["2026-10-25T07:00", "2026-10-26T07:00"]),
        ("30 2 * * *", "2026-03-28T12:00", ["2026-03-29T01:00", "2026-03-30T00:30"]),
        ("30 2 * * *", "2026-10-24T12:00", ["2026-10-25T00:30", "2026-10-26T01:30"]),
        ("0 9 * * 1-5", "2026-11-27T12:00", ["2026-11-30T08:00", "2026-12-01T08:00"]),
    ],
)
def test_eight_is_eight_across_both_clock_changes(cron, after, expected):
    """A line is due at its wall time in Madrid, also on the days on which the clock changes."""
    start = datetime.fromisoformat(after).replace(tzinfo=UTC)
    found = next_instants(cron, "Europe/Madrid", start, 2)
    assert [f"{each:%Y-%m-%dT%H:%M}" for each in found] == expected


@pytest.mark.parametrize("cron", ["", "8", "0 25 * * *", "* * * * * *", "0 0 31 2 *", "a b c d e"])
def test_what_is_no_cron_line_is_refused(cron):
    """A line that is never due, or none at all, is refused with an example."""
    with pytest.raises(WrongUse, match="is not a cron line"):
        next_instant(cron, "UTC", datetime(2026, 12, 1, tzinfo=UTC))
