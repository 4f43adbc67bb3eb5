"""A transaction that others got in the way of is tried again, and not for ever."""

from pathlib import Path

import pytest

from gradeline.base.errors import TransactionConflict, WarehouseError
from gradeline.flows.collect.fetch import LandedSlice
from gradeline.flows.collect.retry import retry_on_conflict
from gradeline.sources.source import NOTHING

LANDED = LandedSlice(keys=(), paths=(), written=0, spool=Path("spool"), reading=NOTHING)


class Settling:
    """Fails so many times with an error, and keeps what it was given."""

    def __init__(self, times: int, error: type[WarehouseError]) -> None:
        self.given: list[LandedSlice] = []
        self._times, self._error = times, error

    def __call__(self, landed: LandedSlice) -> str:
        """Settle, or fail."""
        self.given.append(landed)
        if len(self.given) <= self._times:
            raise self._error("in the way")
        return "settled"


def test_a_conflict_is_tried_again_and_read_anew():
    """The second try reads the slice again: what the first one read may have been read out."""
    settling = Settling(1, TransactionConflict)
    assert retry_on_conflict(LANDED, settling) == "settled"
    assert [each.reading for each in settling.given] == [NOTHING, None]


def test_a_conflict_without_end_is_told():
    """After four tries it is left to the next run."""
    settling = Settling(9, TransactionConflict)
    with pytest.raises(TransactionConflict):
        retry_on_conflict(LANDED, settling)
    assert len(settling.given) == 4


def test_what_is_no_conflict_is_not_tried_again():
    """Another error passes as it is."""
    settling = Settling(1, WarehouseError)
    with pytest.raises(WarehouseError, match="in the way"):
        retry_on_conflict(LANDED, settling)
    assert len(settling.given) == 1
