"""Write to an object store atomically and in flat memory."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

import obstore
from obstore.exceptions import AlreadyExistsError
from obstore.store import ObjectStore

from gradeline.base.errors import InputMissing

#: Larger objects are uploaded in parts to this folder, then copied by the store to their key,
#: create-only: this library cannot combine an upload in parts with that condition.
INCOMING = "lake/.incoming"
_WHOLE = 16 * 1024 * 1024  # bytes sent in one request from memory
_PART = 8 * 1024 * 1024
_PARTS_AT_ONCE = 2


class BucketWriter:
    """Writes objects of a lake that is a bucket (or memory)."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def create(self, key: str, content: Path | bytes) -> bool:
        """Write a new object; False if the key exists, whose bytes stay unchanged."""
        try:
            if size_of(content) <= _WHOLE:
                obstore.put(self._store, key, content, mode="create")
            else:
                self._create_in_parts(key, content)
        except AlreadyExistsError:
            return False
        return True

    def replace(self, key: str, content: Path | bytes) -> None:
        """Write an object over what was there; readers see either all old or all new bytes."""
        parts = size_of(content) > _WHOLE
        obstore.put(
            self._store,
            key,
            content,
            use_multipart=parts,
            chunk_size=_PART,
            max_concurrency=_PARTS_AT_ONCE,
        )

    def make_durable(self, key: str) -> None:
        """Do nothing: an object that a bucket lists is durable."""

    def sweep_unfinished(self, older_than: float) -> int:
        """Delete what killed writers left, if older than so many seconds; how many objects."""
        newest = datetime.now(UTC) - timedelta(seconds=older_than)
        old = [
            item["path"]
            for page in obstore.list(self._store, INCOMING)
            for item in page
            if item["last_modified"] < newest
        ]
        if old:
            obstore.delete(self._store, old)
        return len(old)

    def _create_in_parts(self, key: str, content: Path | bytes) -> None:
        temporary = f"{INCOMING}/{secrets.token_hex(16)}"
        self.replace(temporary, content)
        try:
            obstore.copy(self._store, temporary, key, overwrite=False)
        finally:
            obstore.delete(self._store, temporary)


def size_of(content: Path | bytes) -> int:
    """Return the number of bytes to write.

    Raises:
        InputMissing: the file to be stored does not exist.
    """
    if isinstance(content, bytes):
        return len(content)
    try:
        return content.stat().st_size
    except FileNotFoundError as error:
        raise InputMissing(
            f"{content} is gone, though it was to be stored.",
            hint="Put the file back, then run again.",
        ) from error
