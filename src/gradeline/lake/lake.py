"""The lake: objects under keys, in a local folder, a bucket or memory, by URL."""

from __future__ import annotations

import hashlib
import heapq
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO, Protocol
from uuid import uuid4

import obstore
from fsspec import AbstractFileSystem
from obstore.store import MemoryStore, ObjectStore

from gradeline.base.errors import LakeError, ObjectExists, ObjectMissing, WrongSetting
from gradeline.lake.addresses import check_life, sign_address
from gradeline.lake.bucket import INCOMING, BucketWriter, size_of
from gradeline.lake.errors import map_store_errors
from gradeline.lake.filesystem import LakeFiles
from gradeline.lake.folder import FolderWriter, share_existing
from gradeline.lake.keys import validate_key
from gradeline.lake.stores import SCHEMES, open_bucket, open_folder
from gradeline.lake.versions import ObjectVersion, read_version, write_version

if TYPE_CHECKING:
    from obstore import ObjectMeta

_PIECE = 1024 * 1024  # bytes compared or written at a time
_MD5 = re.compile("[0-9a-f]{32}")
_AT_ONCE = 1000  # keys in one delete request: S3's own limit

#: Where `check_store` writes.
PROBES = "lake/probe"

NO_OPTIONS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class StoredObject:
    """An object in a listing."""

    key: str  #: relative to the root of the lake
    size: int  #: bytes
    modified: datetime  #: when it was written, UTC
    tag: str = ""  #: another one after each write; of a bucket often the MD5 of its bytes
    version: str = ""  #: of a bucket that keeps versions


class Writer(Protocol):
    """Writes objects atomically: after a crash a key has all of its bytes or does not exist."""

    def create(self, key: str, content: Path | bytes) -> bool:
        """Write a new object; False if the key exists, whose bytes stay unchanged."""

    def replace(self, key: str, content: Path | bytes) -> None:
        """Write an object over what was there; readers see either all old or all new bytes."""

    def make_durable(self, key: str) -> None:
        """Make sure that an existing object survives a power cut."""

    def sweep_unfinished(self, older_than: float) -> int:
        """Delete what killed writers left, if older than so many seconds; how many objects."""


class Lake:
    """Stores objects under keys; a reader gets all bytes of an object or an error.

    Every method raises `BadKey` for a key that is dangerous or that some store cannot keep,
    `DiskFull` if the disk or the quota is full, and `LakeError` if the store refuses the request
    or does not answer.
    """

    def __init__(self, url: str, store: ObjectStore, writer: Writer, root: Path | None) -> None:
        self.url = url  #: for messages, without secrets
        self._store = store
        self._writer = writer
        self._root = root

    def __repr__(self) -> str:
        """Show the URL, without secrets."""
        return f"{type(self).__name__}({self.url!r})"

    @property
    def description(self) -> str:
        """Where the objects are, for messages; without secrets."""
        return self.url

    def put_new(self, key: str, content: Path | bytes) -> bool:
        """Write an object that must be new: True; False where the same bytes were there already.

        Raises:
            ObjectExists: the key is taken by other bytes, which stay.
        """
        key = validate_key(key)
        size_of(content)
        with self._map_errors(key):
            # Checked first, so that a rerun over a slow line does not send existing bytes.
            if not self.exists(key) and self._writer.create(key, content):
                return True
            if not self._same(key, content):
                raise ObjectExists(
                    f"{key} in {self.url} is taken by other bytes, which stay.",
                    hint="Facts are named by what they are made of: raise the stream's version.",
                )
            self._writer.make_durable(key)
            return False

    def replace(self, key: str, content: Path | bytes) -> None:
        """Write an object over what was there, atomically: for files that people read."""
        key = validate_key(key)
        size_of(content)
        with self._map_errors(key):
            self._writer.replace(key, content)

    def get(self, key: str) -> bytes:
        """Return all bytes of a small object.

        Raises:
            ObjectMissing: no object has that key.
        """
        key = validate_key(key)
        with self._map_errors(key):
            return bytes(obstore.get(self._store, key).bytes())

    def read_version(self, key: str) -> ObjectVersion | None:
        """Return a small object with its version; None if there is none."""
        key = validate_key(key)
        try:
            with self._map_errors(key):
                return read_version(self._store, key)
        except ObjectMissing:
            return None

    def write_version(
        self, key: str, content: bytes, known: ObjectVersion | None
    ) -> ObjectVersion | None:
        """Write a small object if nobody else has written it since `known` was read.

        Needs a bucket: a local folder has no such condition.

        Args:
            key: of the object.
            content: its bytes, which no other writer writes there, so that they tell the writer.
            known: the version that is replaced; None = there is no object yet.

        Returns:
            The new version; None = somebody else has written it, and it is unchanged.
        """
        key = validate_key(key)
        with self._map_errors(key):
            return write_version(self._store, key, content, known)

    def download(self, key: str, to: Path) -> None:
        """Write an object to a file in flat memory; on an error no file remains.

        Raises:
            ObjectMissing: no object has that key.
        """
        key = validate_key(key)
        temporary = to.with_name(f"{to.name}.part")
        with self._map_errors(key):
            try:
                with temporary.open("wb") as file:
                    for piece in obstore.get(self._store, key).stream(min_chunk_size=_PIECE):
                        file.write(piece)
                temporary.replace(to)
            finally:
                temporary.unlink(missing_ok=True)

    def sign(self, key: str, lives: timedelta) -> str:
        """Return an address at which the bucket gives an object to anybody, for so long.

        It names no secret, but whoever has it can fetch the object: keep it out of logs.

        Raises:
            LakeError: the lake is no bucket.
            ValueError: it would work for no time at all, or for more than seven days.
        """
        key = validate_key(key)
        check_life(lives)
        with self._map_errors(key):
            return sign_address(self._store, key, lives)

    def stream(self, key: str, start: int, end: int) -> Iterator[bytes]:
        """Yield the bytes `[start, end)` of an object, about 1 MiB at a time.

        Raises:
            ObjectMissing: no object has that key.
        """
        key = validate_key(key)
        with self._map_errors(key):
            if start == end:
                return
            found = obstore.get(self._store, key, options={"range": (start, end)})
            for piece in found.stream(min_chunk_size=_PIECE):
                yield bytes(piece)

    def exists(self, key: str) -> bool:
        """Whether an object has that key."""
        return self.find(key) is not None

    def find(self, key: str) -> StoredObject | None:
        """Return the object with that key without its bytes; None if there is none."""
        key = validate_key(key)
        try:
            with self._map_errors(key):
                return _described(obstore.head(self._store, key))
        except ObjectMissing:
            return None

    def holds(self, key: str, content: Path | bytes) -> bool:
        """Whether an object has that key and exactly these bytes, compared in flat memory."""
        key = validate_key(key)
        found = self.find(key)
        if found is None or found.size != size_of(content):
            return False
        with self._map_errors(key):
            return _has_md5(content, found.tag) or self._same(key, content)

    def list(self, prefix: str) -> Iterator[StoredObject]:
        """List all finished objects in the folder `prefix` and below, in no order.

        `lake/fa` does not list `lake/facts/…`; an empty prefix lists all.
        """
        folder = validate_key(prefix.rstrip("/")) if prefix.strip("/") else None
        with self._map_errors(prefix or "its listing"):
            for page in obstore.list(self._store, folder):
                for item in page:
                    if not item["path"].startswith(f"{INCOMING}/"):
                        yield _described(item)

    def list_page(self, prefix: str, after: str, limit: int) -> Sequence[StoredObject]:
        """List the first objects whose keys begin with `prefix` and come after `after`, sorted.

        Unlike `list` the prefix may end within a name, as in S3's own listing.

        Raises:
            BadKey: no key is `after`, or begins with `prefix`.
        """
        folder = prefix.rpartition("/")[0]
        with self._map_errors(prefix or "its listing"):
            start, offset = (validate_key(each) if each else None for each in (folder, after))
            pages = obstore.list(self._store, start, offset=offset)
            found = (
                _described(item)
                for page in pages
                for item in page
                if item["path"].startswith(prefix) and not item["path"].startswith(f"{INCOMING}/")
            )
            if self._root is None:  # a bucket lists in this order
                return list(islice(found, limit))
            return heapq.nsmallest(limit, found, key=lambda item: item.key)

    def list_top(self) -> tuple[Sequence[str], Sequence[StoredObject]]:
        """List the names of the folders at the root, and the objects beside them."""
        with self._map_errors("its listing"):
            found = obstore.list_with_delimiter(self._store)
        folders = sorted(name.rstrip("/") for name in found["common_prefixes"])
        return folders, [_described(item) for item in found["objects"]]

    def delete(self, keys: Iterable[str]) -> int:
        """Delete objects, ignoring keys that do not exist; how many keys were passed."""
        valid = [validate_key(key) for key in keys]
        for start in range(0, len(valid), _AT_ONCE):
            batch = valid[start : start + _AT_ONCE]
            with self._map_errors(batch[0]):
                try:
                    obstore.delete(self._store, batch)
                except FileNotFoundError:  # some stores stop at a missing one: go on key by key
                    for key in batch:
                        with suppress(FileNotFoundError):
                            obstore.delete(self._store, key)
        return len(valid)

    def local_path(self, key: str) -> Path | None:
        """Return the path of the object on this machine; None in a bucket."""
        key = validate_key(key)
        return self._root / key if self._root else None

    def location(self, key: str) -> str:
        """Return how an engine opens it: a local path, or `lake://<key>` through `filesystem`."""
        path = self.local_path(key)
        return str(path) if path else f"lake://{validate_key(key)}"

    def filesystem(self) -> AbstractFileSystem:
        """Return a read-only fsspec file system of the lake, for `lake://<key>`."""
        return LakeFiles(self._store, self.url)

    def sweep_unfinished(self, older_than: float) -> int:
        """Delete what killed writers left, if older than so many seconds; how many objects."""
        with self._map_errors(INCOMING):
            return self._writer.sweep_unfinished(older_than)

    def check_store(self) -> None:
        """Write, list and delete a probe object, and check that the store never overwrites it.

        Raises:
            LakeError: the store overwrites an object that is written as new, or does not list it.
        """
        probe = f"{PROBES}/{uuid4()}"
        with self._map_errors(probe):
            self._writer.create(probe, b"first")
            try:
                if self._writer.create(probe, b"second") or self.get(probe) != b"first":
                    raise LakeError(
                        f"{self.url} overwrites an object that is written as new.",
                        hint="Use a store that supports conditional writes (If-None-Match).",
                    )
                if probe not in {item.key for item in self.list(PROBES)}:
                    raise LakeError(
                        f"{self.url} took a probe but does not list it.",
                        hint="Give the login of the store the right to list.",
                    )
            finally:
                self.delete([probe])

    def _same(self, key: str, content: Path | bytes) -> bool:
        """Whether an object has exactly these bytes, compared in flat memory."""
        stored = obstore.get(self._store, key)
        if stored.meta["size"] != size_of(content):
            return False
        pieces = stored.stream(min_chunk_size=_PIECE)
        if isinstance(content, bytes):
            return b"".join(bytes(piece) for piece in pieces) == content
        with content.open("rb") as file:
            return all(_equal(file, bytes(piece)) for piece in pieces)

    def _map_errors(self, key: str) -> AbstractContextManager[None]:
        return map_store_errors(self.url, key)


def _has_md5(content: Path | bytes, tag: str) -> bool:
    """Whether a tag is the MD5 of the bytes, as in many buckets: then they need not be fetched."""
    if not _MD5.fullmatch(tag):
        return False
    if isinstance(content, bytes):
        return hashlib.md5(content, usedforsecurity=False).hexdigest() == tag
    with content.open("rb") as file:
        new = partial(hashlib.md5, usedforsecurity=False)
        return hashlib.file_digest(file, new).hexdigest() == tag


def _described(meta: ObjectMeta) -> StoredObject:
    tag = (meta["e_tag"] or "").strip('"')  # some stores quote it in one answer and not in another
    return StoredObject(
        key=meta["path"],
        size=meta["size"],
        modified=meta["last_modified"],
        tag=tag,
        version=meta["version"] or "",
    )


def _equal(file: BinaryIO, piece: bytes) -> bool:
    return file.read(len(piece)) == piece


def open_lake(
    url: str, *, options: Mapping[str, str] = NO_OPTIONS, readers: int | None = None
) -> Lake:
    """Open the lake at a URL.

    Args:
        url: `file:<folder>`, `s3://`, `gs://` or `az://bucket[/prefix]`, or `memory:`; a bucket
            without a prefix means `data` in it.
        options: as for `stores.open_bucket`.
        readers: number of a system group that may read `reports/` of a folder.

    Raises:
        WrongSetting: the URL or an option cannot work.
    """
    scheme = url.partition(":")[0]
    if scheme == "file":
        folder, root = open_folder(url)
        if readers is not None:
            share_existing(root, readers)
        return Lake(f"file:{root}", folder, FolderWriter(root, readers), root)
    if scheme == "memory":
        memory = MemoryStore()
        return Lake("memory:", memory, BucketWriter(memory), None)
    if scheme in SCHEMES:
        store, place = open_bucket(url, options)
        return Lake(place, store, BucketWriter(store), None)
    raise WrongSetting(
        f"LAKE_URL begins with {scheme[:20]!r}, which is not a supported store.",
        hint="Write file:<folder>, s3://bucket, gs://bucket or az://container.",
    )
