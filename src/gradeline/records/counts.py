"""What became of records, as numbers that are added up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What became of the records of a slice, or of several: received = the sum of the rest."""

    received: int = 0  #: records that the bytes gave, rejected ones included
    stored: int = 0  #: rows in the fact file
    already_there: int = 0  #: records equal, key and all, to another one of the slice
    quarantined: int = 0  #: records that could not be understood

    @property
    def add_up(self) -> bool:
        """Whether every record was counted once."""
        return self.received == self.stored + self.already_there + self.quarantined

    def __add__(self, other: Counts) -> Counts:
        """Return the sum of both, number by number."""
        return Counts(
            received=self.received + other.received,
            stored=self.stored + other.stored,
            already_there=self.already_there + other.already_there,
            quarantined=self.quarantined + other.quarantined,
        )


NO_RECORDS = Counts()


@dataclass(frozen=True, kw_only=True)
class LineCounts:
    """Lines of one file that gave no row of a stream, or several, where one each is usual."""

    stream: str
    file: str  #: its name, as places in quarantine write it
    without_row: int = 0  #: lines that gave none
    with_several: int = 0  #: lines that gave more than one
    rows: int = 0  #: all rows of those lines
