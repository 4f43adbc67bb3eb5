"""What became of slices is added up, one slice after another."""

from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.records.counts import Counts
from gradeline.records.slices import Slice

SLICE = Slice(source="files:school", stream="items", window="a.csv")


def test_numbers_are_added_and_lists_joined():
    """How many slices there are was known before the first one, and does not change."""
    total = CollectOutcome(slices=3, done=1, counts=Counts(received=5, stored=4, quarantined=1))
    total = total.add(CollectOutcome(done=1, counts=Counts(received=2, already_there=2)))
    total = total.add(CollectOutcome(failed=((SLICE, "It is empty."),)))
    assert (total.slices, total.done, total.failed) == (3, 2, ((SLICE, "It is empty."),))
    assert total.counts == Counts(received=7, stored=4, already_there=2, quarantined=1)
    assert total.counts.add_up
