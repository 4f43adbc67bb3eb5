"""The three places that an app has in AppMetrica's queue, shared by all processes of a home.

A place is a locked file with a note of the one question that is asked under it. The note goes
only when that question was answered, with its file or with a no: until then AppMetrica may be
working on it, whether or not the process that asked still lives. So a place with a note is free
for that question alone, or for whoever first waits until it is answered. As every question is
noted before it is asked, three notes are never more than three questions in the queue.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

PLACES = 3
_LOOK_AGAIN_S = 0.1

Params = Sequence[tuple[str, str]]


class Question(msgspec.Struct, frozen=True):
    """What AppMetrica prepares one file for, whatever part of it is asked for; not secret."""

    path: str
    params: tuple[tuple[str, str], ...]


class _Note(msgspec.Struct):
    window: str
    question: Question
    at: float  #: seconds since 1970


class Place:
    """One place, held by this process until the block ends."""

    def __init__(self, path: Path, window: str, under_way: Question | None) -> None:
        self._path = path
        self._window = window
        self._under_way = under_way

    @property
    def under_way(self) -> Question | None:
        """What was asked here and may not be answered yet, by this process or one before it."""
        return self._under_way

    def ask(self, question: Question) -> None:
        """Write down what will be asked now; whatever was under way is answered, or is the same."""
        note = _Note(window=self._window, question=question, at=time.time())
        half = self._path.with_suffix(".half")
        half.write_bytes(msgspec.json.encode(note))
        half.replace(self._path)
        self._under_way = question

    def answered(self) -> None:
        """AppMetrica works on nothing any more that was asked here."""
        self._path.unlink(missing_ok=True)
        self._under_way = None


class Places:
    """Gives out places; `life_s` is how long a note can matter, on the clock on the wall."""

    def __init__(self, folder: Path, life_s: float, wait: Callable[[float], None]) -> None:
        self._folder = folder
        self._life_s = life_s
        self._wait = wait

    @contextmanager
    def place(self, window: str) -> Iterator[Place]:
        """A place for a window: where it was asked for before, else one without a note, else any.

        However the block ends, the note of a question without an answer stays.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        while True:
            for path in self._by_fitness(window):
                lock = FileLock(path.with_suffix(".lock"), blocking=False)
                try:
                    lock.acquire()
                except Timeout:
                    continue
                try:
                    # Read again: only who holds the lock knows what stands here.
                    note = self._read(path)
                    yield Place(path, window, note.question if note is not None else None)
                finally:
                    lock.release()
                return
            self._wait(_LOOK_AGAIN_S)

    def _by_fitness(self, window: str) -> list[Path]:
        paths = [self._folder / f"place-{number}.json" for number in range(PLACES)]
        notes = {path: self._read(path) for path in paths}

        def unfit(path: Path) -> int:
            note = notes[path]
            return 1 if note is None else 0 if note.window == window else 2

        return sorted(paths, key=unfit)

    def _read(self, path: Path) -> _Note | None:
        try:
            note = msgspec.json.decode(path.read_bytes(), type=_Note)
        except (FileNotFoundError, msgspec.DecodeError):
            return None
        # A note from the future is one of now: the clock was set back.
        return note if time.time() - note.at < self._life_s else None
