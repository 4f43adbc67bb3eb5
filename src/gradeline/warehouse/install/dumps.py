"""Dumps of single tables by day, proven before anything depends on them.

`<folder>/<table>_YYYYMMDD.sql`; a second one of a day is `<table>_YYYYMMDD_HHMMSS.sql`.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gradeline.base.errors import WarehouseError
from gradeline.warehouse.connect.database import Connection, Database
from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.dump import dump_tables
from gradeline.warehouse.install import catalog
from gradeline.warehouse.install.catalog import Digest
from gradeline.warehouse.install.scratch import restore_tables, scratch_database

#: The beginning of folders for dumps that are not proven yet.
UNPROVEN = ".unproven-"
_STAMP = re.compile(r"_(\d{8})(?:_(\d{6}))?(?:_(\d+))?\.sql$")


@dataclass(frozen=True, kw_only=True)
class TableDump:
    """A proven dump of a table."""

    table: str
    path: Path
    sha256: str
    rows: int


def make_dumps(
    connection: Connection, database: Database, tables: Sequence[str], folder: Path, at: datetime
) -> list[TableDump]:
    """Dump tables, restore them into a scratch database, compare, and keep the files.

    Args:
        connection: holds locks that keep others from writing the tables; acts as the owner.
        database: where the tables are.
        tables: that have rows; each after those that it refers to.
        folder: of the dumps; created if needed.
        at: on the school's clock, for their names.

    Raises:
        WarehouseError: pg_dump or psql failed, or what was restored differs; no file remains.
        DiskFull: the disk is full.
    """
    if not tables:
        return []
    with _unproven(folder) as spool:
        paths = {table: spool / f"{table}.sql" for table in tables}
        for table, path in paths.items():
            dump_tables(database, [table], path)
        with scratch_database(database) as scratch:
            _refuse_foreign(connection, scratch, tables)
            restore_tables(scratch, paths)
            rows = compare(connection, database, scratch, tables)
        kept = [
            TableDump(
                table=table,
                path=_keep(path, folder, at),
                sha256=sha256_of(path),
                rows=rows[table].rows,
            )
            for table, path in paths.items()
        ]
        sync_folder(folder)
    return kept


def compare(
    connection: Connection, database: Database, scratch: Database, tables: Sequence[str]
) -> Mapping[str, Digest]:
    """Compare tables with their copies in a scratch database; return their digests.

    Raises:
        WarehouseError: one differs, in its rows or in how it is made.
    """
    ours, copy = catalog.shape(connection, tables), _shape(scratch, tables)
    differing = {
        table
        for table, part in ours.keys() | copy
        if ours.get((table, part)) != copy.get((table, part))
    }
    found = {}
    with database.connect(Role.BACKUP) as one, scratch.connect(Role.BACKUP) as other:
        for table in tables:
            found[table] = catalog.digest(one, table)
            if found[table] != catalog.digest(other, table):
                differing.add(table)
    if differing:
        raise WarehouseError(
            f"What was restored from the dump differs from {', '.join(sorted(differing))}.",
            hint="Nothing was dropped. Run again while nobody changes these tables.",
        )
    return found


def find_dumps(folder: Path, table: str) -> list[Path]:
    """Return the dumps of a table, the newest first."""
    paths = folder.glob(f"{table}_*.sql") if folder.is_dir() else ()
    stamps = {path: _STAMP.search(path.name) for path in paths}
    fitting = {
        path: (match[1], match[2] or "", int(match[3] or 0))
        for path, match in stamps.items()
        if match and path.name[: match.start()] == table
    }
    return sorted(fitting, key=lambda path: fitting[path], reverse=True)


def delete_unproven(folder: Path) -> None:
    """Delete the dumps that an install which was killed did not prove."""
    for path in folder.glob(f"{UNPROVEN}*") if folder.is_dir() else ():
        shutil.rmtree(path)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _unproven(folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    spool = Path(tempfile.mkdtemp(prefix=UNPROVEN, dir=folder))
    try:
        yield spool
    finally:
        shutil.rmtree(spool)


def _keep(path: Path, folder: Path, at: datetime) -> Path:
    """Give a file its name for good; a file of that name stays what it is."""
    day = f"{path.stem}_{at:%Y%m%d}"
    names = [day, f"{day}_{at:%H%M%S}", *(f"{day}_{at:%H%M%S}_{n}" for n in range(2, 100))]
    for name in names:
        try:
            os.link(path, folder / f"{name}.sql")
        except FileExistsError:
            continue
        return folder / f"{name}.sql"
    raise WarehouseError(f"{folder} has a hundred dumps of {path.stem} of this second.")


def _refuse_foreign(connection: Connection, scratch: Database, tables: Sequence[str]) -> None:
    """Refuse tables with columns, indexes or the like that would not be made again."""
    declared = _shape(scratch, tables)
    foreign = sorted(
        f"{table}: {part}"
        for (table, part), definition in catalog.shape(connection, tables).items()
        if declared.get((table, part)) != definition
    )
    if foreign:
        raise WarehouseError(
            "These tables have what Gradeline did not make and would not make again:"
            f" {'; '.join(foreign[:5])}.",
            hint="Nothing was dropped. Remove it, or keep the tables as they are.",
        )


def _shape(database: Database, tables: Sequence[str]) -> Mapping[tuple[str, str], str]:
    with database.connect(Role.OWNER) as connection:
        return catalog.shape(connection, tables)


def sync_folder(folder: Path) -> None:
    """Write the folder's names to the disk, where the system can."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
