"""A lease: one process at a time, its fence above those before, and the dead are waited out."""

from __future__ import annotations

import time

import pytest
from tests.conftest import say_nothing
from tests.dying_lake import expire

from gradeline.base.errors import LakeError, LeaseHeld, LeaseLost
from gradeline.lake import Lake, LeaseTimes, hold_lease

KEY = "lake/database/lease.json"
QUICK = LeaseTimes(life_s=0.6, renew_s=0.05, look_s=0.02)


@pytest.fixture(params=["memory_lake", "s3_lake"])
def bucket_lake(request: pytest.FixtureRequest) -> Lake:
    """Each kind of store that has conditional writes."""
    chosen: Lake = request.getfixturevalue(request.param)
    return chosen


def test_an_object_is_written_only_from_the_version_that_is_known(bucket_lake: Lake) -> None:
    """Of two who read the same version, one writes; the other is told, and so is who saw none."""
    first = bucket_lake.write_version(KEY, b"1", None)
    assert first is not None
    assert bucket_lake.write_version(KEY, b"2", None) is None
    assert bucket_lake.write_version(KEY, b"3", first) is not None
    assert bucket_lake.write_version(KEY, b"4", first) is None
    found = bucket_lake.read_version(KEY)
    assert found is not None
    assert found.content == b"3"
    assert bucket_lake.write_version("lake/database/none.json", b"5", first) is None


def test_a_request_whose_answer_was_lost_counts_as_written(bucket_lake: Lake) -> None:
    """The store's client sends such a request again, and then meets its own object."""
    first = bucket_lake.write_version(KEY, b"mine", None)
    assert bucket_lake.write_version(KEY, b"mine", None) == first


def test_each_holder_has_a_higher_fence(memory_lake: Lake) -> None:
    """A released lease is had at once; a fence that was seen counts though its object is gone."""
    with hold_lease(memory_lake, KEY, say_nothing) as first:
        assert first.fence == 1
    with hold_lease(memory_lake, KEY, say_nothing) as second:
        assert second.fence == 2
    memory_lake.delete([KEY])
    with hold_lease(memory_lake, KEY, say_nothing, above=7) as third:
        assert third.fence == 8


def test_who_is_alive_is_not_waited_for(memory_lake: Lake) -> None:
    """A second process ends with a clear message as soon as it sees the first one renew."""
    said: list[str] = []
    with hold_lease(memory_lake, KEY, say_nothing, QUICK) as held:
        with (
            pytest.raises(LeaseHeld, match="Only one can at a time"),
            hold_lease(memory_lake, KEY, said.append, QUICK),
        ):
            pass
        held.check()
    assert len(said) == 1
    assert said[0].startswith("Another process works with the database")


def test_a_dead_holder_is_taken_over_and_knows_it(memory_lake: Lake) -> None:
    """After a lease's life somebody else has it; the old holder is refused, and releases nothing."""
    silent = LeaseTimes(life_s=0.2, renew_s=60, look_s=0.02)
    with (
        hold_lease(memory_lake, KEY, say_nothing, silent) as dead,
        hold_lease(memory_lake, KEY, say_nothing, QUICK) as heir,
    ):
        assert heir.fence == dead.fence + 1
        with pytest.raises(LeaseLost, match="done again by the next run"):
            dead.check()
        dead.release()
        heir.check()


def test_a_holder_that_was_overtaken_notices_at_its_next_renewal(memory_lake: Lake) -> None:
    """Somebody whose clock runs ahead may take a lease that is alive: one of the two is refused."""
    with hold_lease(memory_lake, KEY, say_nothing, QUICK) as slow:
        while memory_lake.read_version(KEY) is not None and slow.fence == 1:
            expire(memory_lake, KEY)
            try:
                slow.check()
            except LeaseLost:
                break
            time.sleep(0.01)
        with pytest.raises(LeaseLost):
            slow.check()


def test_a_lease_that_nobody_wrote_is_named(memory_lake: Lake) -> None:
    """Bytes that are no lease are an error that says what to do, and stay."""
    memory_lake.replace(KEY, b"?")
    with (
        pytest.raises(LakeError, match="delete it and run again"),
        hold_lease(memory_lake, KEY, say_nothing),
    ):
        pass
