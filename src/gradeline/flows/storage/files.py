"""The configured store as people know it: files named `data/…`, and what must be left alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from gradeline.base.errors import InputMissing, StoredFileMissing, WrongUse
from gradeline.lake import Lake, validate_key
from gradeline.lake.lake import StoredObject
from gradeline.lake.places import CLOSED, MACHINE, READ_ONLY, top_of

#: What people's names begin with: the default home, and the prefix of keys in a bucket.
PREFIX = "data"


class StorageFiles:
    """Reads and writes files of the store, which people name `data/reports/…` or `reports/…`.

    Folders that only Gradeline writes can be read; those of running processes cannot. Every
    method raises `BadKey` for a name that no store can have, and `LakeError` or `DiskFull` if
    the store refuses, does not answer or is full.
    """

    def __init__(self, lake: Lake) -> None:
        self._lake = lake

    @property
    def place(self) -> str:
        """Where the files are, for messages; without secrets."""
        return self._lake.description

    def list(self, folder: str = "") -> Iterator[StoredObject]:
        """List the files in a folder and below, sorted by name; a file's own name lists it.

        Without a folder, all but those of the machine under `data/lake/`.
        """
        key = readable_key(folder) if strip_prefix(folder) else ""
        found = list(self._lake.list(key) if key else self._list_all())
        if key and not found:
            single = self._lake.find(key)
            found = [] if single is None else [single]
        for item in sorted(found, key=lambda item: item.key):
            yield replace(item, key=full_name(item.key))

    def exists(self, name: str) -> bool:
        """Whether there is such a file."""
        return self._lake.exists(readable_key(name))

    def read(self, name: str) -> bytes:
        """Return all bytes of a file.

        Raises:
            StoredFileMissing: there is none of that name.
        """
        return self._lake.get(self._existing(name))

    def download(self, name: str, to: Path) -> None:
        """Write a file to this machine in flat memory; on an error no file remains.

        Raises:
            StoredFileMissing: there is none of that name.
        """
        self._lake.download(self._existing(name), to)

    def holds(self, name: str, content: Path | bytes) -> bool:
        """Whether there is such a file with exactly these bytes."""
        return self._lake.holds(writable_key(name), content)

    def write(self, name: str, content: Path | bytes) -> None:
        """Write a file whole, over what was there; readers see all old or all new bytes.

        Raises:
            InputMissing: the file to be stored does not exist.
            WrongUse: only Gradeline writes there.
        """
        self._lake.replace(writable_key(name), content)

    def remove(self, names: Sequence[str]) -> None:
        """Delete files: all of them, or none where one cannot be deleted.

        Raises:
            StoredFileMissing: there is none of such a name.
            WrongUse: only Gradeline writes there.
        """
        for name in names:
            writable_key(name)
        self._lake.delete([self._existing(name) for name in names])

    def _list_all(self) -> Iterator[StoredObject]:
        folders, objects = self._lake.list_top()
        yield from objects
        for folder in folders:
            if top_of(folder) not in {MACHINE, *CLOSED} and not folder.startswith("."):
                yield from self._lake.list(folder)

    def _existing(self, name: str) -> str:
        key = readable_key(name)
        if self._lake.exists(key):
            return key
        inside = sum(1 for _ in self._lake.list(key))
        what = f" It is a folder of {inside:,} files: name one." if inside else ""
        raise StoredFileMissing(
            f"{full_name(key)} does not exist in {self.place}.{what}",
            hint="" if inside else "`gradeline storage ls` lists the files there are.",
        )


def strip_prefix(name: str) -> str:
    """Return a name without `data/` before it and without a slash after it."""
    text = name.removeprefix("./").rstrip("/")
    return "" if text == PREFIX else text.removeprefix(f"{PREFIX}/")


def full_name(name: str) -> str:
    """Return a name as people read it, with `data/` before it."""
    return f"{PREFIX}/{validate_key(strip_prefix(name))}"


def readable_key(name: str) -> str:
    """Return the lake's key of a file that people may read.

    Raises:
        BadKey: no store can have such a name.
        WrongUse: it belongs to running processes.
    """
    key = validate_key(strip_prefix(name))
    if top_of(key) in CLOSED:
        raise WrongUse(
            f"{name} belongs to the running Gradeline and is no file of the store.",
            hint="`gradeline storage ls` lists the files there are.",
        )
    return key


def writable_key(name: str) -> str:
    """Return the lake's key of a file that people may write and delete.

    Raises:
        BadKey: no store can have such a name.
        WrongUse: only Gradeline writes there.
    """
    key = readable_key(name)
    top = top_of(key)
    if top == MACHINE:
        raise WrongUse(
            f"{name} is the machine's: the ledger names what lies under {PREFIX}/{MACHINE}/ by its"
            " content, so it is never changed by hand.",
            hint="It can be read. `gradeline slices drop` and `gradeline sweep` remove data.",
        )
    if top in READ_ONLY:
        raise WrongUse(
            f"{name} is written by Gradeline alone, as all of {PREFIX}/{top}/.",
            hint="It can be read. Choose another folder.",
        )
    return key


def name_under(folder: str, path: PurePath) -> str:
    """Return the name that a file of that relative path has in a folder of the store."""
    return "/".join(part for part in (strip_prefix(folder), path.as_posix()) if part)


def require_file(path: Path) -> Path:
    """Return the path of a file on this machine that can be stored.

    Raises:
        InputMissing: there is none.
        WrongUse: it is a folder.
    """
    if path.is_dir():
        raise WrongUse(
            f"{path} is a folder.", hint="`gradeline storage upload` takes folders, put one file."
        )
    if not path.is_file():
        raise InputMissing(f"{path} does not exist, or is no file.", hint="Correct the path.")
    return path
