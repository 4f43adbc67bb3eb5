"""The lake as a read-only fsspec file system, for engines that read ranges of objects."""

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
    cachable = False  # its arguments are open stores, which cannot be the key of a cache

    def __init__(self, store: ObjectStore, place: str) -> None:
        super().__init__()
        self._store = store
        self._place = place
        # fsspec would keep the arguments to print and pickle the file system.
        self.storage_args = ()

    def info(self, path: str, **_options: Any) -> dict[str, Any]:
        """Return name, size, type, time and etag of one object."""
        key = validate_key(self._strip_protocol(path))
        with map_store_errors(self._place, key):
            meta = obstore.head(self._store, key)
        return {
            "name": key,
            "size": meta["size"],
            "type": "file",
            "mtime": meta["last_modified"],
            "etag": meta["e_tag"],
        }

    def modified(self, path: str) -> Any:
        """Return when an object was written, UTC."""
        return self.info(path)["mtime"]

    def ls(self, path: str, detail: bool = True, **_options: Any) -> list[Any]:
        """List all objects below a folder."""
        folder = self._strip_protocol(path).strip("/")
        with map_store_errors(self._place, folder):
            objects = [item for page in obstore.list(self._store, folder or None) for item in page]
        rows = [{"name": item["path"], "size": item["size"], "type": "file"} for item in objects]
        return rows if detail else [row["name"] for row in rows]

    def _open(self, path: str, mode: str = "rb", **_options: Any) -> _ObjectFile:
        if mode != "rb":
            raise LakeError(
                f"{path} can only be read this way.", hint="Write through Lake.put_new or replace."
            )
        key = validate_key(self._strip_protocol(path))
        # Engines plan their reads themselves: reading ahead by 1 MiB fetched 2 to 3 times as much.
        return _ObjectFile(self, key, mode="rb", cache_type="none")

    def read_range(self, key: str, start: int, end: int) -> bytes:
        """Return the bytes `[start, end)` of an object."""
        with map_store_errors(self._place, key):
            return bytes(obstore.get_range(self._store, key, start=start, end=end))


class _ObjectFile(AbstractBufferedFile):  # type: ignore[misc]  # fsspec has no types
    """An object that is read in ranges."""

    def _fetch_range(self, start: int, end: int) -> bytes:
        return self.fs.read_range(self.path, start, end) if end > start else b""
