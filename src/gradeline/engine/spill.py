"""Room on disk for what does not fit in memory, gone with the process that used it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from filelock import FileLock, Timeout

_PREFIX = "duckdb-"
_HELD = "held"  #: a lock that ends with the process that holds it, `kill -9` included


@contextmanager
def spill_folder(place: Path) -> Iterator[Path]:
    """An empty folder in `place`, removed at the end; what killed processes left goes too."""
    place.mkdir(parents=True, exist_ok=True)
    with FileLock(place / ".spill.lock"):  # nobody takes a folder for left between its two steps
        _remove_left(place)
        folder = Path(mkdtemp(dir=place, prefix=_PREFIX))
        held = FileLock(folder / _HELD)
        held.acquire()
    try:
        yield folder
    finally:
        held.release()
        shutil.rmtree(folder, ignore_errors=True)


def _remove_left(place: Path) -> None:
    for folder in place.glob(f"{_PREFIX}*"):
        held = FileLock(folder / _HELD)
        try:
            with held.acquire(blocking=False):
                shutil.rmtree(folder, ignore_errors=True)
        except Timeout:
            continue  # another process computes there
