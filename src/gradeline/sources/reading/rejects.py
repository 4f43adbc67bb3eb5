"""Rejected records on their way to quarantine: on disk, because memory may not hold them all."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
        yield spool
        spool._flush()
        if spool._begun:
            spool._path.replace(path)
        else:
            path.unlink(missing_ok=True)

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


@dataclass(frozen=True, kw_only=True)
class Rejects:
    """The broken lines of one file, on disk."""

    path: Path | None  #: JSON lines of (line, reason, bytes); null = a format without lines

    @staticmethod
    def none() -> Rejects:
        """No lines: the format is read whole or not at all."""
        return Rejects(path=None)

    @contextmanager
    def writing(self) -> Iterator[Reject]:
        """Write anew, through a function that takes one line."""
        if self.path is None:
            raise ValueError("a format without lines cannot reject one")
        half = self.path.with_suffix(f".{threading.get_ident()}.broken-half")
        with half.open("w", encoding="ascii") as file:

            def reject(line: int, reason: str, raw: bytes) -> None:
                kept = base64.b64encode(raw[:RAW_MAX]).decode("ascii")
                file.write(json.dumps([line, reason, kept]) + "\n")

            yield reject
        half.replace(self.path)

    def __iter__(self) -> Iterator[tuple[int, str, bytes]]:
        """Each line: its number, `code: words`, its bytes."""
        if self.path is not None:
            with self.path.open(encoding="ascii") as file:
                for text in file:
                    line, reason, kept = json.loads(text)
                    yield line, reason, base64.b64decode(kept)

    def count(self) -> int:
        """How many there are."""
        return sum(1 for _ in self)
