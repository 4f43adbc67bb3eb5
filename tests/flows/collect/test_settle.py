"""When a slice waits for a person."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from gradeline.flows.collect.settle import is_too_broken
from gradeline.records.counts import Counts
from gradeline.records.slices import Slice, State
from gradeline.sources.source import Reading
from gradeline.warehouse.slices.entry import Entry

NOW = datetime(2024, 3, 1, tzinfo=UTC)
ENTRY = Entry(
    slice_id=1,
    slice=Slice(source="files:school", stream="learners", window="a.csv"),
    state=State.LANDED,
    planned_fingerprint="f",
    planned_at=NOW,
    updated_at=NOW,
)


@pytest.mark.parametrize(("elsewhere", "held"), [(0, False), (5, False), (6, True), (900, True)])
def test_broken_lines_that_another_slice_counts_hold_a_slice_too(elsewhere, held):
    """Learners of half a file are as wrong as its attempts, which have its lines in quarantine."""
    counts = Counts(received=100, stored=100)
    reading = Reading(
        counts=counts, broken=(), checksum="", courses=None, broken_elsewhere=elsewhere
    )
    assert is_too_broken(reading, ENTRY, Decimal(5)) is held
