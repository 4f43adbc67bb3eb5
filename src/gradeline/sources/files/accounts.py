"""Decide which slice counts the broken lines of a file: one, however many slices read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gradeline.sources.tabular.data_folder import DataFile
from gradeline.sources.tabular.mapping import TABLES, Query


@dataclass(frozen=True, kw_only=True)
class SliceOfQuery:
    """One slice: a query over one file of its leading table."""

    query: Query
    part: int  #: its place among the slices of its query, from 0
    parts: int  #: the slices of its query
    files: Sequence[DataFile]  #: those that the query reads, the leading one first

    def claim(self, file: DataFile) -> tuple[bool, bool, int]:
        """Return how much a file belongs here: the slice with the greatest claim counts it."""
        own = file is self.files[0] or file.table.lower() in self.query.united
        return own, self.query.by_line, TABLES.index(self.query.table)


def assign_files(slices: Sequence[SliceOfQuery]) -> list[frozenset[str]]:
    """Return for each slice the names of the files whose broken lines it counts.

    A file counts where rows come from it, better line by line than grouped, and in the last of
    the canonical tables: attempts rather than learners. One that is only joined or looked up
    counts in the last table that reads it. Of several slices of one query the first one counts.
    """
    best: dict[str, tuple[tuple[bool, bool, int], int]] = {}
    for number, each in enumerate(slices):
        for file in each.files:
            claim = each.claim(file)
            if file.name not in best or claim > best[file.name][0]:
                best[file.name] = (claim, number)
    found: list[set[str]] = [set() for _ in slices]
    for name, (_, number) in best.items():
        found[number].add(name)
    return [frozenset(names) for names in found]
