"""The directory of a zip, believed only where every byte of the file has one meaning.

A packer writes member after member from the first byte, then the directory, then its end. Whatever
differs (members that overlap or leave gaps, a second directory, zip64 numbers that disagree,
names that lead elsewhere) is how archives are made to mean one thing here and another there, so
the archive is refused as a whole. That covers CVE-2024-0450 and CVE-2025-8291, whichever Python
runs; nothing here uses `zipfile`.
"""

from __future__ import annotations

import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from gradeline.base.errors import UnsafeArchive, WrongAnswer

STORED, DEFLATED = 0, 8
_MOST_MEMBERS = 100_000
_MOST_DIRECTORY_BYTES = 64 << 20
#: A member may be followed by its sums (a "data descriptor"): 12 to 24 bytes.
_MOST_GAP = 24

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_END64_PLACE = struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_EMPTY = b"PK\x05\x06" + bytes(18)
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF
_ENCRYPTED, _SUMS_BEHIND, _HIDDEN = 0x1, 0x8, 0x2040
_ZIP64 = 1


@dataclass(frozen=True, kw_only=True)
class Member:
    """One file in a zip."""

    name: str
    method: int  #: STORED or DEFLATED
    crc: int
    packed: int  #: bytes in the zip
    size: int  #: bytes unpacked, as the zip says
    starts: int  #: where its packed bytes begin


@dataclass(frozen=True, kw_only=True)
class _End:
    """What the end of the directory says."""

    count: int
    size: int
    starts: int
    behind: int  #: where the first byte behind the directory must be


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """One entry of the directory."""

    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    header: int  #: where its local header is


def members(path: Path) -> list[Member]:
    """The files of a zip in the order they lie in; folders are left out.

    Raises:
        WrongAnswer: it is not a zip, or is cut.
        UnsafeArchive: it is one that no honest packer writes.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            raise WrongAnswer("The response is not a zip archive.")
        end = _end(file, size)
        file.seek(end.starts)
        entries = list(_entries(file.read(end.size), end.count))
        return [member for member in _located(file, entries, end.starts) if _is_file(member)]


def _end(file: BinaryIO, size: int) -> _End:
    tail_starts = max(0, size - _END.size - _FULL16)
    file.seek(tail_starts)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise WrongAnswer("The zip is cut: its end is missing.")
    _, disk, first, here, count, length, starts, comment = _END.unpack_from(tail, at)
    if at + _END.size + comment != len(tail) or comment:
        raise _unsafe("something follows its end")
    if disk or first or here != count:
        raise _unsafe("it says that it has several parts")
    end = _End(count=count, size=length, starts=starts, behind=tail_starts + at)
    end = _end64(file, end) or end
    if end.count > _MOST_MEMBERS or end.size > _MOST_DIRECTORY_BYTES:
        raise _unsafe(f"it has {end.count} members")
    if end.starts + end.size != end.behind:
        raise _unsafe("its directory is not where it says")
    return end


def _end64(file: BinaryIO, end: _End) -> _End | None:
    """The end as zip64 tells it; it may say more than the plain one, and never something else."""
    place = end.behind - _END64_PLACE.size
    full = end.count == _FULL16 or _FULL32 in (end.size, end.starts)
    if place >= 0:
        file.seek(place)
        sign, disk, at, disks = _END64_PLACE.unpack(file.read(_END64_PLACE.size))
    if place < 0 or sign != b"PK\x06\x07":
        if full:
            raise _unsafe("its zip64 end is missing")
        return None
    file.seek(at)
    record = file.read(_END64.size)
    if disk or disks > 1 or at + _END64.size != place or len(record) < _END64.size:
        raise _unsafe("its zip64 end is not where it says")
    sign, length, _, _, own, first, here, count, size, starts = _END64.unpack(record)
    if sign != b"PK\x06\x06" or length + 12 != _END64.size or own or first or here != count:
        raise _unsafe("its zip64 end is malformed")
    for plain, zip64, none in (
        (end.count, count, _FULL16),
        (end.size, size, _FULL32),
        (end.starts, starts, _FULL32),
    ):
        if plain not in (zip64, none):
            raise _unsafe("its two ends disagree")
    return _End(count=count, size=size, starts=starts, behind=at)


def _entries(directory: bytes, count: int) -> Iterator[_Entry]:
    at = 0
    for _ in range(count):
        if len(directory) - at < _ENTRY.size:
            raise _unsafe("its directory is shorter than it says")
        sign, *_, name_length, extra_length, comment, disk, _, mode, header = (
            fields := _ENTRY.unpack_from(directory, at)
        )
        flags, method, crc, packed, size = fields[3], fields[4], *fields[7:10]
        name_at = at + _ENTRY.size
        name = directory[name_at : name_at + name_length]
        extra = directory[name_at + name_length : name_at + name_length + extra_length]
        if sign != b"PK\x01\x02" or disk or comment or len(extra) != extra_length:
            raise _unsafe("its directory is malformed")
        if stat.S_ISLNK(mode >> 16):
            raise _unsafe(f"{_shown(name)} is a link")
        size, packed, header = _extended(extra, (size, packed, header))
        entry = _Entry(
            raw_name=name,
            flags=flags,
            method=method,
            crc=crc,
            packed=packed,
            size=size,
            header=header,
        )
        yield _checked(entry)
        at = name_at + name_length + extra_length
    if at != len(directory):
        raise _unsafe("its directory is longer than it says")


def _checked(entry: _Entry) -> _Entry:
    shown = _shown(entry.raw_name)
    name = entry.raw_name.replace(b"\\", b"/")
    if entry.flags & (_ENCRYPTED | _HIDDEN):
        raise _unsafe(f"{shown} is encrypted")
    if entry.method not in (STORED, DEFLATED):
        raise _unsafe(f"{shown} is packed in a way that is not known")
    if not name or name[:1] == b"/" or name[1:2] == b":" or b".." in name.split(b"/"):
        raise _unsafe(f"{shown} leads out of the archive")
    if any(sign < 32 for sign in name):
        raise _unsafe(f"{shown} is not a name")
    if entry.method == STORED and entry.size != entry.packed:
        raise _unsafe(f"{shown} has two sizes")
    return entry


def _extended(extra: bytes, plain: tuple[int, int, int]) -> tuple[int, int, int]:
    """Sizes and place with the zip64 numbers in place of those that are full."""
    full = plain.count(_FULL32)
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == _ZIP64:
            if length != 8 * full or at + 4 + length > len(extra):
                raise _unsafe("its zip64 numbers are not those that are missing")
            numbers = iter(struct.unpack_from(f"<{full}Q", extra, at + 4))
            size, packed, header = (next(numbers) if n == _FULL32 else n for n in plain)
            return size, packed, header
        at += 4 + length
    if full:
        raise _unsafe("its zip64 numbers are missing")
    return plain


def _located(file: BinaryIO, entries: list[_Entry], end: int) -> Iterator[Member]:
    """Each entry where its bytes are; together they fill the file from its first byte to `end`."""
    free = 0
    names: set[bytes] = set()
    for entry in sorted(entries, key=lambda one: one.header):
        gap = entry.header - free
        if gap < 0:
            raise _unsafe(f"{_shown(entry.raw_name)} overlaps another member")
        if gap > (_MOST_GAP if free else 0):
            raise _unsafe("there are bytes between its members")
        if entry.raw_name in names:
            raise _unsafe(f"{_shown(entry.raw_name)} is there twice")
        names.add(entry.raw_name)
        starts = _data_of(file, entry)
        free = starts + entry.packed
        yield Member(
            name=_shown(entry.raw_name),
            method=entry.method,
            crc=entry.crc,
            packed=entry.packed,
            size=entry.size,
            starts=starts,
        )
    if not 0 <= end - free <= (_MOST_GAP if entries else 0):
        raise _unsafe("its members do not end where the directory begins")


def _data_of(file: BinaryIO, entry: _Entry) -> int:
    """Where the bytes of an entry begin, its local header saying the same as the directory."""
    file.seek(entry.header)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size:
        raise _unsafe(f"{_shown(entry.raw_name)} is not where it says")
    sign, _, flags, method, *_, crc, packed, size, name_length, extra_length = _LOCAL.unpack(head)
    name = file.read(name_length)
    same = (sign, name, method) == (b"PK\x03\x04", entry.raw_name, entry.method)
    if not flags & _SUMS_BEHIND:
        known = (crc, packed, size) == (entry.crc, entry.packed, entry.size)
        same = same and (known or _FULL32 in (packed, size))
    if not same or flags & _ENCRYPTED:
        raise _unsafe(f"{_shown(entry.raw_name)} is called something else by its own header")
    return int(entry.header + _LOCAL.size + name_length + extra_length)


def _is_file(member: Member) -> bool:
    if not member.name.endswith("/"):
        return True
    if member.size:
        raise _unsafe(f"the folder {member.name} holds bytes")
    return False


def _shown(name: bytes) -> str:
    return name.decode("utf-8", errors="replace")


def _unsafe(why: str) -> UnsafeArchive:
    return UnsafeArchive(
        f"unsafe_archive: {why}.",
        hint="The archive is kept as it came; `gradeline slices drop` gives it up.",
    )
