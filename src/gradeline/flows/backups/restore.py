"""Restore a backup into a fresh place, and compare everything before it is declared good.

1. Nothing is touched where the place is not empty, or its PostgreSQL is older than the backup's.
2. Objects first, each read again from where it was written; then the database, all or nothing.
3. Rows, sequences, columns, policies, rights and functions are compared with the manifest.

A file in the home says that a restore is under way: after a kill the same restore goes on, and no
other command takes the half of it for the whole.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from gradeline.base.errors import BackupError, SchemaNewer
from gradeline.flows.backups import store as stores
from gradeline.flows.backups.copy_files import Watch, people_files
from gradeline.flows.backups.forgotten_list import Digests, read_forgotten
from gradeline.flows.backups.manifest import Blob, Manifest, StoredFile, Trust, unsigned
from gradeline.flows.backups.store import Backup
from gradeline.flows.backups.verify import fetch, restored_differences
from gradeline.flows.parts import Backups
from gradeline.lake import Lake, digest_of
from gradeline.lake.places import MACHINE
from gradeline.warehouse import Database, ServerLocation, open_warehouse
from gradeline.warehouse.client_programs import server_of
from gradeline.warehouse.comparison import is_empty
from gradeline.warehouse.dump import restore_dump
from gradeline.warehouse.schema.migrate import read_migrations

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a backup is restored to."""

    server: ServerLocation
    lake: Lake
    spool: Path
    mark: Path  #: the file that says that a restore is under way


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What is restored, and how."""

    backup_id: str
    unsigned: bool = False  #: also where its signature cannot be checked
    lake_stays: bool = False  #: the lake has objects already, and gets what it lacks


@dataclass(frozen=True, kw_only=True)
class RestoreResult:
    """What was restored and compared."""

    manifest: Manifest
    forgotten: Digests  #: of everybody who was forgotten by now


def restore(
    plan: Backups, choice: Choice, place: Place, say: Callable[[str], None], watch: Watch
) -> RestoreResult:
    """Restore a backup into a fresh place; the caller then forgets again who has to be.

    Raises:
        BackupUnsigned: its signature cannot be checked, and it is not to be taken as it is.
        BackupError: it is damaged, the place is not empty or too old, or what was restored is not
            what was backed up.
        SchemaNewer: a newer Gradeline made it.
        WarehouseError, LakeError, DiskFull: the place cannot be used.
    """
    store = plan.open_store()
    backup = stores.read_backup(store, choice.backup_id, plan.keys)
    _check_trust(backup, choice)
    manifest = backup.manifest
    goes_on = _is_under_way(place.mark, manifest.backup_id)
    digests, trust = read_forgotten(store, manifest.lineage, plan.keys)
    if trust != Trust.SIGNED and not choice.unsigned:
        raise unsigned("The list of forgotten learners")
    if len(digests) < manifest.forgotten:
        raise BackupError(
            "The list of forgotten learners beside the backup is not there, or is an older one.",
            hint=f"Put back {stores.FORGOTTEN}/ of {store.description} from a copy of it.",
        )
    with open_warehouse(place.server, say=say, migrate=False) as database:
        _check_server(database, manifest)
        fresh = is_empty(database)
        if not goes_on:
            _check_empty(database, place, fresh=fresh, lake_stays=choice.lake_stays)
        _mark(place.mark, manifest.backup_id)
        with TemporaryDirectory(prefix="restore-", dir=place.spool) as folder:
            for number, file in enumerate(manifest.files, start=1):
                _restore_file(store, file, place.lake, Path(folder), stays=choice.lake_stays)
                watch(number, len(manifest.files), file.key)
            if fresh:
                _restore_database(store, manifest, database, Path(folder))
        if fresh or not _was_finished(place.mark):
            _compare(database, manifest)
        _finished(place.mark, manifest.backup_id)
    _log.info("restored the backup %s", manifest.backup_id)
    return RestoreResult(manifest=manifest, forgotten=digests)


def _check_trust(backup: Backup, choice: Choice) -> None:
    if backup.trust != Trust.SIGNED and not choice.unsigned:
        raise unsigned(f"Backup {backup.backup_id}")
    newest = read_migrations()[-1].version
    if backup.manifest.schema > newest:
        raise SchemaNewer(
            f"Backup {backup.backup_id} was made by Gradeline {backup.manifest.gradeline} (schema"
            f" {backup.manifest.schema:04d}); this one knows schema {newest:04d}.",
            hint=f"Install Gradeline {backup.manifest.gradeline} or newer.",
        )


def _check_server(database: Database, manifest: Manifest) -> None:
    major = server_of(database).major
    if major < manifest.server:
        raise BackupError(
            f"The backup is of PostgreSQL {manifest.server}, and {database.description} is"
            f" PostgreSQL {major}: a dump goes only onto the same or a newer version.",
            hint=f"Name a server of PostgreSQL {manifest.server} or newer in DATABASE_URL, or unset"
            " it and DB_HOST to use the one that comes with Gradeline.",
        )


def _check_empty(database: Database, place: Place, *, fresh: bool, lake_stays: bool) -> None:
    if not fresh:
        raise BackupError(
            f"{database.description} is not empty, so nothing is restored into it.",
            hint="Name a database that does not exist yet in DATABASE_URL (or DB_NAME), or another"
            " folder with --home.",
        )
    if lake_stays:
        return
    first = next(iter(_contents(place.lake)), None)
    if first is not None:
        raise BackupError(
            f"{place.lake.description} is not empty: it has {first}. Nothing is restored into it.",
            hint="Name another folder with --home, or another LAKE_URL. To keep what the lake has,"
            " and add what it lacks, use --lake-stays.",
        )


def _contents(lake: Lake) -> Iterator[str]:
    """Yield the keys of what a lake has, but for what says how it is kept."""
    for kind in ("raw", "facts"):
        yield from (item.key for item in lake.list(f"{MACHINE}/{kind}/"))
    yield from (item.key for item in people_files(lake))


def _restore_file(store: Lake, file: StoredFile, lake: Lake, folder: Path, *, stays: bool) -> None:
    """Write one file, and read it again from where it is.

    Raises:
        BackupError: it is damaged in the backup, or where it was written.
    """
    machine = file.key.startswith(f"{MACHINE}/")
    if stays and not machine and lake.exists(file.key):
        return
    transit = folder / "file"
    blob = Blob(size=file.size, sha256=file.sha256)
    fetch(store, stores.object_key(file.sha256), blob, transit)
    if machine:
        lake.put_new(file.key, transit)
    else:
        lake.replace(file.key, transit)
    path = lake.local_path(file.key)
    if path is None:
        lake.download(file.key, transit)
        path = transit
    if digest_of(path) != file.sha256:
        raise BackupError(
            f"{file.key} was written to {lake.description} and is not there as it was written.",
            hint="Look at the disk or the store, then run the same command again.",
        )
    transit.unlink()


def _restore_database(store: Lake, manifest: Manifest, database: Database, folder: Path) -> None:
    dump = folder / "database.dump"
    fetch(store, stores.dump_key(manifest.backup_id), manifest.dump, dump)
    restore_dump(database, dump, written_by=manifest.pg_dump)
    dump.unlink()


def _compare(database: Database, manifest: Manifest) -> None:
    differ = restored_differences(database, manifest)
    if differ:
        more = f" And {len(differ) - 5} more." if len(differ) > 5 else ""
        raise BackupError(
            f"What was restored is not what was backed up. {' '.join(differ[:5])}{more}",
            hint="Do not use it. Delete the new place and restore another backup.",
        )


def _is_under_way(mark: Path, backup_id: str) -> bool:
    """Whether a killed process has begun to restore this backup here.

    Raises:
        BackupError: it was another backup.
    """
    if not mark.exists():
        return False
    begun = str(json.loads(mark.read_text(encoding="utf-8"))["backup_id"])
    if begun != backup_id:
        raise BackupError(
            f"{mark.parent} has half of the backup {begun}.",
            hint=f"Run `gradeline restore {begun}`, or take another folder.",
        )
    return True


def _was_finished(mark: Path) -> bool:
    return bool(json.loads(mark.read_text(encoding="utf-8")).get("compared"))


def _mark(mark: Path, backup_id: str) -> None:
    if not mark.exists():
        mark.write_text(json.dumps({"backup_id": backup_id}) + "\n", encoding="utf-8")


def _finished(mark: Path, backup_id: str) -> None:
    """Note that the place was compared: what comes now changes it on purpose."""
    done = json.dumps({"backup_id": backup_id, "compared": True}) + "\n"
    mark.write_text(done, encoding="utf-8")


@contextmanager
def under_way(mark: Path) -> Iterator[None]:
    """Delete the mark of a restore at the end of a block that ends well."""
    yield
    mark.unlink(missing_ok=True)
