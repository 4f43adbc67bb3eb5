"""A file that is read while it is written, so that a slow reader holds up nobody.

Whoever writes goes at its own pace and is done, its connection returned, when the disk has all;
whoever reads takes what is there and waits for more. It is gone when both have ended.
"""

from __future__ import annotations

import errno
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from gradeline.base.errors import DiskFull
from gradeline.base.logs import share_log_ids

#: Bytes that are read at once.
_CHUNK = 256 << 10
#: Disk full, quota reached, file larger than the process may write.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class ReaderGone(Exception):
    """Nobody reads the file any more."""


class GrowingFile:
    """Bytes that one thread writes and another one reads."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.NamedTemporaryFile(dir=folder, prefix="answer-")  # noqa: SIM115 - closed by `_leave`
        self._changed = threading.Condition()
        self._size = 0
        self._ended = False
        self._error: Exception | None = None
        self._reader_gone = False
        self._users = 2

    def write(self, data: bytes) -> int:
        """Append bytes.

        Raises:
            ReaderGone: nobody reads them any more.
            DiskFull: the disk is full.
        """
        if self._reader_gone:
            raise ReaderGone
        try:
            self._file.write(data)
            self._file.flush()
        except OSError as error:
            if error.errno not in _FULL:
                raise
            raise DiskFull(
                f"An answer could not be written to the disk: {error.strerror}.",
                hint="Free space there, or ask for fewer rows.",
            ) from error
        with self._changed:
            self._size += len(data)
            self._changed.notify_all()
        return len(data)

    def end(self, error: Exception | None = None) -> None:
        """Say that all is written, or that no more comes because of an error."""
        with self._changed:
            self._ended, self._error = True, error
            self._changed.notify_all()
        self._leave()

    def read(self) -> Iterator[bytes]:
        """Yield the bytes as they come, to their end.

        Raises:
            Exception: what writing ended with.
        """
        try:
            with Path(self._file.name).open("rb") as file:
                yield from self._read(file)
        finally:
            self._reader_gone = True
            self._leave()

    def _read(self, file: IO[bytes]) -> Iterator[bytes]:
        done = 0
        while True:
            size, ended, error = self._wait(done)
            while done < size:
                data = file.read(min(_CHUNK, size - done))
                done += len(data)
                yield data
            if ended:
                if error is not None:
                    raise error
                return

    def _wait(self, done: int) -> tuple[int, bool, Exception | None]:
        """Wait until there is more; return how much there is, and how writing ended if it has."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._size > done)
            return self._size, self._ended, self._error

    def _leave(self) -> None:
        with self._changed:
            self._users -= 1
            last = self._users == 0
        if last:
            self._file.close()


def written_beside(folder: Path, write: Callable[[GrowingFile], None]) -> Iterator[bytes]:
    """Let a thread write a file and return what reads it, once its first bytes are there.

    Args:
        folder: where the file is.
        write: writes it; what it raises is raised where the file is read.

    Raises:
        Exception: what writing raised before there was anything to read.
    """
    file = GrowingFile(folder)
    take_ids = share_log_ids()

    def work() -> None:
        take_ids()
        try:
            write(file)
        except Exception as error:  # noqa: BLE001 - it is raised by whoever reads
            file.end(error)
        else:
            file.end()

    threading.Thread(target=work, name="answer", daemon=True).start()
    pieces = file.read()
    first = next(pieces, b"")
    return _with_first(first, pieces)


def _with_first(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from pieces
