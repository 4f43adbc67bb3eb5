"""The manifest of a backup: all that is in it, with sizes and digests, signed.

A file of two lines: how it is signed, and what is signed. So a changed byte of either is noticed.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from enum import StrEnum

import msgspec

from gradeline.base.errors import BackupDamaged, BackupUnsigned
from gradeline.records.backups import BackupKeys, key_id_of
from gradeline.warehouse.comparison import Fingerprint

#: Of what this version writes and reads.
FORMAT = 1


class Blob(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file of a backup."""

    size: int  #: bytes
    sha256: str


class StoredFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An object of the lake, or a file of people, as a backup has it."""

    key: str  #: in the lake
    size: int  #: bytes
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that is in a backup."""

    format: int = FORMAT
    backup_id: str
    made_at: datetime  #: when the transaction began that it shows
    gradeline: str  #: the version that made it
    schema: int  #: the newest migration in it
    server: int  #: the version of PostgreSQL that it is of
    pg_dump: int  #: the version of pg_dump
    dump: Blob
    content: Fingerprint  #: of the database
    files: tuple[StoredFile, ...]
    missing: tuple[str, ...] = ()  #: keys that the ledger names and the lake did not have
    left_out: tuple[str, ...] = ()  #: tables and schemas that are not ours
    lineage: str  #: which list of forgotten learners is its own
    forgotten: int  #: how many hashes that list has at least

    @property
    def file_bytes(self) -> int:
        """Return the size of all files together."""
        return sum(each.size for each in self.files)


class _Signature(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: int
    key_id: str
    sha256: str  #: of what is signed
    hmac: str


_MANIFEST = msgspec.json.Decoder(Manifest)
_SIGNATURE = msgspec.json.Decoder(_Signature)


class Trust(StrEnum):
    """What a signature says."""

    SIGNED = "signed"  #: by a key of this installation
    UNKNOWN = "unknown key"  #: nothing: the key is not here


def sign(body: bytes, keys: BackupKeys) -> bytes:
    """Return a signed file: a line that says how it is signed, and the body."""
    key = keys.keys[0]
    signature = _Signature(
        format=FORMAT,
        key_id=key_id_of(key),
        sha256=hashlib.sha256(body).hexdigest(),
        hmac=hmac.digest(key, body, "sha256").hex(),
    )
    return msgspec.json.encode(signature) + b"\n" + body


def open_signed(content: bytes, keys: BackupKeys, what: str) -> tuple[bytes, Trust]:
    """Return the body of a signed file, and what its signature says.

    Raises:
        BackupDamaged: it is not as it was signed.
    """
    head, newline, body = content.partition(b"\n")
    try:
        signature = _SIGNATURE.decode(head)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise _damaged(what, "its first line is not a signature") from None
    # A line that says the same in other bytes was not written by us.
    if not newline or msgspec.json.encode(signature) != head or signature.format != FORMAT:
        raise _damaged(what, "its first line is not what Gradeline writes")
    if hashlib.sha256(body).hexdigest() != signature.sha256:
        raise _damaged(what, "its bytes are not those that were signed")
    key = keys.named().get(signature.key_id)
    if key is None:
        return body, Trust.UNKNOWN
    if not hmac.compare_digest(hmac.digest(key, body, "sha256").hex(), signature.hmac):
        raise _damaged(what, "its signature is wrong: somebody else wrote it, or changed it")
    return body, Trust.SIGNED


def encode_manifest(manifest: Manifest, keys: BackupKeys) -> bytes:
    """Return the file of a manifest."""
    return sign(msgspec.json.encode(manifest, order="sorted"), keys)


def decode_manifest(content: bytes, keys: BackupKeys, backup_id: str) -> tuple[Manifest, Trust]:
    """Return a manifest from its file, and what its signature says.

    Raises:
        BackupDamaged: it is not what Gradeline wrote for this backup.
    """
    what = f"The manifest of backup {backup_id}"
    body, trust = open_signed(content, keys, what)
    try:
        manifest = _MANIFEST.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise _damaged(what, f"it cannot be read ({error})") from None
    if manifest.format > FORMAT:
        raise _damaged(what, "a newer Gradeline wrote it; install that version")
    if manifest.backup_id != backup_id:
        raise _damaged(what, f"it is that of backup {manifest.backup_id}")
    return manifest, trust


def unsigned(what: str) -> BackupUnsigned:
    """Return the error of something whose key is not here."""
    return BackupUnsigned(
        f"{what} is signed with a key that this installation does not have: its bytes agree with"
        " its checksums, but whether somebody changed both cannot be told.",
        hint="Set BACKUP_SECRET as it was, or put db/backup-key of the old home into this one."
        " To take it as it is, add --unsigned.",
    )


def _damaged(what: str, why: str) -> BackupDamaged:
    return BackupDamaged(
        f"{what} is damaged: {why}.", hint="Take another one: `gradeline backups ls` lists them."
    )
