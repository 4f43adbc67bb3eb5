"""Rejected records on their way to quarantine: on disk, because memory may not hold them all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from gradeline.records.slices import RejectedRecord

#: Called for each line that cannot be parsed: its number, `code: words`, its bytes.
Reject = Callable[[int, str, bytes], None]
#: Longest piece of a broken line that is kept; the raw file in the lake has the rest.
RAW_MAX = 65_536
_LENGTH_BYTES = 8
#: Bytes of records that are gathered before they are appended to the file.
_BUFFER_BYTES = 1 << 16


class RejectSpool:
    """Rejected records of one slice or file, in the order they were added.

    The file holds (place, reason, raw) of each as MessagePack behind its length. Where nothing
    was rejected there is no file.
    """

    def __init__(self, path: Path) -> None:
        """Start without records; a file left at `path` by an earlier reading is replaced."""
        self._path = path
        self._count = 0
        self._waiting = bytearray()
        self._begun = False

    @classmethod
    def reopen(cls, path: Path) -> RejectSpool:
        """Return the spool that was written to `path` before; it is empty if there is no file."""
        spool = cls(path)
        spool._begun = path.exists()
        spool._count = sum(1 for _ in spool) if spool._begun else 0
        return spool

    @classmethod
    @contextmanager
    def replacing(cls, path: Path) -> Iterator[RejectSpool]:
        """Yield a spool of this thread's own whose file moves to `path` if the block succeeds."""
        spool = cls(path.with_suffix(f".{threading.get_ident()}.broken-half"))
        try:
            yield spool
            spool._flush()
            if spool._begun:
                spool._path.replace(path)
            else:
                path.unlink(missing_ok=True)
        finally:
            spool._path.unlink(missing_ok=True)

    def add(self, place: str, reason: str, raw: bytes) -> None:
        """Add a record.

        Args:
            place: where it stood, e.g. `attempts.json, element 7`.
            reason: a short code, a colon and words.
            raw: its bytes as received.
        """
        record = msgspec.msgpack.encode((place, reason, raw))
        self._waiting += len(record).to_bytes(_LENGTH_BYTES) + record
        self._count += 1
        if len(self._waiting) >= _BUFFER_BYTES:
            self._flush()

    def reject_line(self, line: int, reason: str, raw: bytes) -> None:
        """Add a line as `line 7`, at most RAW_MAX bytes of it: a `Reject` for parsers of text."""
        self.add(f"line {line}", reason, raw[:RAW_MAX])

    def __len__(self) -> int:
        """Return how many records were added."""
        return self._count

    def __iter__(self) -> Iterator[RejectedRecord]:
        """Yield the records one by one, as quarantine takes them."""
        self._flush()
        if not self._begun:
            return
        with self._path.open("rb") as file:
            while length := file.read(_LENGTH_BYTES):
                record = file.read(int.from_bytes(length))
                place, reason, raw = msgspec.msgpack.decode(record, type=tuple[str, str, bytes])
                yield RejectedRecord(place=place, reason=reason, raw=raw)

    def _flush(self) -> None:
        if self._waiting:
            with self._path.open("ab" if self._begun else "wb") as file:
                file.write(self._waiting)
            self._begun = True
            self._waiting.clear()
