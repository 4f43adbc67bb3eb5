"""The three places that an app has in AppMetrica's queue, shared by all processes of a home.

A place is a locked file with a note of what is asked under it. A process that dies leaves the
note: the question is still in AppMetrica's queue, so the place is free for that question alone,
or for whoever waits until it is answered.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

PLACES = 3
_LOOK_AGAIN_S = 0.1

Params = Sequence[tuple[str, str]]


class _Note(msgspec.Struct):
    """What was asked under a place; nothing of it is secret."""

    window: str
    params: list[tuple[str, str]]
    at: float  #: seconds since 1970


@dataclass(frozen=True, kw_only=True)
class Place:
    """One place, held by this process until the block ends."""

    path: Path
    left: Params | None = None  #: what another process asked here and may not have got

    def note(self, window: str, params: Params) -> None:
        """Write down what will be asked now."""
        note = _Note(window=window, params=list(params), at=time.time())
        half = self.path.with_suffix(".half")
        half.write_bytes(msgspec.json.encode(note))
        half.replace(self.path)


class Places:
    """Gives out places; `life_s` is how long a note can matter, on the clock on the wall."""

    def __init__(self, folder: Path, life_s: float, wait: Callable[[float], None]) -> None:
        self._folder = folder
        self._life_s = life_s
        self._wait = wait

    @contextmanager
    def place(self, window: str) -> Iterator[Place]:
        """A place for a window: the one where it was asked for before, else one without a note.

        If the block ends well, what was asked in it is answered; else the note stays.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        while True:
            for path, left in self._by_fitness(window):
                lock = FileLock(path.with_suffix(".lock"), blocking=False)
                try:
                    lock.acquire()
                except Timeout:
                    continue
                try:
                    if self._left(path, window) != left:
                        continue  # it changed hands since it was looked at
                    yield Place(path=path, left=left)
                    path.unlink(missing_ok=True)
                finally:
                    lock.release()
                return
            self._wait(_LOOK_AGAIN_S)

    def _by_fitness(self, window: str) -> list[tuple[Path, Params | None]]:
        paths = [self._folder / f"place-{number}.json" for number in range(PLACES)]
        mine = [path for path in paths if self._noted(path) == window]
        found = {path: self._left(path, window) for path in paths}
        free = [path for path in paths if found[path] is None and path not in mine]
        rest = [path for path in paths if found[path] is not None]
        return [(path, found[path]) for path in (*mine, *free, *rest)]

    def _left(self, path: Path, window: str) -> Params | None:
        note = self._read(path)
        return note.params if note is not None and note.window != window else None

    def _noted(self, path: Path) -> str | None:
        note = self._read(path)
        return note.window if note is not None else None

    def _read(self, path: Path) -> _Note | None:
        try:
            note = msgspec.json.decode(path.read_bytes(), type=_Note)
        except (FileNotFoundError, msgspec.DecodeError):
            return None
        return note if 0 <= time.time() - note.at < self._life_s else None
