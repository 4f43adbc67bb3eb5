"""Folders for data that does not fit in memory, deleted when their process has ended."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from filelock import FileLock, Timeout

_PREFIX = "duckdb-"
_HELD = "held"  #: a file lock that ends with its process, however that ends


@contextmanager
def spill_folder(place: Path) -> Iterator[Path]:
    """Create a folder in `place` for the block; those of killed processes are deleted too."""
    place.mkdir(parents=True, exist_ok=True)
    with FileLock(place / ".spill.lock"):  # a folder without its lock yet must not be deleted
        _remove_abandoned(place)
        folder = Path(mkdtemp(dir=place, prefix=_PREFIX))
        held = FileLock(folder / _HELD)
        held.acquire()
    try:
        yield folder
    finally:
        held.release()
        shutil.rmtree(folder, ignore_errors=True)


def _remove_abandoned(place: Path) -> None:
    for folder in place.glob(f"{_PREFIX}*"):
        held = FileLock(folder / _HELD)
        try:
            with held.acquire(blocking=False):
                shutil.rmtree(folder, ignore_errors=True)
        except Timeout:
            continue  # another process computes there
