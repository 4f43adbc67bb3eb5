"""Dumps of an embedded database, made before its schema changes."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from gradeline.base.errors import DiskFull, WarehouseError
from gradeline.embedded.programs import clean_environment, program_path
from gradeline.warehouse.connect.database import Database
from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.psql import client_environment


def dump_before_migration(
    database: Database, home: Path, say: Callable[[str], None]
) -> Callable[[int], None]:
    """Return what `migrate` calls before it changes a schema: it dumps to `<home>/backup/`."""

    def dump(version: int) -> None:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        path = home / "backup" / f"schema_{version:04d}_{stamp}.dump"
        say(f"Backing up before the schema changes: {path}")
        write_dump(database, path)

    return dump


def write_dump(database: Database, path: Path) -> None:
    """Write the whole database to `path` in pg_dump's own format; on an error no file remains.

    Raises:
        WarehouseError: pg_dump failed; its words are in the message.
        DiskFull: the disk is full.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(descriptor)
    temporary = Path(name)
    try:
        command = [str(program_path("pg_dump")), "--format=custom", "--no-password", "--file", name]
        result = subprocess.run(
            command,
            env={**clean_environment(), **client_environment(database, Role.BACKUP)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode != 0:
            output = result.stderr.strip()
            kind = DiskFull if "No space left" in output else WarehouseError
            raise kind(f"The database could not be backed up to {path}: {output}")
        _sync(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
