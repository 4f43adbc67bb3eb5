"""Marks of uuids: a number for each, by which those that came twice are found in flat memory."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc

_MARK_BYTES = 8
_MARK_BITS = 64
#: Marks that are sorted together: 2 MiB.
_SORTED_AT_ONCE = 1 << 18
#: Marks that are read together: 256 KiB. Pieces of 2 MiB left holes between them: 8 MB.
_READ_AT_ONCE = 1 << 15
#: Odd, without a pattern: 2^64 divided by the golden ratio (Knuth, The Art of Computer
#: Programming 3, 6.4), so that products are spread over all numbers.
_SPREAD = 0x9E3779B97F4A7C15


def marks_of(uuids: pa.ChunkedArray) -> pa.Array:
    """A number for each uuid (uint64); two different ones share theirs by chance alone.

    Of both halves: those made of the time (version 1, RFC 9562), as Amplitude's are, have the
    second half of the server that made them.
    """
    digits = "".join(uuids.to_pylist()).replace("-", "")
    halves = pa.Array.from_buffers(
        pa.uint64(), 2 * len(uuids), [None, pa.py_buffer(bytes.fromhex(digits))]
    )
    first, second = (
        halves.take(pa.array(range(half, 2 * len(uuids), 2), pa.int64())) for half in (0, 1)
    )
    spread = _number(_SPREAD)
    return pc.multiply(pc.bit_wise_xor(pc.multiply(first, spread), second), spread)


class Marks:
    """The marks of all records in a file, so that a hundred times as many take no more memory."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._count = 0

    def kept_in(self, folder: Path) -> IO[bytes]:
        """Begin the file; it goes when it is closed."""
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - the caller closes it
        return self._file

    def add(self, marks: pa.Array) -> None:
        """Those of the next rows."""
        start = marks.offset * _MARK_BYTES
        self._given().write(marks.buffers()[1].slice(start, len(marks) * _MARK_BYTES))
        self._count += len(marks)

    def of(self, start: int, rows: int) -> pa.Array:
        """Those of so many rows from this one on."""
        file = self._given()
        file.seek(start * _MARK_BYTES)
        told = pa.py_buffer(file.read(rows * _MARK_BYTES))
        return pa.Array.from_buffers(pa.uint64(), told.size // _MARK_BYTES, [None, told])

    def twice(self) -> pa.Array:
        """Those that are there more than once, looked for among a part of all at a time."""
        bits = max(1, (self._count // _SORTED_AT_ONCE).bit_length())
        below = _number(_MARK_BITS - bits)
        found = [self._twice_in(_number(part), below) for part in range(1 << bits)]
        return pa.chunked_array(found, pa.uint64()).combine_chunks()

    def _twice_in(self, part: pa.Scalar, below: pa.Scalar) -> pa.Array:
        """Among the marks that are this part above so many bits."""
        own = []
        for start in range(0, self._count, _READ_AT_ONCE):
            some = self.of(start, _READ_AT_ONCE)
            own.append(some.filter(pc.equal(pc.shift_right(some, below), part)))
        whole = pa.chunked_array(own, pa.uint64()).combine_chunks()
        # Sorting needs less memory than a table of them.
        ordered = whole.take(pc.array_sort_indices(whole))
        return ordered[1:].filter(pc.equal(ordered[1:], ordered[:-1]))

    def _given(self) -> IO[bytes]:
        if self._file is None:
            raise ValueError("marks are kept inside `with` only")
        return self._file


def _number(value: int) -> pa.Scalar:
    return pa.scalar(value, pa.uint64())
