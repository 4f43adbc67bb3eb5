"""Dumps that are replaced each day: whole sets of tables in one file, proven before it counts."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from gradeline.base.errors import WarehouseError
from gradeline.warehouse.connect.database import Database
from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.dump import dump_tables, export_snapshot
from gradeline.warehouse.install import catalog
from gradeline.warehouse.install.catalog import Digest
from gradeline.warehouse.install.dumps import UNPROVEN, sync_folder
from gradeline.warehouse.install.scratch import restore_files, scratch_database


def replace_latest(
    database: Database, files: Mapping[str, Sequence[str]], folder: Path
) -> Mapping[str, int]:
    """Dump tables as of one moment, restore and compare them, and replace the files.

    Others go on writing meanwhile.

    Args:
        database: where the tables are.
        files: name of a file → its tables; a file stands after those that it refers to.
        folder: of the files; created if needed.

    Returns:
        Name of a file → how many rows it has.

    Raises:
        WarehouseError: what was restored differs, or a program failed; the files are as before.
        DiskFull: the disk is full.
    """
    folder.mkdir(parents=True, exist_ok=True)
    spool = Path(tempfile.mkdtemp(prefix=UNPROVEN, dir=folder))
    try:
        tables = [table for own in files.values() for table in own]
        rows = _dump(database, files, spool)
        with scratch_database(database) as scratch:
            restore_files(scratch, {spool / name: own for name, own in files.items()})
            _compare(scratch, tables, rows)
        for name in files:
            (spool / name).replace(folder / name)
        sync_folder(folder)
    finally:
        shutil.rmtree(spool)
    return {name: sum(rows[table].rows for table in own) for name, own in files.items()}


def _dump(
    database: Database, files: Mapping[str, Sequence[str]], spool: Path
) -> Mapping[str, Digest]:
    """Write the files and return the digest of each table as of the same moment."""
    with database.connect(Role.BACKUP) as connection:
        snapshot = export_snapshot(connection)
        for name, tables in files.items():
            dump_tables(database, tables, spool / name, snapshot=snapshot)
        return {table: catalog.digest(connection, table) for own in files.values() for table in own}


def _compare(scratch: Database, tables: Sequence[str], rows: Mapping[str, Digest]) -> None:
    with scratch.connect(Role.BACKUP) as connection:
        differing = [table for table in tables if catalog.digest(connection, table) != rows[table]]
    if differing:
        raise WarehouseError(
            f"What was restored from the dump differs from {', '.join(differing)}.",
            hint="The files of the last time are as they were. Run again.",
        )
