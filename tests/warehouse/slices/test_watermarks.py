"""The watermark is what runs have settled without a gap, never more."""

from datetime import UTC, datetime, timedelta

import pytest

from gradeline.warehouse.slices import ledger
from gradeline.warehouse.slices.watermarks import watermarks

DAY = datetime(2024, 1, 11, tzinfo=UTC)


@pytest.fixture
def hours(loader, planned, settled):
    """Plans hours of a day and settles them, by number."""

    def make(*numbers: int, settle: bool = True, **more: object) -> None:
        more = {"by_run": True, **more}
        for number in numbers:
            start = DAY + timedelta(hours=number)
            slice_ = planned(
                f"{start:%Y-%m-%dT%H}", starts_at=start, ends_at=start + timedelta(hours=1), **more
            )
            work = ledger.plan(loader, [slice_])
            if settle and work:
                ledger.settle(loader, work[0].slice_id, settled(fingerprint=slice_.fingerprint))

    return make


def watermark(loader) -> int | None:
    """The hour of the day up to which everything is settled."""
    found = watermarks(loader, "files:oulad").get("attempts")
    return None if found is None else (found - DAY) // timedelta(hours=1)


def test_nothing_planned_has_no_watermark(loader):
    """A source that never ran begins where its rhythm says."""
    assert watermark(loader) is None


def test_it_is_the_end_of_what_follows_without_a_gap(loader, hours):
    """A failed hour in the middle holds it, whatever came after."""
    hours(0, 1, 3, 4)
    hours(2, settle=False)
    assert watermark(loader) == 2
    hours(2)
    assert watermark(loader) == 5


def test_nothing_settled_leaves_it_at_the_start(loader, hours):
    """A first run that failed altogether begins there again."""
    hours(5, 6, settle=False)
    assert watermark(loader) == 5


def test_a_backfill_never_moves_it(loader, hours):
    """Neither hours before nor hours after it count when a person asked for them."""
    hours(5, 6)
    hours(3, 4, 7, 8, by_run=False)
    assert watermark(loader) == 7


def test_a_backfill_over_a_run_s_hours_takes_nothing_back(loader, hours):
    """An hour of a run stays one when a backfill asks for it too."""
    hours(5, 6)
    hours(5, 6, by_run=False)
    assert watermark(loader) == 7


def test_a_run_over_a_backfill_s_hours_counts_them(loader, hours):
    """What a backfill settled already is settled for the run that comes to it."""
    hours(6, by_run=False)
    hours(5, 6)
    assert watermark(loader) == 7


def test_an_open_hour_holds_it(loader, hours):
    """What may still change is read again by the next run."""
    hours(5)
    hours(6, open=True, fingerprint="open now")
    assert watermark(loader) == 6
    hours(6, fingerprint="final")
    assert watermark(loader) == 7
