"""Objects that are changed only by who knows their present version: leases and pointers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import AlreadyExistsError, PreconditionError
from obstore.store import ObjectStore

if TYPE_CHECKING:
    from obstore import UpdateVersion


@dataclass(frozen=True, kw_only=True)
class ObjectVersion:
    """The content of a small object, and what tells this version from every other one."""

    content: bytes
    tag: str | None  #: S3 and Azure compare it
    number: str | None  #: Google Cloud Storage compares it


def read_version(store: ObjectStore, key: str) -> ObjectVersion:
    """Return an object with its version.

    Raises:
        FileNotFoundError: no object has that key.
    """
    found = obstore.get(store, key)
    meta = found.meta
    return ObjectVersion(content=bytes(found.bytes()), tag=meta["e_tag"], number=meta["version"])


def write_version(
    store: ObjectStore, key: str, content: bytes, known: ObjectVersion | None
) -> ObjectVersion | None:
    """Write an object if it still has the version that is known; see `Lake.write_version`."""
    try:
        if known is None:
            done = obstore.put(store, key, content, mode="create")
        else:
            done = obstore.put(store, key, content, mode=_mode(known), use_multipart=False)
    except (AlreadyExistsError, PreconditionError, FileNotFoundError):
        return _written_before(store, key, content)
    return ObjectVersion(content=content, tag=done["e_tag"], number=done["version"])


def _mode(known: ObjectVersion) -> UpdateVersion:
    """Return the condition in the library's form, which has no place for what is not known."""
    mode: UpdateVersion = {}
    if known.tag is not None:
        mode["e_tag"] = known.tag
    if known.number is not None:
        mode["version"] = known.number
    return mode


def _written_before(store: ObjectStore, key: str, content: bytes) -> ObjectVersion | None:
    """Return the version that has our content: a request is sent again where its answer is lost."""
    try:
        present = read_version(store, key)
    except FileNotFoundError:
        return None
    return present if present.content == content else None
