"""Copy what a backup names: objects that never change, and people's files as they are now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from gradeline.base.errors import BackupError, ObjectMissing
from gradeline.flows.backups import store as stores
from gradeline.flows.backups.manifest import StoredFile
from gradeline.lake import Lake, digest_of
from gradeline.lake.lake import StoredObject
from gradeline.lake.places import PEOPLE_FILES, PEOPLE_FOLDERS
from gradeline.records.backups import BackupKeys

#: So many objects are copied at once.
_AT_ONCE = 8
_MACHINE = ("lake/raw/", "lake/facts/")

#: Shows how far a step is: done, all, what was done last.
Watch = Callable[[int, int, object], None]


def known_files(store: Lake, keys: BackupKeys) -> Mapping[str, StoredFile]:
    """Return what the newest backup says of objects that never change, by their keys."""
    for backup_id in reversed(stores.list_ids(store)):
        try:
            newest = stores.read_backup(store, backup_id, keys)
        except BackupError:
            continue
        return {each.key: each for each in newest.manifest.files if each.key.startswith(_MACHINE)}
    return {}


@dataclass(frozen=True)
class FileCopier:
    """Copies objects into the store, each once."""

    lake: Lake
    store: Lake
    folder: Path  #: for files in transit
    known: Mapping[str, StoredFile]

    def copy(
        self, named: frozenset[str], watch: Watch
    ) -> tuple[tuple[StoredFile, ...], tuple[str, ...]]:
        """Copy what the ledger names and people's files; return them, and the keys not there."""
        found = {item.key: item for prefix in _MACHINE for item in self.lake.list(prefix)}
        wanted = [found[key] for key in sorted(named & found.keys())]
        wanted += sorted(people_files(self.lake), key=lambda item: item.key)
        there = {item.key.rpartition("/")[2]: item.size for item in self.store.list(stores.OBJECTS)}
        files, gone = [], []
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            copied = pool.map(partial(self._copy, there), enumerate(wanted))
            for number, (item, file) in enumerate(zip(wanted, copied, strict=True), start=1):
                watch(number, len(wanted), item.key)
                if file is not None:
                    files.append(file)
                elif item.key in named:
                    gone.append(item.key)
        return tuple(files), tuple(sorted([*gone, *(named - found.keys())]))

    def _copy(
        self, there: Mapping[str, int], numbered: tuple[int, StoredObject]
    ) -> StoredFile | None:
        """Copy one object; None = it is not there any more."""
        number, item = numbered
        known = self.known.get(item.key)
        if known is not None and known.size == item.size and there.get(known.sha256) == item.size:
            return known
        try:
            if item.key.startswith(_MACHINE) and (path := self.lake.local_path(item.key)):
                return self._link(item.key, path, there)
            return self._send(item.key, self.folder / str(number), there)
        except (ObjectMissing, FileNotFoundError):
            return None

    def _link(self, key: str, path: Path, there: Mapping[str, int]) -> StoredFile:
        size, sha256 = path.stat().st_size, digest_of(path)
        if there.get(sha256) != size and not stores.link_object(self.lake, key, self.store, sha256):
            self.store.replace(stores.object_key(sha256), path)
        return StoredFile(key=key, size=size, sha256=sha256)

    def _send(self, key: str, path: Path, there: Mapping[str, int]) -> StoredFile:
        # Through a file of our own: what people write may change while it is read.
        self.lake.download(key, path)
        try:
            size, sha256 = path.stat().st_size, digest_of(path)
            if there.get(sha256) != size:
                self.store.replace(stores.object_key(sha256), path)
            return StoredFile(key=key, size=size, sha256=sha256)
        finally:
            path.unlink()


def people_files(lake: Lake) -> Iterator[StoredObject]:
    """Yield what people write and read in a lake: cursos.yml and the like, and documents."""
    for name in PEOPLE_FILES:
        item = lake.find(name)
        if item is not None:
            yield item
    for folder in PEOPLE_FOLDERS:
        yield from lake.list(f"{folder}/")
