"""Report what the ledger holds of each source, and the encodings of its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from gradeline.records.slices import State
from gradeline.warehouse import Database
from gradeline.warehouse.slices import ledger


@dataclass(frozen=True, kw_only=True)
class SourceStatus:
    """What the ledger holds of one source."""

    source: str  #: its name
    slices: int  #: all of its slices
    ended: int  #: those loaded or empty
    waiting: int  #: those with work left
    failed: int
    held: int  #: those that wait for a person
    rows: int  #: rows stored


def source_status(database: Database, sources: Iterable[str]) -> Iterator[SourceStatus]:
    """Yield the status of each of these sources, in their order."""
    with database.connect() as connection:
        for name in sources:
            entries = ledger.read_entries(connection, source=name)
            states = [entry.state for entry in entries]
            ended = sum(state in (State.LOADED, State.EMPTY) for state in states)
            failed, held = states.count(State.FAILED), states.count(State.HELD)
            yield SourceStatus(
                source=name,
                slices=len(states),
                ended=ended,
                waiting=len(states) - ended - failed - held,
                failed=failed,
                held=held,
                rows=sum(entry.counts.stored for entry in entries),
            )


@dataclass(frozen=True, kw_only=True)
class FileEncoding:
    """The encoding that a text file was read in."""

    source: str
    file: str  #: its name below the folder of its dataset
    encoding: str
    by: str  #: how it is known: found, set or guessed


def file_encodings(database: Database, sources: Iterable[str]) -> Iterator[FileEncoding]:
    """Yield the encoding of every text file that these sources loaded, in their order."""
    with database.connect() as connection:
        for source in sources:
            files: dict[str, Any] = {}
            for entry in ledger.read_entries(connection, source=source):
                noted: Any = entry.notes.get("encodings", {})
                files |= noted
            for file, found in sorted(files.items()):
                yield FileEncoding(source=source, file=file, encoding=found["name"], by=found["by"])
