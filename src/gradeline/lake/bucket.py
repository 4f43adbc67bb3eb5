"""Writing into an object store so that a key shows whole bytes or nothing, in flat memory."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

import obstore
from obstore.exceptions import AlreadyExistsError
from obstore.store import ObjectStore

from gradeline.base.errors import InputMissing

#: Larger objects go up in parts to this folder first, then are copied by the store itself to
#: their key, create-only: no store takes an upload in parts and a condition in one request
#: through this library.
INCOMING = "lake/.incoming"
_WHOLE = 16 * 1024 * 1024  # bytes sent in one request, held in memory
_PART = 8 * 1024 * 1024
_PARTS_AT_ONCE = 2


class BucketWriter:
    """Writes objects of a lake that is a bucket (or memory)."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def create(self, key: str, content: Path | bytes) -> bool:
        """Write a new object; False where the key is taken, whose bytes stay as they are."""
        try:
            if size_of(content) <= _WHOLE:
                obstore.put(self._store, key, content, mode="create")
            else:
                self._create_in_parts(key, content)
        except AlreadyExistsError:
            return False
        return True

    def replace(self, key: str, content: Path | bytes) -> None:
        """Write an object whole in the place of what was there; readers see old or new bytes."""
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
        """Nothing: an object that a bucket shows is safe."""

    def sweep_unfinished(self, older_than: float) -> int:
        """Remove what killed writers left, once older than these seconds; how many it was."""
        newest = datetime.now(UTC) - timedelta(seconds=older_than)
        old = [
            found["path"]
            for page in obstore.list(self._store, INCOMING)
            for found in page
            if found["last_modified"] < newest
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
    """How many bytes there are to write.

    Raises:
        InputMissing: the file to be put is not there.
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
