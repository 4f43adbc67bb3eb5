"""Make a backup: the database and all that its ledger names, as of one moment, while others write.

1. Nobody may delete objects meanwhile (`share_lake`); everything else goes on.
2. One transaction exports what it sees. pg_dump writes that, and the same transaction is asked
   for the digests of all rows and for the objects that the ledger names.
3. Objects never change, so they are as that moment knows them, whenever they are copied.
4. The manifest is written last. A kill before that leaves files that the next backup deletes.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from gradeline.base.clock import now
from gradeline.base.errors import BackupError, GradelineError
from gradeline.base.plurals import count
from gradeline.base.version import __version__
from gradeline.flows.backups import store as stores
from gradeline.flows.backups.copy_files import FileCopier, Watch, known_files
from gradeline.flows.backups.forgotten_list import keep_forgotten, lineage_of
from gradeline.flows.backups.keep import Deletion, delete_old
from gradeline.flows.backups.manifest import (
    Blob,
    Manifest,
    decode_manifest,
    encode_manifest,
)
from gradeline.flows.backups.watch import judge
from gradeline.flows.parts import Backups, Parts
from gradeline.lake import Lake, digest_of
from gradeline.warehouse import Connection, Database, Role, backups
from gradeline.warehouse.backups import BackupNote
from gradeline.warehouse.comparison import Fingerprint, fingerprint
from gradeline.warehouse.dump import export_snapshot, others_in, write_dump
from gradeline.warehouse.learners import forgotten
from gradeline.warehouse.schema.migrate import applied_migrations
from gradeline.warehouse.slices import claims, ledger

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class BackupResult:
    """What was made."""

    note: BackupNote
    manifest: Manifest
    deleted: Deletion  #: old backups; none where the new one has a problem


@dataclass(frozen=True, kw_only=True)
class _Moment:
    """What one transaction saw."""

    at: datetime
    pg_dump: int
    server: int
    schema: int
    content: Fingerprint
    named: frozenset[str]
    left_out: tuple[str, ...]
    lineage: str


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What is backed up, and where to."""

    database: Database
    lake: Lake
    spool: Path  #: a folder for files in transit
    plan: Backups


def origin_of(parts: Parts) -> Origin:
    """Return what is backed up of the wired Gradeline.

    Raises:
        BackupError: there is no place for backups.
    """
    if parts.backups is None:
        raise BackupError("No place for backups is set up.", hint="Set BACKUP_URL.")
    return Origin(database=parts.database, lake=parts.lake, spool=parts.spool, plan=parts.backups)


def back_up(origin: Origin, watch: Watch, *, smaller: bool = False) -> BackupResult:
    """Make a backup and note it; then delete old ones, if the new one is good.

    Args:
        origin: what is backed up.
        watch: shows how far the copying is.
        smaller: it is meant to have less than the one before.

    Raises:
        WrongUse: another process makes one.
        BackupError, WarehouseError, LakeError, DiskFull: none was made; that is noted, too.
    """
    plan, began = origin.plan, now()
    backup_id = stores.new_id(began)
    with origin.database.connect(autocommit=True) as connection, backups.one_at_a_time(connection):
        try:
            store = plan.open_store()
            with claims.share_lake(connection):
                manifest = _make(origin, store, backup_id, watch)
            problem = judge(connection, manifest, smaller=smaller)
        except (GradelineError, OSError) as error:
            _note_failure(connection, plan, backup_id, began, error)
            raise
        made = BackupNote(
            backup_id=backup_id,
            place=store.description,
            started_at=began,
            ended_at=now(),
            rows=manifest.content.rows,
            dump_bytes=manifest.dump.size,
            objects=len(manifest.files),
            object_bytes=manifest.file_bytes,
            problem=problem,
        )
        backups.note(connection, made)
        deleted = Deletion() if problem else delete_old(connection, plan, store, now())
    _log.info("made the backup %s in %s: %s", backup_id, store.description, problem or "good")
    return BackupResult(note=made, manifest=manifest, deleted=deleted)


def _note_failure(
    connection: Connection, plan: Backups, backup_id: str, began: datetime, error: Exception
) -> None:
    """Note that none was made; where the database does not answer, only the error tells."""
    try:
        place = plan.open_store().description
    except (GradelineError, OSError):
        place = "a place that cannot be opened"
    failed = BackupNote(
        backup_id=backup_id,
        place=place,
        started_at=began,
        ended_at=now(),
        problem=str(error) or type(error).__name__,
    )
    try:
        backups.note(connection, failed)
    except Exception as second:  # noqa: BLE001 - the first error is the one to show
        _log.error("that the backup failed could not be noted: %s", second)


def _make(origin: Origin, store: Lake, backup_id: str, watch: Watch) -> Manifest:
    plan = origin.plan
    with TemporaryDirectory(prefix="backup-", dir=origin.spool) as folder:
        dump = Path(folder, "database.dump")
        moment = _dump(origin.database, dump)
        blob = Blob(size=dump.stat().st_size, sha256=digest_of(dump))
        store.put_new(stores.dump_key(backup_id), dump)
        dump.unlink()
        copier = FileCopier(origin.lake, store, Path(folder), known_files(store, plan.keys))
        files, missing = copier.copy(moment.named, watch)
    forgotten_so_far = keep_forgotten(origin.database, store, plan.keys)
    manifest = Manifest(
        backup_id=backup_id,
        made_at=moment.at,
        gradeline=__version__,
        schema=moment.schema,
        server=moment.server,
        pg_dump=moment.pg_dump,
        dump=blob,
        content=moment.content,
        files=files,
        missing=missing,
        left_out=moment.left_out,
        lineage=moment.lineage,
        forgotten=forgotten_so_far,
    )
    content = encode_manifest(manifest, plan.keys)
    store.put_new(stores.manifest_key(backup_id), content)
    return _read_back(store, manifest, plan)


def _read_back(store: Lake, manifest: Manifest, plan: Backups) -> Manifest:
    """Return the manifest as the store has it.

    Raises:
        BackupDamaged, BackupError: the store does not have what was written.
    """
    backup_id = manifest.backup_id
    read, _ = decode_manifest(store.get(stores.manifest_key(backup_id)), plan.keys, backup_id)
    dump = store.find(stores.dump_key(backup_id))
    if read != manifest or dump is None or dump.size != manifest.dump.size:
        raise BackupError(
            f"{store.description} does not have the backup {backup_id} as it was written.",
            hint="Look at the store, then run `gradeline backup` again.",
        )
    return read


def _dump(database: Database, path: Path) -> _Moment:
    with database.connect() as connection:
        key = forgotten.ensure_key(connection)
    with database.connect(Role.BACKUP) as connection:
        snapshot = export_snapshot(connection)
        at = now()
        return _Moment(
            at=at,
            pg_dump=write_dump(database, path, snapshot=snapshot),
            server=connection.info.server_version // 10_000,
            schema=applied_migrations(connection)[-1].version,
            content=fingerprint(connection),
            named=ledger.named_keys(connection),
            left_out=tuple(name for _, name in others_in(connection)),
            lineage=lineage_of(key),
        )


def describe(result: BackupResult) -> str:
    """Say what was made, in a sentence."""
    note, manifest = result.note, result.manifest
    return (
        f"Backup {note.backup_id} is in {note.place}: {count(manifest.content.rows, 'row')},"
        f" {count(len(manifest.files), 'file')}"
        f" ({manifest.dump.size + manifest.file_bytes:,} bytes)."
    )
