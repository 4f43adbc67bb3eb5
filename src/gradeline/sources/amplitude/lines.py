"""The lines of exported members, in pieces of whole lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gradeline.base.errors import WrongAnswer
from gradeline.sources.reading.gzip_in_zip import Member, gunzipped
from gradeline.sources.reading.zip_directory import members

#: Bytes of lines in one piece, at least.
AT_A_TIME = 1 << 20
#: A longer line is not an event; this much of it is kept.
LONGEST = 1 << 20
_HEAD_BYTES = 64 << 10
_EMPTY_LINES = re.compile(rb"\n\n+")
_MEMBER = re.compile(r".*_(\d{4}-\d\d-\d\d)_(\d{1,2})#(\d+)\.json\.gz")


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Whole lines of one member."""

    member: str
    text: bytes


@dataclass(frozen=True, kw_only=True)
class LongLine:
    """A line that is too long to be an event."""

    member: str
    head: bytes  #: how it begins
    length: int


def members_of(path: Path, hour: datetime) -> list[Member]:
    """Return the members of an export that hold this hour, in the order of their parts.

    Raises:
        WrongAnswer: it is not a zip, is damaged, or does not say which hour a member is of.
        UnsafeArchive: it is a zip that no honest packer writes.
    """
    parts: list[tuple[int, Member]] = []
    for member in members(path):
        match = _MEMBER.fullmatch(member.name)
        if match is None:
            raise WrongAnswer(
                f"The export holds `{member.name}`, whose name has no hour.",
                hint="Report that the API of Amplitude changed.",
            )
        day = datetime.strptime(match[1], "%Y-%m-%d").replace(tzinfo=UTC)
        # Before 2014-11-12 a day was one file; its hour is 0.
        if day.replace(hour=int(match[2]) % 24) == hour:
            parts.append((int(match[3]), member))
    return [member for _, member in sorted(parts, key=lambda part: part[0])]


def lines_of(export: Path, hour: Sequence[Member]) -> Iterator[Lines | LongLine]:
    """Yield all lines of these members in their order.

    Raises:
        WrongAnswer, UnsafeArchive: the members cannot be read to their end.
    """
    for member in hour:
        splitter = _LineSplitter(member.name)
        for piece in gunzipped(export, member):
            yield from splitter.take(piece)
        yield from splitter.finish()


def records_of(export: Path, hour: Sequence[Member]) -> Iterator[bytes]:
    """Yield the lines of these members as they are, in pieces; each ends with a line break.

    Empty lines, which a forgotten learner's records leave behind, are left out.

    Raises:
        WrongAnswer, UnsafeArchive: the members cannot be read to their end.
    """
    for member in hour:
        ended = True
        for piece in gunzipped(export, member):
            lines = _EMPTY_LINES.sub(b"\n", piece.lstrip(b"\n") if ended else piece)
            if lines:
                yield lines
                ended = lines.endswith(b"\n")
        if not ended:
            yield b"\n"


class _LineSplitter:
    """Splits the bytes of a member into pieces of whole lines."""

    def __init__(self, member: str) -> None:
        self._member = member
        self._whole: list[bytes] = []  # whole lines that wait for more
        self._size = 0
        self._rest = b""  # the line whose end has not come yet
        self._skipped = 0  # bytes of a long line that were passed over

    def take(self, piece: bytes) -> Iterator[Lines | LongLine]:
        """Take the next bytes; yield pieces that are full."""
        end = piece.rfind(b"\n") + 1
        if not end:
            yield from self._extend(piece)
            return
        if self._skipped:
            first = piece.index(b"\n") + 1
            yield self._long_line(first)
            self._add(piece[first:end])
        else:
            self._add(self._rest)
            self._add(piece[:end])
        self._rest = piece[end:]
        if self._size >= AT_A_TIME:
            yield from self._flush()

    def finish(self) -> Iterator[Lines | LongLine]:
        """Yield the last lines, whether or not the last one has an end."""
        if self._skipped:
            yield self._long_line(0)
        self._add(self._rest)
        self._rest = b""
        yield from self._flush()

    def _extend(self, piece: bytes) -> Iterator[Lines | LongLine]:
        if not self._skipped and len(self._rest) + len(piece) <= LONGEST:
            self._rest += piece
            return
        if not self._skipped:
            yield from self._flush()
        self._skipped += len(piece)
        self._rest = self._rest[:LONGEST]

    def _long_line(self, more: int) -> LongLine:
        line = LongLine(
            member=self._member,
            head=self._rest[:_HEAD_BYTES],
            length=len(self._rest) + self._skipped + more,
        )
        self._skipped, self._rest = 0, b""
        return line

    def _add(self, lines: bytes) -> None:
        if lines:
            self._whole.append(lines)
            self._size += len(lines)

    def _flush(self) -> Iterator[Lines]:
        if self._whole:
            yield Lines(member=self._member, text=b"".join(self._whole))
        self._whole, self._size = [], 0
