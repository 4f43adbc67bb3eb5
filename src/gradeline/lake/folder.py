"""Write to a local folder atomically, even if the machine crashes.

The object store library also writes a temporary file and links or renames it, but it syncs
neither file nor folder (after a power cut a key could name an empty file), and it reads a whole
file into memory to create an object. So we write ourselves and read with the library.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

#: The store library takes file names that end in `#` and digits for unfinished writes: it neither
#: lists nor reads them. No key can end like that (keys.py).
_UNFINISHED = ".new#"
#: What a group of people may be given to read.
SHARED = "reports/"
_PIECE = 1024 * 1024  # bytes copied at a time


class FolderWriter:
    """Writes objects of a lake that is a local folder.

    Args:
        root: the folder.
        readers: number of a system group that may read what people are given (`reports/`).
    """

    def __init__(self, root: Path, readers: int | None = None) -> None:
        self._root = root
        self._readers = readers

    def create(self, key: str, content: Path | bytes) -> bool:
        """Write a new object; False if the key exists, whose bytes stay unchanged."""
        target = self._root / key
        with _written(target, content) as temporary:
            try:
                os.link(temporary, target)  # unlike a rename it never replaces another file
            except FileExistsError:
                return False
            # If this fails the name stays, as others may have seen it: it is synced again before
            # anybody else relies on it (`make_durable`).
            _sync_folder(target.parent)
        return True

    def make_durable(self, key: str) -> None:
        """Make the name of an existing object durable; its writer may have been killed."""
        _sync_folder((self._root / key).parent)

    def replace(self, key: str, content: Path | bytes) -> None:
        """Write an object over what was there; readers see either all old or all new bytes."""
        target = self._root / key
        with _written(target, content) as temporary:
            if self._readers is not None and key.startswith(SHARED):
                _share(temporary, self._root, self._readers)
            temporary.replace(target)
            _sync_folder(target.parent)

    def sweep_unfinished(self, older_than: float) -> int:
        """Delete what killed writers left, if older than so many seconds; how many objects."""
        removed = 0
        for folder, _, names in os.walk(self._root):
            for name in names:
                if name.startswith(_UNFINISHED):
                    removed += _remove_if_old(Path(folder, name), older_than)
        return removed


def share_existing(root: Path, readers: int) -> None:
    """Let a system group read what was written before the group was set."""
    for path in (root / SHARED).rglob("*"):
        if path.is_file() and not path.is_symlink():
            found = path.stat()
            if found.st_gid != readers or not found.st_mode & 0o040:
                _share(path, root, readers)


def _share(path: Path, root: Path, readers: int) -> None:
    """Let a group read a file, list the folders above it, and pass through the root."""
    os.chown(path, -1, readers)
    path.chmod(0o640)
    for folder in path.parents:
        bits = 0o010 if folder == root else 0o050
        mode = folder.stat().st_mode & 0o7777
        if folder.stat().st_gid != readers or not mode & bits:
            os.chown(folder, -1, readers)
            folder.chmod(mode & ~0o070 | bits)
        if folder == root:
            return


def _remove_if_old(path: Path, older_than: float) -> bool:
    with suppress(FileNotFoundError):  # its writer has just finished
        if path.stat().st_mtime < time.time() - older_than:
            path.unlink()
            return True
    return False


@contextmanager
def _written(target: Path, content: Path | bytes) -> Iterator[Path]:
    """Write a synced temporary file beside the target; it is deleted at the end in any case."""
    _make_folder(target.parent)
    temporary = target.parent / f"{_UNFINISHED}{os.getpid()}{secrets.randbelow(10**12):012d}"
    try:
        with open(temporary, "xb", opener=_open_private) as file:
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


def _open_private(path: str, flags: int) -> int:
    """Open a file that only its owner may read: code that imports us has a umask of its own."""
    return os.open(path, flags, 0o600)


def _make_folder(folder: Path) -> None:
    """Create a folder and its parents, each of them durable and closed to other users."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    try:
        _sync_folder(folder.parent)
    except OSError:
        # Otherwise the next run would find it and take its name for durable.
        with suppress(OSError):  # a failing disk may refuse this too; the first error counts
            folder.rmdir()
        raise


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
