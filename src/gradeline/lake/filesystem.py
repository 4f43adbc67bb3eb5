"""The lake as a read-only fsspec file system, for engines that read objects by range."""

from __future__ import annotations

from typing import Any

import obstore
from fsspec import AbstractFileSystem
from fsspec.spec import AbstractBufferedFile
from obstore.store import ObjectStore

from gradeline.base.errors import LakeError
from gradeline.lake.errors import map_store_errors
from gradeline.lake.keys import validate_key

PROTOCOL = "lake"


class LakeFiles(AbstractFileSystem):  # type: ignore[misc]  # fsspec has no types
    """Objects of a lake under `lake://<key>`; reading only, each read is a range request."""

    protocol = PROTOCOL
    cachable = False  # its arguments are live stores, not texts to find an instance by

    def __init__(self, store: ObjectStore, place: str) -> None:
        super().__init__()
        self._store = store
        self._place = place
        # fsspec keeps what a file system was made of, to print and pickle it.
        self.storage_args = ()

    def info(self, path: str, **_options: Any) -> dict[str, Any]:
        """Name, size and type of one object."""
        key = validate_key(self._strip_protocol(path))
        with map_store_errors(self._place, key):
            found = obstore.head(self._store, key)
        return {
            "name": key,
            "size": found["size"],
            "type": "file",
            "mtime": found["last_modified"],
            "etag": found["e_tag"],
        }

    def modified(self, path: str) -> Any:
        """When an object was written, UTC."""
        return self.info(path)["mtime"]

    def ls(self, path: str, detail: bool = True, **_options: Any) -> list[Any]:
        """The objects below a folder, all of them."""
        folder = self._strip_protocol(path).strip("/")
        with map_store_errors(self._place, folder):
            found = [one for page in obstore.list(self._store, folder or None) for one in page]
        rows = [{"name": one["path"], "size": one["size"], "type": "file"} for one in found]
        return rows if detail else [row["name"] for row in rows]

    def _open(self, path: str, mode: str = "rb", **_options: Any) -> _ObjectFile:
        if mode != "rb":
            raise LakeError(
                f"{path} can only be read this way.", hint="Write through Lake.put_new or replace."
            )
        key = validate_key(self._strip_protocol(path))
        # Engines plan their own reads: reading ahead by 1 MiB fetched two to three times as much.
        return _ObjectFile(self, key, mode="rb", cache_type="none")

    def read_range(self, key: str, start: int, end: int) -> bytes:
        """Bytes `[start, end)` of an object."""
        with map_store_errors(self._place, key):
            return bytes(obstore.get_range(self._store, key, start=start, end=end))


class _ObjectFile(AbstractBufferedFile):  # type: ignore[misc]  # fsspec has no types
    """One object, read by range."""

    def _fetch_range(self, start: int, end: int) -> bytes:
        return self.fs.read_range(self.path, start, end) if end > start else b""
