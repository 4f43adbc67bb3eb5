"""A folder for what is too large to be held in memory while documents are made."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from gradeline.base.errors import DiskFull
from gradeline.flows.collect.fetch import is_disk_full


@contextmanager
def spool_folder(spool: Path) -> Iterator[Path]:
    """Create a folder for the block; it holds names, so nothing in it stays."""
    # A sweep removes a folder of this name should this process be killed.
    with tempfile.TemporaryDirectory(dir=spool, prefix="fetch-") as folder:
        yield Path(folder)


@contextmanager
def spool_file(folder: Path, pieces: Iterable[bytes]) -> Iterator[Path]:
    """Write pieces to a file that is there for the block.

    Raises:
        DiskFull: there is no room for it.
    """
    path = folder / "document"
    try:
        with map_disk_full(folder), path.open("wb") as file:
            file.writelines(pieces)
        yield path
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def map_disk_full(folder: Path) -> Iterator[None]:
    """Raise `DiskFull` where the system refuses to write for want of room."""
    try:
        yield
    except OSError as error:
        if not is_disk_full(error):
            raise
        raise DiskFull(
            f"There is no room left in {folder} for what documents are made of.",
            hint="Free some space or set GRADELINE_HOME to another disk, then run again.",
        ) from error
