"""What a person decides about slices that are held, or gone from their source."""

import pytest

from gradeline.base.errors import WrongUse
from gradeline.records.counts import Counts
from gradeline.records.slices import RejectedRecord, State
from gradeline.warehouse.slices import ledger, quarantine
from gradeline.warehouse.slices.entry import HeldVersion

HELD = HeldVersion(
    fingerprint="v2",
    reason="60 of 200",
    raw_keys=("raw/2.csv",),
    counts=Counts(received=200, quarantined=60),
)
BROKEN = RejectedRecord(place="line 2", reason="bad_number: score is 'abc'", raw=b"1,abc")


@pytest.fixture
def held(loader, loaded, planned):
    """A loaded slice whose new version is held."""
    ledger.plan(loader, [planned(fingerprint="v2")])
    ledger.hold(loader, loaded.slice_id, HELD)
    quarantine.replace(loader, loaded.slice_id, [BROKEN], held=True)
    return ledger.read_entry(loader, loaded.slice)


def test_a_held_slice_waits_for_a_person(loader, held, planned):
    """A held slice is no work, keeps its older version and says what was broken."""
    assert ledger.plan(loader, [planned(fingerprint="v2")]) == []
    assert (held.state, held.held_received, held.held_quarantined) == (State.HELD, 200, 60)
    assert (held.fingerprint, held.counts.received) == ("v1", 10)
    assert len(ledger.snapshot(loader)) == 1


def test_a_released_slice_is_work_and_not_held_again(loader, held, planned):
    """Released, it is read from the raw objects at hand, with the mark that lets it pass."""
    ledger.release(loader, held.slice)
    (entry,) = ledger.plan(loader, [planned(fingerprint="v2")])
    assert (entry.released, entry.usable_raws) == (True, ("raw/2.csv",))


def test_a_release_is_for_the_content_that_was_seen(loader, held, planned):
    """A later version of a released slice is judged again."""
    ledger.release(loader, held.slice)
    assert not ledger.plan(loader, [planned(fingerprint="v3")])[0].released


def test_a_new_version_of_a_held_slice_is_work(loader, held, planned):
    """A file that was fixed is read without anybody's decision."""
    (entry,) = ledger.plan(loader, [planned(fingerprint="v3")])
    assert (entry.state, entry.held_received) == (State.PLANNED, None)


def test_dropping_keeps_what_was_loaded_before(loader, held, planned):
    """A dropped version is asked for no more, and the older one goes on counting."""
    entry = ledger.drop(loader, held.slice)
    assert (entry.state, entry.counts.received, entry.fingerprint) == (State.LOADED, 10, "v1")
    assert entry.reason == "dropped: 60 of 200 records were broken"
    assert ledger.plan(loader, [planned(fingerprint="v2")]) == []
    assert quarantine.ls(loader) == []


def test_dropping_a_slice_never_loaded_settles_it_as_empty(loader, planned):
    """With no older version the slice is empty, and the law holds."""
    number = ledger.plan(loader, [planned(fingerprint="v2")])[0].slice_id
    ledger.hold(loader, number, HELD)
    entry = ledger.drop(loader, planned().slice)
    assert (entry.state, entry.counts.received, entry.fact_key) == (State.EMPTY, 0, None)
    assert ledger.plan(loader, [planned(fingerprint="v2")]) == []


@pytest.mark.parametrize("verb", [ledger.release, ledger.drop])
def test_only_what_is_held_can_be_decided_on(loader, loaded, verb):
    """Releasing or dropping a loaded slice is wrong use and changes nothing."""
    with pytest.raises(WrongUse, match="it is loaded"):
        verb(loader, loaded.slice)
    assert ledger.read_entry(loader, loaded.slice) == loaded


def test_an_unknown_slice_is_named(loader, planned):
    """The error repeats a name that the ledger does not know."""
    with pytest.raises(WrongUse, match=r"files:oulad/attempts/a\.csv"):
        ledger.release(loader, planned().slice)


def test_a_slice_that_is_gone_still_counts(loader, loaded, planned):
    """A file that was taken away is marked once; what was read from it stays readable."""
    (gone,) = ledger.mark_gone(loader, "files:oulad", [])
    assert gone.slice == loaded.slice
    assert ledger.mark_gone(loader, "files:oulad", []) == []
    assert len(ledger.snapshot(loader)) == 1


def test_a_slice_that_comes_back_loses_the_mark(loader, loaded, planned):
    """A file that is there again is no work and not gone."""
    ledger.mark_gone(loader, "files:oulad", [])
    assert ledger.plan(loader, [planned()]) == []
    assert ledger.read_entry(loader, loaded.slice).gone_at is None


def test_a_slice_that_is_still_there_is_not_gone(loader, loaded):
    """Only what the source no longer has is marked."""
    assert ledger.mark_gone(loader, "files:oulad", [loaded.slice]) == []


def test_dropping_what_is_gone_takes_it_out(loader, loaded, planned):
    """A dropped slice counts no more, and is read again if its file comes back."""
    ledger.mark_gone(loader, "files:oulad", [])
    assert ledger.drop(loader, loaded.slice).state is State.EMPTY
    assert ledger.snapshot(loader) == []
    assert len(ledger.plan(loader, [planned()])) == 1
