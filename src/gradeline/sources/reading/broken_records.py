"""Broken records on their way to quarantine: in a file, for there may be more than memory holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from gradeline.records.slices import RejectedRecord

_LENGTH_BYTES = 8


class BrokenFile:
    """Records that could not be understood, in the order they were added."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.count = 0

    def add(self, record: RejectedRecord) -> None:
        """Keep one more record."""
        told = msgspec.msgpack.encode((record.place, record.reason, record.raw))
        with self._path.open("ab" if self.count else "wb") as file:
            file.write(len(told).to_bytes(_LENGTH_BYTES) + told)
        self.count += 1

    def __iter__(self) -> Iterator[RejectedRecord]:
        """The records, one by one."""
        if not self.count:
            return
        with self._path.open("rb") as file:
            while length := file.read(_LENGTH_BYTES):
                told = file.read(int.from_bytes(length))
                place, reason, raw = msgspec.msgpack.decode(told, type=tuple[str, str, bytes])
                yield RejectedRecord(place=place, reason=reason, raw=raw)
