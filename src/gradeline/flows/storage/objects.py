"""Objects of the configured store by key: read in ranges, written whole or in part."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from gradeline.base.errors import Changed, Conflict, StoredFileMissing
from gradeline.flows.storage.files import readable_key, writable_key
from gradeline.lake import Lake
from gradeline.lake.lake import StoredObject
from gradeline.lake.places import HIDDEN, MACHINE, top_of

#: Locks by which the writers of one key wait for each other; keys share them by their hash.
_LOCKS = 64
#: What `If-None-Match: *` and `If-Match: *` stand for.
ANY = "*"


class StoredObjects:
    """Reads and writes objects; the writers of one key on this machine wait for each other.

    A key is as the store has it, below the configured prefix. Every method raises `BadKey` for a
    key that no store can have, `WrongUse` for a place that only Gradeline writes, and `LakeError`
    or `DiskFull` if the store refuses, does not answer or is full.

    Args:
        lake: the configured store.
        spool: a folder for files in transit.
        locks: a folder that all processes of this home share.
    """

    def __init__(self, lake: Lake, spool: Path, locks: Path) -> None:
        self._lake = lake
        self._spool = spool
        self._locks = locks

    @property
    def spool(self) -> Path:
        """A folder for what is received before it is stored."""
        return self._spool

    def page(self, prefix: str, after: str, limit: int) -> Sequence[StoredObject]:
        """List the first `limit` objects with that prefix after a key, sorted by key.

        What the machine keeps under `lake/` is listed where the prefix names it.
        """
        found: list[StoredObject] = []
        while len(found) < limit:
            wanted = limit - len(found)
            page = self._lake.list_page(prefix, after, wanted)
            found += [item for item in page if _is_shown(item.key, prefix)]
            if len(page) < wanted:
                break
            after = page[-1].key
        return found

    def info(self, key: str) -> StoredObject:
        """Return what an object is, without its bytes.

        Raises:
            StoredFileMissing: there is none.
        """
        known = readable_key(key)
        found = None if top_of(known) in HIDDEN else self._lake.find(known)
        if found is None:
            raise _missing(key)
        return found

    def stream(self, key: str, start: int, end: int) -> Iterator[bytes]:
        """Yield the bytes `[start, end)` of an object."""
        return self._lake.stream(readable_key(key), start, end)

    def put(
        self, key: str, content: Path, match: str | None, none_match: str | None
    ) -> StoredObject:
        """Write an object whole; readers see all old or all new bytes.

        Args:
            key: of the object.
            content: a file with its bytes.
            match: the tag that it must have now, or `*` for any; None = whatever is there.
            none_match: `*` = there must be none yet; None = whatever is there.

        Raises:
            Changed: it has another tag, is there, or is not.
        """
        key = writable_key(key)
        with self._alone(key):
            self._check(key, match, none_match)
            self._lake.replace(key, content)
            return self.info(key)

    def patch(self, key: str, offset: int, content: Path, match: str | None) -> StoredObject:
        """Overwrite an object from `offset` on; it grows where the new bytes reach beyond its end.

        Raises:
            StoredFileMissing: there is none.
            Conflict: the offset is beyond its end, so that a gap would result.
            Changed: it has another tag than `match`.
        """
        key = writable_key(key)
        with self._alone(key), tempfile.TemporaryDirectory(dir=self._spool) as folder:
            found = self.info(key)
            self._check(key, match, None)
            if offset > found.size:
                raise Conflict(
                    f"{key} has {found.size} bytes, so nothing can be written at {offset}.",
                    hint=f"Send offset={found.size} to append.",
                )
            whole = Path(folder) / "whole"
            self._lake.download(key, whole)
            with whole.open("r+b") as file, content.open("rb") as new:
                file.seek(offset)
                shutil.copyfileobj(new, file)
            self._lake.replace(key, whole)
            return self.info(key)

    def delete(self, key: str, match: str | None) -> None:
        """Delete an object.

        Raises:
            StoredFileMissing: there is none.
            Changed: it has another tag than `match`.
        """
        key = writable_key(key)
        with self._alone(key):
            self.info(key)
            self._check(key, match, None)
            self._lake.delete([key])

    def _check(self, key: str, match: str | None, none_match: str | None) -> None:
        if match is None and none_match is None:
            return
        found = self._lake.find(key)
        tag = None if found is None else found.tag
        if none_match is not None and tag is not None and none_match in (ANY, tag):
            raise Changed(
                f"{key} is there already.", hint="Send no If-None-Match to write over it."
            )
        if match is not None and (tag is None or match not in (ANY, tag)):
            now = f"its ETag is {tag}" if tag else "it does not exist"
            raise Changed(f"{key} was changed since: {now}.", hint="Read it again, then write.")

    @contextmanager
    def _alone(self, key: str) -> Iterator[None]:
        """Hold the lock of a key's writers."""
        number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % _LOCKS
        self._locks.mkdir(parents=True, exist_ok=True)
        with FileLock(os.fspath(self._locks / f"objects-{number}.lock")):
            yield


def _is_shown(key: str, prefix: str) -> bool:
    top = top_of(key)
    if top in HIDDEN or key.startswith("."):
        return False
    return top != MACHINE or top_of(prefix) == MACHINE


def _missing(key: str) -> StoredFileMissing:
    return StoredFileMissing(f"There is no object {key}.")
