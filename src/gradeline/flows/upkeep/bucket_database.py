"""A database that a bucket keeps between runs: a dump, a pointer to it, and who may move it.

`lake/database/current.json` names the dump that counts. Only the holder of the lease moves it, and
only from the version that it knows: it marks the pointer with its fence first, so that whoever held
the lease before can move it no more.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from gradeline.base.clock import now
from gradeline.base.errors import LakeError
from gradeline.lake import Lake, Lease, ObjectVersion, digest_of
from gradeline.lake.lease import lease_lost
from gradeline.warehouse import Database
from gradeline.warehouse.dump import next_transaction, write_dump
from gradeline.warehouse.learners import forgotten

_log = logging.getLogger(__name__)

FOLDER = "lake/database"
LEASE = f"{FOLDER}/lease.json"
POINTER = f"{FOLDER}/current.json"
DUMPS = f"{FOLDER}/dumps"
#: So many of the newest dumps stay; all but the last one are for a person who needs an older one.
KEPT = 3


class Pointer(msgspec.Struct, frozen=True, kw_only=True):
    """What the pointer object says."""

    fence: int  #: of the lease of whoever wrote it
    dump: str | None  #: key of the dump that counts; None = nobody has saved one yet
    sha256: str  #: of the dump; empty = there is none
    saved_at: datetime  #: UTC


_POINTER = msgspec.json.Decoder(Pointer)


@dataclass(frozen=True, kw_only=True)
class _Mark:
    """How far a database was when it was saved."""

    transaction: int  #: the next one that writes
    forgotten: int  #: hashes of learners who were forgotten


def read_pointer(lake: Lake) -> tuple[Pointer | None, ObjectVersion | None]:
    """Return what the pointer of a bucket says, and its version; None = there is none yet.

    Raises:
        LakeError: the object is not what Gradeline writes.
    """
    version = lake.read_version(POINTER)
    if version is None:
        return None, None
    try:
        return _POINTER.decode(version.content), version
    except msgspec.MsgspecError as error:
        raise LakeError(
            f"{POINTER} in {lake.url} is not what Gradeline writes.",
            hint=f"Put back an earlier version of it; {DUMPS}/ has the dumps that it can name.",
        ) from error


class BucketDatabase:
    """The bucket's database while this process holds the lease.

    Raises (all methods):
        LeaseLost: another process took over.
        LakeError: the store does not answer.
    """

    def __init__(self, lake: Lake, lease: Lease, spool: Path) -> None:
        self._lake, self._lease, self._spool = lake, lease, spool
        self._pointer, self._version = self._take_pointer()
        self._saved: _Mark | None = None  # None = save in any case

    @property
    def lease(self) -> Lease:
        """The lease on it."""
        return self._lease

    @property
    def dump_key(self) -> str | None:
        """The key of the dump that counts; None = there is none yet."""
        return self._pointer.dump

    def download(self) -> Path | None:
        """Bring the dump that counts into the spool; None = there is none yet.

        Raises:
            LakeError: its bytes are not those that were saved.
        """
        if self._pointer.dump is None:
            return None
        path = self._spool / "database.dump"
        self._lake.download(self._pointer.dump, path)
        if digest_of(path) != self._pointer.sha256:
            path.unlink()
            raise LakeError(
                f"{self._pointer.dump} in {self._lake.url} is damaged: its SHA-256 is not the one"
                f" in {POINTER}.",
                hint="Put the object back from an earlier version of it in the bucket.",
            )
        return path

    def opened(self, database: Database) -> None:
        """Note that the database is what the bucket keeps: until it changes, nothing is saved."""
        if self._pointer.dump is not None:
            self._saved = _mark_of(database)

    def save(self, database: Database) -> bool:
        """Put a dump and move the pointer to it; False if nothing has changed since.

        Killed before the pointer moved, the next run starts from the dump before.
        """
        self._lease.check()
        mark = _mark_of(database)
        if mark == self._saved:
            return False
        path = self._spool / "database.dump"
        try:
            write_dump(database, path)
            digest = digest_of(path)
            key = f"{DUMPS}/{self._lease.fence:08d}-{now():%Y%m%dT%H%M%S%fZ}-{digest[:16]}.dump"
            self._lake.put_new(key, path)
        finally:
            path.unlink(missing_ok=True)
        self._move_pointer(
            Pointer(fence=self._lease.fence, dump=key, sha256=digest, saved_at=now())
        )
        erased = self._saved is not None and mark.forgotten != self._saved.forgotten
        self._saved = mark
        _log.info("the database was saved as %s", key)
        self._delete_old(1 if erased else KEPT)
        return True

    def _take_pointer(self) -> tuple[Pointer, ObjectVersion]:
        """Mark the pointer with our fence."""
        found, version = read_pointer(self._lake)
        if found is not None and found.fence >= self._lease.fence:
            raise lease_lost(self._lake)
        dump, digest = (None, "") if found is None else (found.dump, found.sha256)
        saved_at = now() if found is None else found.saved_at
        pointer = Pointer(fence=self._lease.fence, dump=dump, sha256=digest, saved_at=saved_at)
        written = self._lake.write_version(POINTER, msgspec.json.encode(pointer), version)
        if written is None:
            raise lease_lost(self._lake)
        return pointer, written

    def _move_pointer(self, pointer: Pointer) -> None:
        self._lease.check()
        written = self._lake.write_version(POINTER, msgspec.json.encode(pointer), self._version)
        if written is None:
            raise lease_lost(self._lake)
        self._pointer, self._version = pointer, written

    def _delete_old(self, kept: int) -> None:
        """Delete the dumps before the one that counts, but for the newest ones."""
        keys = sorted(item.key for item in self._lake.list(f"{DUMPS}/"))
        older = [key for key in keys if key < (self._pointer.dump or "")]
        self._lake.delete(older[: len(older) - (kept - 1)] if len(older) >= kept else [])


def _mark_of(database: Database) -> _Mark:
    with database.connect(autocommit=True) as connection:
        return _Mark(
            transaction=next_transaction(connection),
            forgotten=forgotten.count_digests(connection),
        )
