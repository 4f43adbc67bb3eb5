"""Where backups are: a folder or a bucket that has nothing else.

<id>/manifest.json     all that is in the backup, signed; written last, so it makes the backup
<id>/database.dump     the database, as pg_dump writes it
objects/<ab>/<sha256>  objects of the lake and people's files, each once for all backups
forgotten/<id>.json    hashes of learners who were forgotten, also after the newest backup
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from gradeline.base.errors import BackupDamaged, BackupError, ObjectMissing
from gradeline.flows.backups.manifest import Manifest, Trust, decode_manifest
from gradeline.lake import Lake
from gradeline.records.backups import BackupKeys

_ID = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")
OBJECTS = "objects"
FORGOTTEN = "forgotten"


@dataclass(frozen=True, kw_only=True)
class Backup:
    """One backup in a store."""

    backup_id: str
    manifest: Manifest
    trust: Trust


def new_id(at: datetime) -> str:
    """Return the id of a backup that begins at an instant, UTC; ids sort by time."""
    return f"{at:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"


def manifest_key(backup_id: str) -> str:
    """Return where the manifest of a backup is."""
    return f"{backup_id}/manifest.json"


def dump_key(backup_id: str) -> str:
    """Return where the database of a backup is."""
    return f"{backup_id}/database.dump"


def object_key(sha256: str) -> str:
    """Return where the bytes of that digest are."""
    return f"{OBJECTS}/{sha256[:2]}/{sha256}"


def list_ids(store: Lake) -> Sequence[str]:
    """Return the ids of all backups that were made to the end, the oldest first."""
    return [each for each in _folders(store) if store.exists(manifest_key(each))]


def list_unfinished(store: Lake) -> Sequence[str]:
    """Return the ids of backups that were not made to the end: their process was killed."""
    return [each for each in _folders(store) if not store.exists(manifest_key(each))]


def read_backup(store: Lake, backup_id: str, keys: BackupKeys) -> Backup:
    """Read a backup's manifest.

    Raises:
        BackupDamaged: it is not as it was made, or is not there.
        LakeError: the store does not answer.
    """
    try:
        content = store.get(manifest_key(backup_id))
    except ObjectMissing:
        raise BackupDamaged(
            f"{store.description} has no backup {backup_id} with a manifest.",
            hint="`gradeline backups ls` lists what there is.",
        ) from None
    manifest, trust = decode_manifest(content, keys, backup_id)
    return Backup(backup_id=backup_id, manifest=manifest, trust=trust)


def read_backups(store: Lake, keys: BackupKeys) -> Iterator[Backup | tuple[str, BackupError]]:
    """Yield every backup, the oldest first; of a damaged one its id and what is wrong."""
    for backup_id in list_ids(store):
        try:
            yield read_backup(store, backup_id, keys)
        except BackupError as error:
            yield backup_id, error


def find_id(store: Lake, wanted: str) -> str:
    """Return the id of a backup by its id, or the start of it; empty = the newest.

    Raises:
        BackupError: there is none.
    """
    found = [each for each in list_ids(store) if each.startswith(wanted)]
    if not found:
        named = f" that begins with {wanted}" if wanted else ""
        raise BackupError(
            f"{store.description} has no backup{named}.",
            hint="`gradeline backups ls` lists what there is; BACKUP_URL says where to look.",
        )
    return found[-1]


def link_object(lake: Lake, key: str, store: Lake, sha256: str) -> bool:
    """Give an object that never changes a second name in the store; False = it must be copied.

    Both are then the same bytes of the disk: they cost nothing, and stay when the lake deletes its
    name.
    """
    source, target = lake.local_path(key), store.local_path(object_key(sha256))
    if source is None or target is None:
        return False
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.link(source, target)
    except OSError:  # it is there, or on another disk, or the disk has no links
        return False
    return True


def _folders(store: Lake) -> Sequence[str]:
    folders, _ = store.list_top()
    return sorted(each for each in folders if _ID.fullmatch(each))
