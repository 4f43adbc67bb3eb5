"""Verify a backup: every byte of it is what was backed up, or what differs is named."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from gradeline.base.errors import BackupError, GradelineError, ObjectMissing
from gradeline.flows.backups import store as stores
from gradeline.flows.backups.copy_files import Watch
from gradeline.flows.backups.forgotten_list import list_key, read_forgotten
from gradeline.flows.backups.manifest import Blob, Manifest, Trust
from gradeline.flows.parts import Backups
from gradeline.lake import Lake, digest_of
from gradeline.warehouse import Database
from gradeline.warehouse.comparison import differences, read_fingerprint
from gradeline.warehouse.connect.roles import ensure_roles
from gradeline.warehouse.dump import drop_database, list_dump, replace_database, restore_dump

_AT_ONCE = 8


@dataclass(frozen=True, kw_only=True)
class VerifyResult:
    """What was found."""

    backup_id: str
    manifest: Manifest | None  #: None = it cannot be read
    trust: Trust
    problems: tuple[str, ...]  #: what is damaged, one sentence each; none = it is whole


def verify(
    plan: Backups, backup_id: str, spool: Path, watch: Watch, database: Database | None = None
) -> VerifyResult:
    """Read a whole backup and compare it with its manifest.

    Args:
        plan: where backups are, and the keys.
        backup_id: which.
        spool: a folder for files in transit.
        watch: shows how far it is.
        database: on whose server it is restored, into a database of its own, and compared;
            None = it is not restored.

    Raises:
        LakeError, DiskFull: the store does not answer, or there is no room.
    """
    store = plan.open_store()
    try:
        backup = stores.read_backup(store, backup_id, plan.keys)
    except BackupError as error:
        return VerifyResult(
            backup_id=backup_id, manifest=None, trust=Trust.UNKNOWN, problems=(error.what,)
        )
    manifest = backup.manifest
    with TemporaryDirectory(prefix="verify-", dir=spool) as folder:
        dump = Path(folder, "database.dump")
        problems = list(_check_dump(store, manifest, dump))
        if database is not None and not problems:
            problems += _rehearse(database, dump, manifest)
        dump.unlink(missing_ok=True)
        problems += _check_files(store, manifest, Path(folder), watch)
    problems += _check_forgotten(store, manifest, plan)
    return VerifyResult(
        backup_id=backup_id, manifest=manifest, trust=backup.trust, problems=tuple(problems)
    )


def fetch(store: Lake, key: str, blob: Blob, to: Path) -> None:
    """Write a file of a backup to `to`, and check every byte of it.

    Raises:
        BackupError: it is not there, or not what was backed up.
    """
    try:
        store.download(key, to)
    except (ObjectMissing, FileNotFoundError):
        raise BackupError(f"{key} is not in {store.description}.") from None
    size = to.stat().st_size
    if size != blob.size:
        to.unlink()
        raise BackupError(f"{key} has {size:,} bytes, and had {blob.size:,}.")
    if digest_of(to) != blob.sha256:
        to.unlink()
        raise BackupError(f"{key} is damaged: its SHA-256 is not the one it had.")


def _check_dump(store: Lake, manifest: Manifest, to: Path) -> Iterator[str]:
    try:
        fetch(store, stores.dump_key(manifest.backup_id), manifest.dump, to)
        there = list_dump(to, manifest.pg_dump)
    except GradelineError as error:
        yield error.what
        return
    wanted = {name.replace(".", " ", 1) for name in manifest.content.tables}
    for name in sorted(wanted - there):
        yield f"The dump lacks the table {name}."


def _check_files(store: Lake, manifest: Manifest, folder: Path, watch: Watch) -> Sequence[str]:
    """Check each object once, however many keys have its bytes."""
    blobs = {each.sha256: Blob(size=each.size, sha256=each.sha256) for each in manifest.files}
    names = {each.sha256: each.key for each in reversed(manifest.files)}
    problems = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = pool.map(partial(_check_file, store, folder), blobs.values())
        for number, (sha256, wrong) in enumerate(zip(blobs, found, strict=True), start=1):
            watch(number, len(blobs), names[sha256])
            if wrong:
                problems.append(f"{names[sha256]}: {wrong}")
    return problems


def _check_file(store: Lake, folder: Path, blob: Blob) -> str:
    key = stores.object_key(blob.sha256)
    path = store.local_path(key)
    try:
        if path is None:
            fetch(store, key, blob, folder / blob.sha256)
            (folder / blob.sha256).unlink()
        elif not path.is_file():
            return f"{key} is not in {store.description}."
        elif path.stat().st_size != blob.size or digest_of(path) != blob.sha256:
            return f"{key} is damaged: its bytes are not those that were backed up."
    except BackupError as error:
        return error.what
    return ""


def _check_forgotten(store: Lake, manifest: Manifest, plan: Backups) -> Iterator[str]:
    try:
        digests, trust = read_forgotten(store, manifest.lineage, plan.keys)
    except GradelineError as error:
        yield error.what
        return
    key = list_key(manifest.lineage)
    if not store.exists(key):
        yield f"The list of forgotten learners ({key}) is not there."
    elif len(digests) < manifest.forgotten:
        yield (
            f"The list of forgotten learners ({key}) has {len(digests)} hashes, and had"
            f" {manifest.forgotten}: it is an older one."
        )
    elif trust != Trust.SIGNED and digests:
        yield f"Whether somebody changed the list of forgotten learners ({key}) cannot be told."


def _rehearse(database: Database, dump: Path, manifest: Manifest) -> Sequence[str]:
    """Restore a dump into a database of its own, which is dropped, and compare it."""
    scratch = database.sibling(f"{database.name}_verify_{uuid.uuid4().hex[:8]}")
    try:
        replace_database(scratch)
        with scratch.connect_as_login() as connection:
            ensure_roles(connection)
        restore_dump(scratch, dump, written_by=manifest.pg_dump)
        return restored_differences(scratch, manifest)
    except GradelineError as error:
        return [f"It cannot be restored: {error}"]
    finally:
        drop_database(scratch)


def restored_differences(database: Database, manifest: Manifest) -> Sequence[str]:
    """Return in which tables, sequences, policies, rights … a restored database differs."""
    with database.connect_as_login() as connection:
        same_version = connection.info.server_version // 10_000 == manifest.server
    restored = read_fingerprint(database)
    return [
        f"{name} is not as it was backed up."
        for name in differences(manifest.content, restored, views=same_version)
    ]
