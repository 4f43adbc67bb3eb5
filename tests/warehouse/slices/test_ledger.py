"""The ledger says where each slice stands, and never a thing that is not so."""

import pytest

from gradeline.base.errors import WarehouseError, WrongUse
from gradeline.records.slices import Slice, State
from gradeline.warehouse import Role
from gradeline.warehouse.slices import ledger
from gradeline.warehouse.slices.entry import slice_id, slice_named


def test_a_new_slice_is_work(loader, planned):
    """What a source plans for the first time waits for a run, in the order it was given."""
    work = ledger.plan(loader, [planned("b.csv"), planned("a.csv")])
    assert [(entry.slice.window, entry.state) for entry in work] == [
        ("b.csv", State.PLANNED),
        ("a.csv", State.PLANNED),
    ]


def test_an_entry_gives_the_plan_back(loader, planned):
    """A planned slice is read back as its source planned it."""
    slice_ = planned(detail={"file": "a.csv", "rows": 3})
    assert ledger.plan(loader, [slice_])[0].planned == slice_


def test_a_settled_slice_is_no_work(loader, loaded, planned):
    """A second run with the same fingerprint finds nothing to do and changes nothing."""
    assert ledger.plan(loader, [planned()]) == []
    assert ledger.read_entry(loader, loaded.slice) == loaded


def test_a_settled_slice_keeps_what_reading_showed(loader, loaded, planned, settled):
    """What people should know of how a slice was read stands in its entry."""
    notes = {"encodings": {"a.csv": {"name": "windows-1252", "by": "guessed"}}}
    ledger.settle(loader, loaded.slice_id, settled(notes=notes))
    assert ledger.read_entry(loader, loaded.slice).notes == notes


def test_an_empty_slice_is_no_work(loader, planned, settled):
    """A slice that was asked for and held nothing is settled as empty."""
    number = ledger.plan(loader, [planned()])[0].slice_id
    nothing = settled(received=0, stored=0, already_there=0, quarantined=0, fact_key=None)
    assert ledger.settle(loader, number, nothing) is State.EMPTY
    assert ledger.plan(loader, [planned()]) == []


def test_a_changed_slice_is_work_again(loader, loaded, planned):
    """A new fingerprint gives a settled slice work again, with its tries counted from zero."""
    (entry,) = ledger.plan(loader, [planned(fingerprint="v2")])
    assert (entry.state, entry.tries, entry.planned_fingerprint) == (State.PLANNED, 0, "v2")


def test_the_older_version_stays_readable_until_the_new_one_is_settled(
    loader, loaded, planned, settled
):
    """Planned, landed, failed or held again: the snapshot gives the older facts until the end."""
    ledger.plan(loader, [planned(fingerprint="v2")])
    ledger.mark_landed(loader, loaded.slice_id, ["raw/2.csv"], fingerprint="v2")
    ledger.mark_failed(loader, loaded.slice_id, "the disk is full")
    assert [fact.key for fact in ledger.snapshot(loader)] == [loaded.fact_key]
    ledger.settle(loader, loaded.slice_id, settled(fingerprint="v2", fact_key="lake/facts/2"))
    assert [fact.key for fact in ledger.snapshot(loader)] == ["lake/facts/2"]


@pytest.mark.parametrize(
    "lie",
    [
        {"received": 11},
        {"stored": 9},
        {"already_there": -1, "stored": 10},
        {"fact_key": None},
    ],
)
def test_the_law_refuses_a_lie(loader, loaded, settled, lie):
    """Counts that do not add up, negative ones, or rows without facts are never written."""
    with pytest.raises(WarehouseError, match="counts of slice"):
        ledger.settle(loader, loaded.slice_id, settled(**lie))
    assert ledger.read_entry(loader, loaded.slice) == loaded


def test_the_law_holds_whoever_writes(loader, loaded):
    """PostgreSQL itself keeps the law, in every state."""
    with pytest.raises(Exception, match="slices_law"):
        loader.execute("update slices set state = 'failed', received = 7")


def test_settling_an_older_version_leaves_the_newer_one_as_work(loader, loaded, planned, settled):
    """A version planned while another was being read is not lost: that one counts, work remains."""
    ledger.plan(loader, [planned(fingerprint="v3")])
    late = settled(fingerprint="v2", fact_key="lake/facts/2")
    assert ledger.settle(loader, loaded.slice_id, late) is State.PLANNED
    entry = ledger.find_pending(loader, loaded.slice_id)
    assert (entry.fingerprint, entry.fact_key, entry.planned_fingerprint) == (
        "v2",
        "lake/facts/2",
        "v3",
    )


def test_what_landed_is_read_again_without_asking(loader, planned):
    """After a kill the raw objects of the same version are at hand; of another version not."""
    entry = ledger.plan(loader, [planned()])[0]
    ledger.mark_landed(loader, entry.slice_id, ["raw/1.csv"], fingerprint="v1")
    (after_kill,) = ledger.plan(loader, [planned()])
    assert (after_kill.state, after_kill.usable_raws) == (State.LANDED, ("raw/1.csv",))
    (changed,) = ledger.plan(loader, [planned(fingerprint="v2")])
    assert changed.usable_raws == ()


def test_raw_objects_at_fault_are_not_read_again(loader, planned):
    """A failure that blames the raw objects makes the next run ask the source."""
    number = ledger.plan(loader, [planned()])[0].slice_id
    ledger.mark_landed(loader, number, ["raw/1.csv"], fingerprint="v1")
    ledger.mark_failed(loader, number, "cut in half", ask_again=True)
    assert ledger.find_pending(loader, number).usable_raws == ()


@pytest.mark.parametrize("ended", [ledger.mark_failed, ledger.mark_not_ready])
def test_a_try_that_ended_is_work_with_its_reason(loader, planned, ended):
    """A slice that failed or is not ready is tried again, and says why and how often."""
    number = ledger.plan(loader, [planned()])[0].slice_id
    ended(loader, number, "no answer\0 at all")
    ended(loader, number, "no answer\0 at all")
    (entry,) = ledger.plan(loader, [planned()])
    assert (entry.reason, entry.tries) == ("no answer␀ at all", 2)


def test_work_that_somebody_else_did_is_seen_after_the_claim(loader, loaded):
    """A slice settled between planning and claiming is no work any more."""
    assert ledger.find_pending(loader, loaded.slice_id) is None


def test_again_makes_settled_slices_work(loader, loaded):
    """A full run plans what is settled once more and keeps the raw objects at hand."""
    assert ledger.replan(loader, [loaded.slice_id]) == 1
    assert ledger.find_pending(loader, loaded.slice_id).usable_raws == ("raw/1.csv",)


def test_the_same_slice_twice_in_a_plan_counts_once(loader, planned):
    """A slice that a source names twice is one, as named last."""
    (entry,) = ledger.plan(loader, [planned(), planned(fingerprint="v2")])
    assert entry.planned_fingerprint == "v2"


def test_entries_are_chosen_by_source_and_state(loader, loaded, planned):
    """A list can be narrowed to a source and to states."""
    ledger.plan(loader, [planned("z.csv")])
    assert [e.slice.window for e in ledger.read_entries(loader, states=[State.LOADED])] == ["a.csv"]
    assert ledger.read_entries(loader, source="grader") == []


def test_ten_thousand_slices_are_planned_at_once(loader, planned):
    """A long history is planned whole, and again when nothing is new."""
    many = [planned(f"{day:05d}") for day in range(10_000)]
    assert len(ledger.plan(loader, many)) == 10_000
    assert len(ledger.plan(loader, many)) == 10_000


def test_a_plan_with_nothing_new_writes_no_row(loader, loaded, planned, written):
    """The second run's plan inserts and updates nothing."""
    assert written("slices", lambda: ledger.plan(loader, [planned()])) == (0, 0, 0)


def test_a_number_follows_from_the_name(loader, loaded):
    """A slice has the same number in every database."""
    assert loaded.slice_id == slice_id(loaded.slice) == 6467485745550214580


def test_a_name_has_three_parts():
    """A window may hold slashes; less than three parts is no name."""
    assert slice_named("grader/attempts/a/b") == Slice(
        source="grader", stream="attempts", window="a/b"
    )
    with pytest.raises(WrongUse, match="not the name of a slice"):
        slice_named("grader/attempts")


def test_every_key_that_counts_is_named(loader, loaded, planned):
    """A sweep sees the objects of what is loaded and of what landed since."""
    ledger.plan(loader, [planned(fingerprint="v2")])
    ledger.mark_landed(loader, loaded.slice_id, ["raw/2.csv"], fingerprint="v2")
    assert ledger.named_keys(loader) == {"lake/facts/1.parquet", "raw/1.csv", "raw/2.csv"}


def test_a_slice_nobody_planned_cannot_be_changed(loader):
    """A number that the ledger does not have is an error, not silence."""
    with pytest.raises(WarehouseError, match="no slice with the number 7"):
        ledger.mark_failed(loader, 7, "no answer")


def test_the_doors_see_nothing_of_the_ledger(warehouse, loaded):
    """Whoever comes through a door without an admin's rights sees no slice and writes none."""
    with warehouse.connect(Role.APP, autocommit=True) as door:
        assert ledger.read_entries(door) == []
        with pytest.raises(Exception, match="permission denied"):
            ledger.replan(door, [loaded.slice_id])
