"""The lines of exported members, cut into pieces that are read one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gradeline.base.errors import WrongAnswer
from gradeline.sources.reading.gzip_in_zip import Member, gunzipped
from gradeline.sources.reading.zip_directory import members

#: Bytes of lines that are read at a time.
AT_A_TIME = 1 << 20
#: A line longer than this is no event; this much of it is kept.
LONGEST = 1 << 20
_HEAD_BYTES = 64 << 10
_MEMBER = re.compile(r".*_(\d{4}-\d\d-\d\d)_(\d{1,2})#(\d+)\.json\.gz")


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Whole lines of one member, one behind the other."""

    member: str
    text: bytes


@dataclass(frozen=True, kw_only=True)
class LongLine:
    """A line that is too long to be an event."""

    member: str
    head: bytes  #: how it begins
    length: int


def members_of(path: Path, hour: datetime) -> list[Member]:
    """The members of an export that hold this hour, in the order of their parts.

    Raises:
        WrongAnswer: it is no zip, is damaged, or does not say what is of which hour.
        UnsafeArchive: it is a zip that no honest packer writes.
    """
    found: list[tuple[int, Member]] = []
    for member in members(path):
        named = _MEMBER.fullmatch(member.name)
        if named is None:
            raise WrongAnswer(
                f"The export holds `{member.name}`, whose name has no hour.",
                hint="Report that the API of Amplitude changed.",
            )
        day = datetime.strptime(named[1], "%Y-%m-%d").replace(tzinfo=UTC)
        # Before 2014-11-12 a day was one file; its hour is 0.
        if day.replace(hour=int(named[2]) % 24) == hour:
            found.append((int(named[3]), member))
    return [member for _, member in sorted(found, key=lambda each: each[0])]


def lines_of(export: Path, hour: Sequence[Member]) -> Iterator[Lines | LongLine]:
    """All lines of these members in their order.

    Raises:
        WrongAnswer, UnsafeArchive: the members cannot be read to their end.
    """
    for member in hour:
        cutter = _Cutter(member.name)
        for piece in gunzipped(export, member):
            yield from cutter.take(piece)
        yield from cutter.finish()


class _Cutter:
    """Cuts the bytes of a member behind its lines."""

    def __init__(self, member: str) -> None:
        self._member = member
        self._whole: list[bytes] = []  # whole lines that wait for more
        self._size = 0
        self._rest = b""  # the line that has not come to its end
        self._skipped = 0  # bytes of a long line that were passed over

    def take(self, piece: bytes) -> Iterator[Lines | LongLine]:
        """Take the next bytes; give what is full."""
        end = piece.rfind(b"\n") + 1
        if not end:
            yield from self._no_end(piece)
            return
        if self._skipped:
            first = piece.index(b"\n") + 1
            yield self._long(first)
            self._keep(piece[first:end])
        else:
            self._keep(self._rest)
            self._keep(piece[:end])
        self._rest = piece[end:]
        if self._size >= AT_A_TIME:
            yield from self._flush()

    def finish(self) -> Iterator[Lines | LongLine]:
        """The last lines, whether or not the last one has an end."""
        if self._skipped:
            yield self._long(0)
        self._keep(self._rest)
        self._rest = b""
        yield from self._flush()

    def _no_end(self, piece: bytes) -> Iterator[Lines | LongLine]:
        if not self._skipped and len(self._rest) + len(piece) <= LONGEST:
            self._rest += piece
            return
        if not self._skipped:
            yield from self._flush()
        self._skipped += len(piece)
        self._rest = self._rest[:LONGEST]

    def _long(self, more: int) -> LongLine:
        line = LongLine(
            member=self._member,
            head=self._rest[:_HEAD_BYTES],
            length=len(self._rest) + self._skipped + more,
        )
        self._skipped, self._rest = 0, b""
        return line

    def _keep(self, lines: bytes) -> None:
        if lines:
            self._whole.append(lines)
            self._size += len(lines)

    def _flush(self) -> Iterator[Lines]:
        if self._whole:
            yield Lines(member=self._member, text=b"".join(self._whole))
        self._whole, self._size = [], 0
