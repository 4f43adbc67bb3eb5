"""What a cloud's copy of a lake has and lacks, and how it gets it."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeAlias, TypeVar

import msgspec

from gradeline.base.errors import (
    BadKey,
    GradelineError,
    InputMissing,
    LakeError,
    LakeUnavailable,
)
from gradeline.lake.lake import Lake, StoredObject

#: The folder of the books: on this machine alone, never part of a listing or of the copy.
BOOKS = "lake/copy"
_VERSIONS, _DELETED, _ADDED = f"{BOOKS}/versions.json", f"{BOOKS}/deleted", f"{BOOKS}/added"
#: Objects under these are named by their content: what the cloud has in that size is the same.
_NAMED_BY_CONTENT = ("lake/raw/", "lake/facts/")
#: A key that is noted as deleted may be about to be: such a note is kept for so long.
_DELETING = timedelta(hours=1)
_AT_ONCE = 4  # objects copied at a time; a large one takes up to 16 MiB of memory

#: The tag of an object here, and the tag of its copy in the cloud.
Version: TypeAlias = tuple[str, str]
_Content = TypeVar("_Content")


@dataclass(frozen=True, kw_only=True)
class CopyResult:
    """What one copying did."""

    copied: int = 0  #: objects written
    deleted: int = 0  #: objects deleted in the cloud
    problems: tuple[str, ...] = ()  #: what the cloud does not have, one sentence each

    def followed_by(self, later: CopyResult) -> CopyResult:
        """Return what both did; what the cloud lacks is what the later one found."""
        return CopyResult(
            copied=self.copied + later.copied,
            deleted=self.deleted + later.deleted,
            problems=later.problems,
        )


class _VersionsFile(msgspec.Struct):
    """Which version of each object was copied."""

    place: str  #: URL of the cloud
    versions: dict[str, Version]  #: by key


# Made on import: two threads that make one at once for a type of ours can crash.
_KEYS = msgspec.json.Decoder(list[str])
_KEY = msgspec.json.Decoder(str)
_FILE = msgspec.json.Decoder(_VersionsFile)


class CopyBooks:
    """Remembers on this machine what was copied, what the cloud must delete, and what was added.

    Losing any of it is harmless, except that a deletion which the cloud has not made is forgotten.
    """

    def __init__(self, lake: Lake, place: str) -> None:
        self._lake = lake
        self._place = place

    def note_deleted(self, keys: Collection[str]) -> None:
        """Note that the cloud must delete these; written before they are deleted here."""
        self._lake.replace(f"{_DELETED}/{uuid.uuid4().hex}.json", msgspec.json.encode(list(keys)))

    def deleted(self) -> Iterator[tuple[StoredObject, list[str]]]:
        """Yield each note of `note_deleted` and its keys."""
        for note in list(self._lake.list(_DELETED)):
            yield note, self._decode(note.key, _KEYS)

    def forget_deleted(self, notes: Iterable[StoredObject]) -> None:
        """Drop notes of deletions that the cloud has made."""
        self._lake.delete(note.key for note in notes)

    def note_added(self, key: str) -> None:
        """Note a key that lies outside of the folders that are always copied."""
        note = f"{_ADDED}/{hashlib.sha256(key.encode()).hexdigest()}.json"
        if not self._lake.exists(note):
            self._lake.replace(note, msgspec.json.encode(key))

    def added(self) -> Iterator[str]:
        """Yield the keys of `note_added`."""
        for note in list(self._lake.list(_ADDED)):
            yield self._decode(note.key, _KEY)

    def read_versions(self) -> dict[str, Version]:
        """Return which version of each object this cloud was given, by key."""
        if not self._lake.exists(_VERSIONS):
            return {}
        file = self._decode(_VERSIONS, _FILE)
        return file.versions if file.place == self._place else {}

    def write_versions(self, versions: Mapping[str, Version]) -> None:
        """Remember which version of each object this cloud has."""
        kept = {k: v for k, v in versions.items() if not k.startswith(_NAMED_BY_CONTENT)}
        file = _VersionsFile(place=self._place, versions=kept)
        self._lake.replace(_VERSIONS, msgspec.json.encode(file, order="sorted"))

    def _decode(self, key: str, decoder: msgspec.json.Decoder[_Content]) -> _Content:
        try:
            return decoder.decode(self._lake.get(key))
        except msgspec.MsgspecError as error:
            raise LakeError(
                f"{key} in {self._lake.url} is not what Gradeline writes.",
                hint="Delete it; people's files are then copied once more.",
            ) from error


def is_copied(
    item: StoredObject, there: Mapping[str, StoredObject], versions: Mapping[str, Version]
) -> bool:
    """Whether the cloud, which lists `there`, has this version of an object."""
    copy = there.get(item.key)
    if copy is None or copy.size != item.size:
        return False
    return item.key.startswith(_NAMED_BY_CONTENT) or versions.get(item.key) == (item.tag, copy.tag)


def drop_objects(
    books: CopyBooks, here: Collection[str], there: Collection[str], cloud: Lake
) -> int:
    """Delete in the cloud what was deleted here; how many objects.

    Args:
        books: have the notes of what was deleted.
        here: all keys on this machine; one that was written again stays in the cloud.
        there: all keys in the cloud.
        cloud: the lake to delete from.

    Raises:
        LakeError: the cloud refuses or does not answer.
    """
    now = datetime.now(UTC)
    gone: set[str] = set()
    finished: list[StoredObject] = []
    for note, keys in books.deleted():
        gone |= {key for key in keys if key in there and key not in here}
        if now - note.modified > _DELETING or not any(key in here for key in keys):
            finished.append(note)
    cloud.delete(sorted(gone))
    books.forget_deleted(finished)
    return len(gone)


def copy_objects(
    source: Lake, items: Iterable[StoredObject], cloud: Lake
) -> Iterator[tuple[str, Version | GradelineError]]:
    """Write objects to the cloud; yield each key with its version, or with why it is not there.

    An object that was deleted meanwhile is left out.

    Raises:
        LakeUnavailable, DiskFull: the cloud does not answer or is full.
    """

    def copy(item: StoredObject) -> tuple[str, Version | GradelineError | None]:
        try:
            return item.key, _copy(source, item, cloud)
        except LakeUnavailable:
            raise
        except (LakeError, BadKey) as error:
            return item.key, error

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for key, version in pool.map(copy, items):
            if version is not None:
                yield key, version


def _copy(source: Lake, item: StoredObject, cloud: Lake) -> Version | None:
    path = source.local_path(item.key)
    try:
        cloud.replace(item.key, source.get(item.key) if path is None else path)
    except InputMissing:  # deleted since it was listed; whoever did that has noted it
        return None
    copy = cloud.find(item.key)
    return (item.tag, copy.tag) if copy else None
