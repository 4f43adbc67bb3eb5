"""Windows of time have no gap and no overlap, and what is settled costs nothing again."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradeline.base.errors import WrongUse
from gradeline.sources.source import PlanRequest
from gradeline.sources.windows import DAY, HOUR, Rhythm, plan_windows, windows

NOW = datetime(2024, 3, 31, 12, 34, 56, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
INSTANTS = st.timedeltas(-DAY * 400, DAY * 48_000).map(lambda since: EPOCH + since)
STEPS = st.sampled_from([HOUR, DAY, 6 * HOUR])


def plan(rhythm=None, **asked):
    """What a grader-like stream plans."""
    rhythm = rhythm or Rhythm(step=HOUR, late=HOUR)
    return list(plan_windows("s", "t", rhythm, PlanRequest(**{"now": NOW, **asked}), version="1"))


def names(planned):
    """The windows of slices."""
    return [each.slice.window for each in planned]


@given(since=INSTANTS, length=st.timedeltas(timedelta(0), timedelta(days=40)), step=STEPS)
def test_windows_follow_each_other_without_gap_or_overlap(since, length, step):
    """Every instant of a span lies in exactly one window, the span's ends included."""
    found = list(windows(Rhythm(step=step), since, since + length + HOUR))
    assert found[0].starts_at <= since
    assert found[-1].ends_at >= since + length + HOUR
    assert all(one.ends_at == next_.starts_at for one, next_ in pairwise(found))


@given(since=INSTANTS, cuts=st.lists(st.integers(1, 500), max_size=5), step=STEPS)
def test_a_span_asked_in_parts_gives_the_same_windows(since, cuts, step):
    """However a backfill is split, its windows are the same ones."""
    rhythm, until = Rhythm(step=step), since + timedelta(hours=501)
    edges = [since, *sorted(since + timedelta(hours=cut) for cut in set(cuts)), until]
    parts = {each for one, two in pairwise(edges) for each in windows(rhythm, one, two)}
    assert parts == set(windows(rhythm, since, until))


@given(instant=INSTANTS, step=STEPS)
def test_an_instant_lies_in_the_window_of_its_floor(instant, step):
    """A floor is at most one step before the instant."""
    rhythm = Rhythm(step=step)
    assert rhythm.floor(instant) <= instant < rhythm.floor(instant) + step


@given(first=INSTANTS, then=INSTANTS)
def test_a_window_has_one_name(first, then):
    """Two windows with one name are one window, whatever the clocks of a country do."""
    one, two = (next(windows(Rhythm(step=HOUR), at, at + HOUR)) for at in (first, then))
    assert (one.name == two.name) == (one == two)


def test_a_first_run_begins_with_yesterday():
    """Without a watermark a run plans from the start of yesterday to the last hour that is over."""
    found = names(plan())
    assert (found[0], found[-1], len(found)) == ("2024-03-30T00", "2024-03-31T11", 36)


def test_a_run_goes_on_at_the_watermark():
    """What earlier runs have settled is not planned again."""
    watermark = datetime(2024, 3, 31, 10, tzinfo=UTC)
    assert names(plan(watermarks={"t": watermark})) == ["2024-03-31T10", "2024-03-31T11"]


def test_a_window_stays_open_for_late_data():
    """The last hour is read again by each run until an hour after its end, then a last time."""
    found = plan()
    assert [(each.slice.window, each.open) for each in found[-2:]] == [
        ("2024-03-31T10", False),
        ("2024-03-31T11", True),
    ]
    again = plan(now=NOW + timedelta(minutes=1))
    assert found[-2].fingerprint == again[-2].fingerprint
    assert found[-1].fingerprint != again[-1].fingerprint
    assert not plan(now=NOW + HOUR)[-2].open


def test_a_backfill_is_marked_and_begins_where_it_is_told():
    """--since and --until plan their span alone, as no run's own."""
    since, until = datetime(2020, 2, 28, 23, 30, tzinfo=UTC), datetime(2020, 2, 29, 1, tzinfo=UTC)
    found = plan(since=since, until=until, watermarks={"t": NOW})
    assert names(found) == ["2020-02-28T23", "2020-02-29T00"]
    assert {each.by_run for each in found} == {False}


def test_nothing_is_planned_ahead_of_the_clock():
    """A day far away, or a watermark ahead of a clock that was set back, plans nothing."""
    assert plan(watermarks={"t": NOW + DAY}) == []
    assert names(plan(since=NOW - HOUR, until=NOW + DAY)) == ["2024-03-31T11"]
    assert plan(since=NOW + DAY) == []


def test_a_span_that_ends_before_it_begins_is_refused():
    """The two options in the wrong order are a slip, not an empty answer."""
    with pytest.raises(WrongUse, match="--until must be later"):
        plan(since=NOW, until=NOW - DAY)


def test_an_unfinished_window_is_asked_for_where_that_is_of_use():
    """The hour that goes on is planned and open where the rhythm says so."""
    rhythm = Rhythm(step=HOUR, unfinished=True)
    last = plan(rhythm)[-1]
    assert (last.slice.window, last.open) == ("2024-03-31T12", True)
