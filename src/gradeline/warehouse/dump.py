"""Dumps: a database in one file of pg_dump's own format, or tables and schema as plain SQL.

- `write_dump` and `restore_dump`: all of a database, for backups, migrations and buckets.
- `dump_tables` and `restore_sql`: chosen tables as SQL that psql reads, for people.
- `dump_schema`: the schema as SQL.

Each writes a file whole or not at all, and leaves out nothing silently: row security makes
pg_dump fail instead of dumping less.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from psycopg import sql

from gradeline.base.errors import WarehouseError
from gradeline.embedded.programs import clean_environment
from gradeline.warehouse.client_programs import (
    Server,
    failed,
    find_program,
    run_program,
    server_of,
    version_of,
)
from gradeline.warehouse.connect.database import Connection, Database, create_database
from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.psql import client_environment
from gradeline.warehouse.sql import query

#: pg_restore writes this line for any server, and servers before 17 refuse it.
_SINCE_17 = b"SET transaction_timeout = 0;\n"
#: The last line before anything of the database in what pg_restore writes.
_HEAD_ENDS = b"SET row_security = off;\n"
_PIECE = 1024 * 1024


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


def write_dump(database: Database, path: Path, *, snapshot: str | None = None) -> int:
    """Write all that is ours of a database to `path` in pg_dump's own format, or no file at all.

    What gradeline_owner does not own, such as tables that were there before ours, is left out.

    Args:
        database: what is dumped.
        path: of the file.
        snapshot: that a transaction exported (`pg_export_snapshot`); None = as of now.

    Returns:
        The version of pg_dump: an older pg_restore cannot read the file.

    Raises:
        WarehouseError: pg_dump failed, and its words are in the message; or its file has no table.
        DiskFull: the disk is full.
    """
    failure = f"The database could not be backed up to {path}"
    server = server_of(database)
    program = find_program("pg_dump", server)
    written_by = version_of(program) or server.major
    with _written(path) as temporary:
        options = ["--no-password", "--format=custom", f"--file={temporary}", *_scope(database)]
        if snapshot is not None:
            options.append(f"--snapshot={snapshot}")
        run_program(database, Role.BACKUP, [program, *options], failure=failure)
        if not list_dump(temporary, written_by):
            raise WarehouseError(f"{failure}: pg_dump wrote a file without a single table.")
    return written_by


def export_snapshot(connection: Connection) -> str:
    """Begin to read as of one moment; return its name, for `write_dump` while this goes on."""
    connection.execute(query("session", "one_moment"))
    row = connection.execute(query("comparison", "export_snapshot")).fetchone()
    return str(row[0]) if row else ""


def others_in(connection: Connection) -> Sequence[tuple[bool, str]]:
    """Return what a dump leaves out, since it is not ours: whether it is a schema, its name."""
    found = connection.execute(query("comparison", "others"))
    return [(bool(whole), name) for whole, name in found]


def list_dump(path: Path, written_by: int) -> frozenset[str]:
    """Return the tables, as `schema name`, whose rows a file of `write_dump` has.

    Args:
        path: of the file.
        written_by: the version of pg_dump.

    Raises:
        WarehouseError: it is no such file, or this machine has no pg_restore that reads it.
    """
    program = find_program("pg_restore", Server(major=written_by, tls=False, embedded=False))
    done = subprocess.run(
        [str(program), "--list", str(path)],
        env=dict(clean_environment()),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        raise failed(f"{path} is not a dump", done.stderr.decode("utf-8", "replace"))
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    parts = (line.partition(" TABLE DATA ")[2].split(" ") for line in lines if line[:1] != ";")
    return frozenset(" ".join(words[:2]) for words in parts if len(words) > 1)


def restore_dump(database: Database, path: Path, *, written_by: int | None = None) -> None:
    """Fill an empty database, which has our roles, from a file of `write_dump`: all or nothing.

    Args:
        database: what is filled, as its login.
        path: of the file.
        written_by: the version of pg_dump; None = that of this machine.

    Raises:
        WarehouseError: pg_restore failed; its words are in the message.
        DiskFull: the disk is full.
    """
    failure = f"The database could not be restored from {path}"
    server = server_of(database)
    program = find_program("pg_restore", server, at_least=max(written_by or 0, server.major))
    if server.major < 17:
        _restore_through_psql(database, path, program, server)
        return
    options = ["--no-password", "-1", "--exit-on-error", f"--dbname={database.name}", str(path)]
    run_program(database, None, [program, *options], failure=failure)


def dump_tables(
    database: Database, tables: Sequence[str], path: Path, *, snapshot: str | None = None
) -> None:
    """Write tables of schema public, with their rows, to `path` as SQL that psql reads.

    Args:
        database: where they are.
        tables: their names.
        path: of the file; on an error none remains.
        snapshot: that a transaction exported (`pg_export_snapshot`); None = as of now.

    Raises:
        WarehouseError: pg_dump failed, as where a table does not exist.
        DiskFull: the disk is full.
    """
    program = find_program("pg_dump", server_of(database))
    with _written(path) as temporary:
        options = ["--no-password", "--strict-names", f"--file={temporary}"]
        options += [f'--table=public."{name}"' for name in tables]
        if snapshot is not None:
            options.append(f"--snapshot={snapshot}")
        failure = f"The tables {', '.join(tables)} could not be dumped to {path}"
        run_program(database, Role.BACKUP, [program, *options], failure=failure)


def restore_sql(path: Path, database: Database) -> None:
    """Run a file of `dump_tables` on a database that lacks these tables: all or nothing.

    Raises:
        WarehouseError: psql failed; its words are in the message.
        DiskFull: the disk is full.
    """
    server = server_of(database)
    with path.open("rb") as file, tempfile.TemporaryFile() as script:
        _copy_for(server, file, script)
        script.seek(0)
        run_program(
            database,
            None,
            _psql(server),
            failure=f"The database could not be restored from {path}",
            stdin=script,
        )


def dump_schema(database: Database) -> str:
    """Return the schema public of a database as SQL, without owners.

    Raises:
        WarehouseError: pg_dump failed; its words are in the message.
    """
    options = ["--no-password", "--schema-only", "--schema=public", "--no-owner"]
    program = find_program("pg_dump", server_of(database))
    failure = "The schema could not be read"
    return run_program(database, Role.BACKUP, [program, *options], failure=failure)


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


def _scope(database: Database) -> Sequence[str]:
    """Return the options by which pg_dump takes all that is ours.

    Raises:
        WarehouseError: row security could hide rows from it.
    """
    with database.connect(Role.BACKUP) as connection:
        others = others_in(connection)
        hidden = [name for (name,) in connection.execute(query("comparison", "hidden"))]
        bypasses = connection.execute(query("comparison", "bypasses")).fetchone()
    if hidden:
        raise WarehouseError(
            f"Row security could hide rows of {', '.join(hidden)} from {Role.BACKUP}.",
            hint=f"Let an administrator run there: alter role {Role.BACKUP} bypassrls;",
        )
    options = [
        f'--exclude-schema="{name}"' if whole else f'--exclude-table=public."{name}"'
        for whole, name in others
    ]
    # Without the option pg_dump fails for a role that row security binds, whatever it may see.
    return options if bypasses == (True,) else ["--enable-row-security", *options]


def _restore_through_psql(database: Database, path: Path, program: Path, server: Server) -> None:
    """Restore into a server before 17, which refuses a line that pg_restore writes."""
    failure = f"The database could not be restored from {path}"
    with tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as script:
        with subprocess.Popen(
            [str(program), "--file=-", str(path)],
            env={**clean_environment(), **client_environment(database, None)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        ) as reading:
            if reading.stdout is not None:
                _copy_for(server, reading.stdout, script)
        if reading.returncode != 0:
            errors.seek(0)
            raise failed(failure, errors.read().decode("utf-8", "replace"))
        script.seek(0)
        run_program(database, None, _psql(server), failure=failure, stdin=script)


def _psql(server: Server) -> Sequence[str | Path]:
    # -X: nobody's .psqlrc. A file of SQL is of the school or of its backup, and psql has commands
    # that run programs; pg_dump's own \restrict closes them.
    options = ("--no-password", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-f", "-")
    return (find_program("psql", server), *options)


def _copy_for(server: Server, source: IO[bytes], target: IO[bytes]) -> None:
    """Copy a script, without the line at its head that an old server refuses."""
    for line in source:
        if server.major >= 17 or line != _SINCE_17:
            target.write(line)
        if line == _HEAD_ENDS:
            break
    while piece := source.read(_PIECE):
        target.write(piece)


@contextmanager
def _written(path: Path) -> Iterator[Path]:
    """Yield a file to write, which takes the place of `path` once it is on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(descriptor)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
