"""Who was forgotten, beside the backups: as hashes, so that a restore forgets them again.

A backup knows whom its own database had forgotten, but not who asked later. The list of a database
grows with each erasure and each backup, and nothing leaves it. The key of the hashes is in the
database alone.
"""

from __future__ import annotations

import hashlib

import msgspec

from gradeline.base.errors import BackupDamaged, ObjectMissing
from gradeline.flows.backups.manifest import Trust, open_signed, sign
from gradeline.flows.backups.store import FORGOTTEN, list_ids
from gradeline.flows.parts import Backups
from gradeline.lake import Lake
from gradeline.records.backups import BackupKeys
from gradeline.warehouse import Database
from gradeline.warehouse.learners import forgotten

Digests = frozenset[tuple[str, bytes]]
_ID_DIGITS = 16


def lineage_of(key: bytes) -> str:
    """Return the name of the list that belongs to a key of hashes."""
    return hashlib.sha256(b"gradeline forgotten\0" + key).hexdigest()[:_ID_DIGITS]


def list_key(lineage: str) -> str:
    """Return where a list is."""
    return f"{FORGOTTEN}/{lineage}.json"


def keep_forgotten(database: Database, store: Lake, keys: BackupKeys) -> int:
    """Add everybody whom a database has forgotten to its list; how many hashes that has.

    Raises:
        BackupDamaged: the list is damaged; it is not overwritten, since it may name others.
        LakeError: the store does not answer.
    """
    with database.connect() as connection:
        lineage = lineage_of(forgotten.ensure_key(connection))
        now_known = frozenset(forgotten.read_digests(connection))
    before, _ = read_forgotten(store, lineage, keys)
    together = before | now_known
    if together != before or not store.exists(list_key(lineage)):
        rows = sorted((source, digest.hex()) for source, digest in together)
        store.replace(list_key(lineage), sign(msgspec.json.encode(rows), keys))
    return len(together)


def keep_forgotten_now(database: Database, plan: Backups | None) -> None:
    """Add everybody whom a database has forgotten to its list, if there is a backup to guard."""
    if plan is None:
        return
    store = plan.open_store()
    if list_ids(store):
        keep_forgotten(database, store, plan.keys)


def read_forgotten(store: Lake, lineage: str, keys: BackupKeys) -> tuple[Digests, Trust]:
    """Read the list of a database; none and signed where it has none.

    Raises:
        BackupDamaged: it is not as it was written.
    """
    key = list_key(lineage)
    try:
        content = store.get(key)
    except ObjectMissing:
        return frozenset(), Trust.SIGNED
    what = f"The list of forgotten learners ({key})"
    body, trust = open_signed(content, keys, what)
    try:
        rows = msgspec.json.decode(body, type=list[tuple[str, str]])
        return frozenset((source, bytes.fromhex(digest)) for source, digest in rows), trust
    except (msgspec.MsgspecError, ValueError) as error:
        raise BackupDamaged(f"{what} is damaged: {error}.") from None
