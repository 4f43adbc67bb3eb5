"""One slice to read: its query, its files, and which lines of them it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gradeline.records.slices import Slice
from gradeline.sources.tabular.mapping import MappingFolder, Query
from gradeline.sources.tabular.views import OpenFile


@dataclass(frozen=True, kw_only=True)
class Job:
    """A slice to read."""

    slice: Slice
    query: Query
    mapping: MappingFolder
    files: Sequence[OpenFile]  #: all that it depends on, the leading one first
    timezone: str  #: the school's, for days and wall times
    clean: Path  #: where text files lie once they are Parquet
    spool: Path  #: where what does not fit into memory goes
    #: names of the files whose broken lines are records of this slice; each file has one such slice
    accounts: frozenset[str] = frozenset()
    part: int = 0  #: its place among the slices of its query, from 0
    parts: int = 1  #: the slices of its query: files of the leading table
    #: files that are read only to find learners in the others
    joined: Sequence[OpenFile] = ()

    @property
    def readable(self) -> Sequence[OpenFile]:
        """The files that its rows may come from, the leading one first."""
        leading = self.files[0]
        others = (file for file in self.files[1:] if file.table in self.query.others)
        return (leading, *others)

    @property
    def united(self) -> Sequence[OpenFile]:
        """Files whose rows a UNION adds to those of the leading one."""
        return [file for file in self.readable if file.table in self.query.united]
