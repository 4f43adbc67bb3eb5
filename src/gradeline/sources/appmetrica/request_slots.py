"""The three slots that an app has in AppMetrica's queue, shared by all processes of a home.

A slot is a locked file with a note of the one request that is made under it. The note is removed
only when that request was answered, with its file or a refusal: until then AppMetrica may be
working on it, whether or not the process that asked still lives. So a slot with a note is free for
that request alone, or for whoever first waits until it is answered. As every request is noted
before it is made, three notes are never more than three requests in the queue.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

#: Slots of one app.
SLOTS = 3
_LOOK_AGAIN_S = 0.1


class ExportRequest(msgspec.Struct, frozen=True):
    """What AppMetrica prepares one file for, whatever part of it is fetched; without secrets."""

    path: str
    params: tuple[tuple[str, str], ...]


class _Note(msgspec.Struct):
    window: str
    question: ExportRequest
    at: float  #: seconds since 1970


_NOTES = msgspec.json.Decoder(_Note)


class RequestSlot:
    """One slot, held by this process until the block ends."""

    def __init__(self, path: Path, window: str, pending: ExportRequest | None) -> None:
        self._path = path
        self._window = window
        #: The request of this process or an earlier one that may not be answered yet.
        self.pending = pending

    def note(self, request: ExportRequest) -> None:
        """Note the request that is made now; an earlier one is answered, or is the same."""
        note = _Note(window=self._window, question=request, at=time.time())
        half = self._path.with_suffix(".half")
        half.write_bytes(msgspec.json.encode(note))
        half.replace(self._path)
        self.pending = request

    def clear(self) -> None:
        """Remove the note: AppMetrica no longer works on a request of this slot."""
        self._path.unlink(missing_ok=True)
        self.pending = None


class RequestSlots:
    """Gives out the slots of an app."""

    def __init__(self, folder: Path, life_s: float, wait: Callable[[float], None]) -> None:
        """Use the slots in `folder`.

        Args:
            folder: where the files of the slots lie.
            life_s: how long a note can matter, in seconds of the wall clock.
            wait: sleeps for some seconds, or raises if the run is stopped.
        """
        self._folder = folder
        self._life_s = life_s
        self._wait = wait

    @contextmanager
    def acquire(self, window: str) -> Iterator[RequestSlot]:
        """Hold a slot: the one where the window was asked for, else a free one, else any.

        However the block ends, the note of a request without an answer stays.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        while True:
            for path in self._best_first(window):
                lock = FileLock(path.with_suffix(".lock"), blocking=False)
                try:
                    lock.acquire()
                except Timeout:
                    continue
                try:
                    # Read again: only who holds the lock knows what is noted here.
                    note = self._read(path)
                    yield RequestSlot(path, window, note.question if note is not None else None)
                finally:
                    lock.release()
                return
            self._wait(_LOOK_AGAIN_S)

    def _best_first(self, window: str) -> list[Path]:
        paths = [self._folder / f"place-{number}.json" for number in range(SLOTS)]
        notes = {path: self._read(path) for path in paths}

        def rank(path: Path) -> int:
            note = notes[path]
            return 1 if note is None else 0 if note.window == window else 2

        return sorted(paths, key=rank)

    def _read(self, path: Path) -> _Note | None:
        try:
            note = _NOTES.decode(path.read_bytes())
        except (FileNotFoundError, msgspec.DecodeError):
            return None
        # A note from the future is one of now: the clock was set back.
        return note if time.time() - note.at < self._life_s else None
