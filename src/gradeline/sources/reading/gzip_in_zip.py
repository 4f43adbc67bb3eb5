"""Archives as hostile input: gzip members of a zip, read in pieces, believed at their very end."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from isal import isal_zlib

from gradeline.base.errors import UnsafeArchive, WrongAnswer
from gradeline.sources.reading.zip_directory import DEFLATED, Member, members

__all__ = ["Member", "gunzipped", "members", "verify"]

#: What isal raises; its stubs call the class an instance.
_DAMAGED: type[Exception] = isal_zlib.error  # type: ignore[assignment]
PIECE = 512 << 10
#: Members that are verified at a time; isal works outside of Python's lock.
_AT_ONCE = 2
#: Text of events packs 10 to 40 times; a bomb is a thousand times larger than it came.
_MOST_RATIO = 250
_RATIO_FROM_BYTES = 64 << 20
_MOST_BYTES = 64 << 30
#: What gzip packed packs hardly any further; a million empty gzip members pack a thousand times.
_MOST_OUTER_RATIO = 20
_OUTER_RATIO_FROM_BYTES = 1 << 20
#: An export is one gzip, or a few that were put together.
_MOST_GZIPS = 10_000
_GZIP, _BARE = 31, -15
_PACKED_BEGINS = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf")


def verify(path: Path) -> None:
    """Read every member to its end, its sums included; nothing is kept.

    Raises:
        WrongAnswer: it is not a zip, or is cut or damaged.
        UnsafeArchive: it is one that no honest packer writes.
    """
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="verify") as pool:
        try:
            for _ in pool.map(partial(_read_to_its_end, path), members(path)):
                continue
        finally:
            pool.shutdown(cancel_futures=True)


def _read_to_its_end(path: Path, member: Member) -> None:
    for _ in gunzipped(path, member):
        continue


def gunzipped(path: Path, member: Member) -> Iterator[bytes]:
    """Yield what a gzip file in a zip holds, in pieces; an empty member holds nothing.

    Raises:
        WrongAnswer: it is cut or damaged: what was given so far must not be used.
        UnsafeArchive: it unpacks to far more than it may, or to another archive.
    """
    _refuse_folded(member)
    reader = isal_zlib.decompressobj(wbits=_GZIP)
    begun = False
    size = gzips = 0
    for packed in _unpacked(path, member):
        piece = packed
        while piece:
            if reader.eof:  # gzip members may follow each other
                reader, begun = isal_zlib.decompressobj(wbits=_GZIP), True
                gzips += 1
                _refuse_many(gzips, member)
            text = _step(reader, piece, member)
            if not begun and text:
                begun = True
                _refuse_nested(text, member)
            size += len(text)
            _refuse_bomb(size, member)
            if text:
                yield text
            piece = reader.unconsumed_tail or reader.unused_data
    if member.size and not reader.eof:
        raise WrongAnswer(f"{member.name}: its gzip is cut.")


def _step(reader: isal_zlib.Decompress, piece: bytes, member: Member) -> bytes:
    try:
        return reader.decompress(piece, PIECE)
    except _DAMAGED:
        raise WrongAnswer(f"{member.name}: its gzip is damaged.") from None


def _unpacked(path: Path, member: Member) -> Iterator[bytes]:
    """Yield the bytes of a member, stored or deflated; they are checked at their end."""
    crc, size = 0, 0
    for piece in _inflated(path, member) if member.method == DEFLATED else _packed(path, member):
        size += len(piece)
        if size > member.size:
            raise UnsafeArchive(f"unsafe_archive: {member.name} is larger than the zip says.")
        crc = isal_zlib.crc32(piece, crc)
        yield piece
    if size != member.size or crc != member.crc:
        raise WrongAnswer(f"{member.name}: it is damaged (its CRC is wrong).")


def _inflated(path: Path, member: Member) -> Iterator[bytes]:
    reader = isal_zlib.decompressobj(wbits=_BARE)
    for packed in _packed(path, member):
        piece = packed
        while piece:
            if reader.eof:
                raise WrongAnswer(f"{member.name}: something follows the end of its bytes.")
            try:
                text = reader.decompress(piece, PIECE)
            except _DAMAGED:
                raise WrongAnswer(f"{member.name}: it is damaged.") from None
            if text:
                yield text
            piece = reader.unconsumed_tail or reader.unused_data
    if not reader.eof:
        raise WrongAnswer(f"{member.name}: it is cut.")


def _packed(path: Path, member: Member) -> Iterator[bytes]:
    left = member.packed
    with path.open("rb") as file:
        file.seek(member.starts)
        while left:
            piece = file.read(min(PIECE, left))
            if not piece:
                raise WrongAnswer(f"{member.name}: it is cut.")
            left -= len(piece)
            yield piece


def _refuse_nested(text: bytes, member: Member) -> None:
    if text.startswith(_PACKED_BEGINS):
        raise UnsafeArchive(f"unsafe_archive: {member.name} holds another archive.")


def _refuse_folded(member: Member) -> None:
    bound = max(_OUTER_RATIO_FROM_BYTES, _MOST_OUTER_RATIO * member.packed)
    if member.size > bound:
        raise UnsafeArchive(
            f"unsafe_archive: {member.name} unpacks to {member.size >> 10} kB of gzip from "
            f"{member.packed >> 10} kB."
        )


def _refuse_many(gzips: int, member: Member) -> None:
    if gzips > _MOST_GZIPS:
        raise UnsafeArchive(f"unsafe_archive: {member.name} is more than {_MOST_GZIPS} gzips.")


def _refuse_bomb(size: int, member: Member) -> None:
    if size > _MOST_BYTES or (size > _RATIO_FROM_BYTES and size > _MOST_RATIO * member.packed):
        raise UnsafeArchive(
            f"unsafe_archive: {member.name} unpacks to more than {size >> 20} MB from "
            f"{member.packed >> 10} kB."
        )
