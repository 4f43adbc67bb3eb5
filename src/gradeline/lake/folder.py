"""Writing into a local folder so that a key shows whole bytes or nothing, even after a crash.

The object store library writes a temporary file and links or renames it too, but it syncs
neither file nor folder (after a power cut a key could name an empty file), and it reads a file
whole into memory to create it. So the writing is ours and the reading is the library's.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

#: A file name ending in `#` and digits is what the store library itself holds for unfinished:
#: it is neither listed nor readable. No key can end so (keys.py).
_UNFINISHED = ".new#"
_PIECE = 1024 * 1024  # bytes copied at a time


class FolderWriter:
    """Writes objects of a lake that is a local folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def create(self, key: str, content: Path | bytes) -> bool:
        """Write a new object; False where the key is taken, whose bytes stay as they are."""
        target = self._root / key
        with _written(target, content) as temporary:
            try:
                os.link(temporary, target)  # unlike a rename it never takes another's place
            except FileExistsError:
                return False
            # Where this fails the name stays, as others may have met it: it is synced again before
            # anybody else believes it (`keep`).
            _sync_folder(target.parent)
        return True

    def make_durable(self, key: str) -> None:
        """Make the name of an object safe that is there; its writer may have ended too early."""
        _sync_folder((self._root / key).parent)

    def replace(self, key: str, content: Path | bytes) -> None:
        """Write an object whole in the place of what was there; readers see old or new bytes."""
        target = self._root / key
        with _written(target, content) as temporary:
            temporary.replace(target)
            _sync_folder(target.parent)

    def sweep_unfinished(self, older_than: float) -> int:
        """Remove what killed writers left, once older than these seconds; how many it was."""
        removed = 0
        for folder, _, names in os.walk(self._root):
            for name in names:
                if name.startswith(_UNFINISHED):
                    removed += _remove_if_old(Path(folder, name), older_than)
        return removed


def _remove_if_old(path: Path, older_than: float) -> bool:
    with suppress(FileNotFoundError):  # its writer finished in this moment
        if path.stat().st_mtime < time.time() - older_than:
            path.unlink()
            return True
    return False


@contextmanager
def _written(target: Path, content: Path | bytes) -> Iterator[Path]:
    """A synced temporary file beside the target; whatever happens it is gone afterwards."""
    _make_folder(target.parent)
    temporary = target.parent / f"{_UNFINISHED}{os.getpid()}{secrets.randbelow(10**12):012d}"
    try:
        with temporary.open("xb") as file:
            if isinstance(content, bytes):
                file.write(content)
            else:
                with content.open("rb") as source:
                    shutil.copyfileobj(source, file, _PIECE)
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    """Make a folder and its parents, each of them safe on disk."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    try:
        _sync_folder(folder.parent)
    except OSError:
        # Else the next run would find it and take its name for safe.
        with suppress(OSError):  # a disk that fails may refuse this too; the first error counts
            folder.rmdir()
        raise


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder safe; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
