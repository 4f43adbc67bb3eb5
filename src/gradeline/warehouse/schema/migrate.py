"""Bring a database up to the schema of this version: files in order, each in a transaction."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg.rows import TupleRow

from gradeline.base.errors import SchemaNewer, WarehouseError
from gradeline.base.plurals import count
from gradeline.base.version import __version__
from gradeline.warehouse.connect.database import Database
from gradeline.warehouse.connect.errors import first_line, map_error, map_psycopg_errors
from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.schema.move_aside import ASIDE, move_aside
from gradeline.warehouse.sql import query

MIGRATIONS = Path(__file__).parents[1] / "migrations"

_NAME = re.compile(r"^(\d{4})_(\w+)\.sql$")


@dataclass(frozen=True, kw_only=True)
class Migration:
    """One migration, as in its file."""

    version: int
    name: str
    text: LiteralString  #: our own file, so as trusted as a literal in the code
    sha256: str  #: of the text with unix line ends, so that a checkout on Windows agrees


@dataclass(frozen=True, kw_only=True)
class AppliedMigration:
    """One migration that a database has."""

    version: int
    name: str
    sha256: str
    written_by: str  #: the version of Gradeline that applied it


def read_migrations(folder: Path = MIGRATIONS) -> Sequence[Migration]:
    """Read all migrations of `folder`, in order.

    Raises:
        ValueError: a file is not called `NNNN_name.sql`, or a number stands twice.
    """
    migrations: dict[int, Migration] = {}
    for path in sorted(folder.glob("*.sql")):
        match = _NAME.match(path.name)
        if match is None or int(match[1]) in migrations:
            raise ValueError(f"{path.name}: a migration is called NNNN_name.sql, each number once")
        text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
        digest = hashlib.sha256(text.encode()).hexdigest()
        version = int(match[1])
        migrations[version] = Migration(version=version, name=match[2], text=text, sha256=digest)
    return list(migrations.values())


def migrate(
    database: Database,
    *,
    say: Callable[[str], None],
    before: Callable[[int], None] | None = None,
    migrations: Sequence[Migration] | None = None,
) -> list[int]:
    """Apply the missing migrations, one process at a time.

    Args:
        database: to bring up.
        say: prints a message when there is something to apply.
        before: called with the schema's present version when a database that already has a
            schema is about to change: the place for a backup.
        migrations: all of this version; by default those of the package.

    Returns:
        The versions that were applied.

    Raises:
        SchemaNewer: a newer Gradeline wrote this database.
        WarehouseError: an applied migration is no longer the same, or one has a mistake;
            what came before it stays applied.
    """
    ours = read_migrations() if migrations is None else migrations
    with database.connect(Role.OWNER, autocommit=True) as connection:
        if not _missing(ours, applied_migrations(connection)):
            return []
        _lock(connection, say)
        # Another process may have done the work while we waited.
        applied = applied_migrations(connection)
        missing = _missing(ours, applied)
        if applied and missing and before is not None:
            before(applied[-1].version)
        connection.execute(query("migrations", "create_table"))
        if missing:
            say(_what_comes(missing))
        try:
            for migration in missing:
                _apply(connection, migration, say)
        finally:
            # After a failure too: the next start backs up what is there, which takes rights.
            connection.execute(query("grants", "grant_all"))
    return [migration.version for migration in missing]


def applied_migrations(connection: psycopg.Connection[TupleRow]) -> list[AppliedMigration]:
    """Read the migrations that a database has, in order; none in an empty one."""
    with map_psycopg_errors():
        row = connection.execute(query("migrations", "has_table")).fetchone()
        if row is None or not row[0]:
            return []
        rows = connection.execute(query("migrations", "applied")).fetchall()
    return [AppliedMigration(version=v, name=n, sha256=s, written_by=w) for v, n, s, w in rows]


def _missing(
    migrations: Sequence[Migration], applied: Sequence[AppliedMigration]
) -> list[Migration]:
    ours = {migration.version: migration for migration in migrations}
    newest = max(ours, default=-1)
    for step in applied:
        if step.version > newest:
            raise SchemaNewer(
                f"This database was written by Gradeline {step.written_by}"
                f" (schema {step.version:04d}); this is {__version__} (schema {newest:04d}).",
                hint=f"Install Gradeline {step.written_by} or newer.",
            )
        if step.version not in ours or ours[step.version].sha256 != step.sha256:
            raise WarehouseError(
                f"Migration {step.version:04d} {step.name} of this database, applied by Gradeline"
                f" {step.written_by}, is not the one that this installation ships.",
                hint="Install an unchanged Gradeline, or start from an empty database.",
            )
    known = {step.version for step in applied}
    return [migration for migration in migrations if migration.version not in known]


def _what_comes(missing: Sequence[Migration]) -> str:
    """Say which changes are made; they need not be the newest of all that there are."""
    first, last = (f"{each.version:04d}_{each.name}" for each in (missing[0], missing[-1]))
    span = first if len(missing) == 1 else f"{first} to {last}"
    return f"Updating the schema: {count(len(missing), 'migration')}, {span} …"


def _lock(connection: psycopg.Connection[TupleRow], say: Callable[[str], None]) -> None:
    row = connection.execute(query("migrations", "try_lock")).fetchone()
    if row is not None and row[0]:
        return
    say("Waiting for another process that updates the schema …")
    connection.execute(query("migrations", "lock"))


def _apply(
    connection: psycopg.Connection[TupleRow], migration: Migration, say: Callable[[str], None]
) -> None:
    facts = {"version": migration.version, "name": migration.name, "sha256": migration.sha256}
    try:
        with connection.transaction():
            moved = move_aside(connection, migration.text)
            connection.execute(migration.text)
            connection.execute(query("migrations", "record"), facts | {"written_by": __version__})
        for name in moved:
            say(f"The table {name}, which Gradeline did not make, is now {ASIDE}.{name}.")
    except psycopg.Error as error:
        if error.sqlstate is None or error.sqlstate[:2] in ("08", "53", "57"):
            raise map_error(error) from None
        raise WarehouseError(
            f"Migration {migration.version:04d} {migration.name} failed: {first_line(error)}"
            f" ({error.sqlstate}).",
            hint="The database is as it was before this migration.",
        ) from None
