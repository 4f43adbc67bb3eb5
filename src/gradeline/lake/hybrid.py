"""A lake on this machine with a copy in a cloud."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from obstore.store import ObjectStore

from gradeline.base.errors import GradelineError
from gradeline.lake.copies import (
    BOOKS,
    CopyBooks,
    CopyResult,
    Version,
    copy_objects,
    drop_objects,
    is_copied,
)
from gradeline.lake.folder import FolderWriter, share_existing
from gradeline.lake.keys import validate_key
from gradeline.lake.lake import PROBES, Lake, StoredObject
from gradeline.lake.places import MACHINE, PEOPLE_FILES, PEOPLE_FOLDERS, is_always_copied
from gradeline.lake.stores import open_folder

#: After so many refusals the others are not tried: the store as a whole refuses.
_MOST_REFUSALS = 10


class HybridLake(Lake):
    """Reads and writes a folder of this machine alone; `copy_changes` then brings a cloud up to it.

    What the cloud lacks is found by comparing, and what it must delete is noted before it is
    deleted here. So a process may be killed at any point, and the next copying does the rest.
    The cloud has the folders of people and of the machine, and what was written through this
    class; other files of the home stay at home. A file that somebody deletes by hand stays in
    the cloud.
    """

    def __init__(
        self, store: ObjectStore, root: Path, cloud: Lake, readers: int | None = None
    ) -> None:
        super().__init__(f"file:{root}", store, FolderWriter(root, readers), root)
        self.cloud = cloud
        self._books = CopyBooks(Lake(self.url, store, self._writer, root), cloud.url)
        self._is_behind = False

    @property
    def description(self) -> str:
        """Both places, for messages; without secrets."""
        return f"{self.url} with its copy in {self.cloud.url}"

    @property
    def is_behind(self) -> bool:
        """Whether this process wrote or deleted something since it last copied."""
        return self._is_behind

    def put_new(self, key: str, content: Path | bytes) -> bool:
        """Write a new object here; see `Lake.put_new`."""
        self._note_write(key)
        return super().put_new(key, content)

    def replace(self, key: str, content: Path | bytes) -> None:
        """Write an object here over what was there; see `Lake.replace`."""
        self._note_write(key)
        super().replace(key, content)

    def delete(self, keys: Iterable[str]) -> int:
        """Delete objects here, and note that the cloud must as well; see `Lake.delete`."""
        valid = [validate_key(key) for key in keys]
        copied = [key for key in valid if not key.startswith(f"{PROBES}/")]
        if copied:
            self._books.note_deleted(copied)
            self._is_behind = True
        return super().delete(valid)

    def list(self, prefix: str) -> Iterator[StoredObject]:
        """List objects here, without the books of the copy; see `Lake.list`."""
        for item in super().list(prefix):
            if not item.key.startswith(f"{BOOKS}/"):
                yield item

    def check_store(self) -> None:
        """Check both stores; see `Lake.check_store`."""
        super().check_store()
        self.cloud.check_store()

    def copy_changes(self) -> CopyResult:
        """Bring the cloud up to what is here.

        Returns:
            What was copied, and what the cloud did not take: the next call tries that again.

        Raises:
            LakeError, DiskFull: the cloud as a whole does not answer or refuses; what was copied
                stays there.
        """
        self._is_behind = False
        # The cloud is listed first: what changes here meanwhile is then copied, not forgotten.
        there = {item.key: item for item in self.cloud.list("")}
        here = {item.key: item for item in self._objects_to_copy()}
        deleted = drop_objects(self._books, here, there, self.cloud)
        versions = self._books.read_versions()
        known = {key: version for key, version in versions.items() if key in here}
        changed = [item for item in here.values() if not is_copied(item, there, known)]
        return replace(self._copy(changed, known), deleted=deleted)

    def copy_keys(self, keys: Iterable[str]) -> CopyResult:
        """Bring these objects alone to the cloud, without asking what else it lacks.

        Raises:
            LakeError, DiskFull: as `copy_changes`.
        """
        self._is_behind = False
        found = [item for item in map(self.find, keys) if item is not None]
        return self._copy(found, self._books.read_versions())

    def _copy(self, items: Sequence[StoredObject], versions: dict[str, Version]) -> CopyResult:
        """Copy objects, and remember in `versions` which ones."""
        copied, problems = 0, list[str]()
        try:
            for key, version in copy_objects(self, items, self.cloud):
                if isinstance(version, GradelineError):
                    problems.append(f"{key} has no copy in {self.cloud.url}: {version}")
                    if len(problems) == _MOST_REFUSALS:
                        break
                    continue
                copied += 1
                versions[key] = version
        finally:
            if copied:
                self._books.write_versions(versions)
        return CopyResult(copied=copied, problems=tuple(problems))

    def _note_write(self, key: str) -> None:
        key = validate_key(key)
        if key.startswith(f"{PROBES}/"):
            return
        if not is_always_copied(key):
            self._books.note_added(key)
        self._is_behind = True

    def _objects_to_copy(self) -> Iterator[StoredObject]:
        for folder in (MACHINE, *PEOPLE_FOLDERS):
            yield from self.list(folder)
        for key in (*PEOPLE_FILES, *self._books.added()):
            item = self.find(key)
            if item is not None:
                yield item


def open_hybrid(url: str, cloud: Lake, readers: int | None = None) -> HybridLake:
    """Open the lake in a folder of this machine that has its copy in a cloud.

    Args:
        url: `file:<folder>`.
        cloud: the lake that takes the copy.
        readers: number of a system group that may read `reports/` of the folder.

    Raises:
        WrongSetting: the URL names no folder.
    """
    store, root = open_folder(url)
    if readers is not None:
        share_existing(root, readers)
    return HybridLake(store, root, cloud, readers)
