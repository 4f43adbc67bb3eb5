"""Dumps of an embedded database: one file that holds all of it, written and read back."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from psycopg import sql

from gradeline.base.errors import DiskFull, WarehouseError
from gradeline.embedded.programs import clean_environment, program_path
from gradeline.warehouse.connect.database import Connection, Database, create_database
from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.psql import client_environment
from gradeline.warehouse.sql import query


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
        _run(
            ["pg_dump", "--format=custom", "--file", name],
            client_environment(database, Role.BACKUP),
            f"The database could not be backed up to {path}",
        )
        _sync(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def restore_dump(database: Database, path: Path) -> None:
    """Fill an empty database, which has our roles, from a file of `write_dump`: all or nothing.

    Raises:
        WarehouseError: pg_restore failed; its words are in the message.
        DiskFull: the disk is full.
    """
    _run(
        ["pg_restore", "-1", "--exit-on-error", f"--dbname={database.name}", str(path)],
        client_environment(database, None),
        f"The database could not be restored from {path}",
    )


def replace_database(database: Database) -> None:
    """Drop the database if it exists, whoever is connected to it, and create it empty.

    Raises:
        WarehouseError: the login may not.
    """
    drop_database(database)
    create_database(database.login, database.name)


def drop_database(database: Database) -> None:
    """Drop the database if it exists, whoever is connected to it.

    Raises:
        WarehouseError: the login may not.
    """
    name = sql.Identifier(database.name)
    with database.sibling("postgres").connect_as_login() as session:
        session.execute(sql.SQL(query("session", "drop_database")).format(database=name))


def next_transaction(connection: Connection) -> int:
    """Return a number that grows whenever something is written: equal = nothing to dump again."""
    row = connection.execute(query("session", "next_transaction")).fetchone()
    return int(row[0]) if row else 0


def _run(command: Sequence[str], variables: Mapping[str, str], failure: str) -> None:
    """Run a program of PostgreSQL to its end."""
    program, *arguments = command
    result = subprocess.run(
        [str(program_path(program)), "--no-password", *arguments],
        env={**clean_environment(), **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        output = result.stderr.strip()
        kind = DiskFull if "No space left" in output else WarehouseError
        raise kind(f"{failure}: {output}")


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
