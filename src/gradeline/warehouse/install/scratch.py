"""Scratch databases: where a dump is tried before anything depends on it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from psycopg import sql

from gradeline.base.errors import WarehouseError
from gradeline.warehouse.connect.database import Database
from gradeline.warehouse.connect.errors import map_psycopg_errors
from gradeline.warehouse.connect.roles import Role, ensure_roles
from gradeline.warehouse.dump import drop_database, replace_database, restore_sql
from gradeline.warehouse.install.make import make_links
from gradeline.warehouse.install.statements import declared_statements
from gradeline.warehouse.sql import query

_FILE = "install"


@contextmanager
def scratch_database(database: Database) -> Iterator[Database]:
    """Make a database with our schema and no rows on the same server; drop it at the end.

    Raises:
        WarehouseError: the login may not create databases.
        DiskFull: there is no room for a second one.
    """
    _refuse_without_right(database)
    scratch = database.sibling(f"{_prefix(database)}{uuid.uuid4().hex[:8]}")
    replace_database(scratch)
    try:
        with map_psycopg_errors():
            with scratch.connect_as_login() as connection:
                ensure_roles(connection)
            with scratch.connect(Role.OWNER) as connection:
                connection.execute(query(_FILE, "trust_functions"))
                texts = [one.text for one in declared_statements() if not one.is_of_the_schema]
                connection.execute("\n".join(texts))
        yield scratch
    finally:
        drop_database(scratch)


def _refuse_without_right(database: Database) -> None:
    with database.connect_as_login() as connection:
        row = connection.execute(query(_FILE, "creates_databases")).fetchone()
    if row is None or not row[0]:
        login = database.login.user
        statement = sql.SQL(query(_FILE, "allow_databases")).format(login=sql.Identifier(login))
        raise WarehouseError(
            f"The login {login!r} may not create databases, and no dump is trusted that was not"
            " restored into one.",
            hint=f"Nothing was changed. Let an administrator run there: {statement.as_string()}",
        )


def drop_left_behind(database: Database) -> None:
    """Drop the scratch databases of installs that were killed; the caller holds the lock."""
    with database.connect_as_login() as connection:
        rows = connection.execute(
            query(_FILE, "scratch_databases"), {"prefix": _prefix(database)}
        ).fetchall()
    for (name,) in rows:
        drop_database(database.sibling(name))


def restore_tables(scratch: Database, dumps: Mapping[str, Path]) -> None:
    """Put the tables of dumps in the place of those of a scratch database.

    Args:
        scratch: of `scratch_database`.
        dumps: table → the file of `dump_tables` with it alone; a table stands after those that
            it refers to.

    Raises:
        WarehouseError: a dump cannot be restored, or its rows refer to others that are missing.
    """
    restore_files(scratch, {path: [table] for table, path in dumps.items()})


def restore_files(scratch: Database, files: Mapping[Path, Sequence[str]]) -> None:
    """Put the tables of files in the place of those of a scratch database.

    Args:
        scratch: of `scratch_database`.
        files: a file of `dump_tables` → its tables; a file stands after those that it refers to.

    Raises:
        WarehouseError: a file cannot be restored, or its rows refer to others that are missing.
    """
    for path, tables in files.items():
        names = sql.SQL(", ").join(map(sql.Identifier, tables))
        with map_psycopg_errors(), scratch.connect(Role.OWNER) as connection:
            connection.execute(sql.SQL(query(_FILE, "drop_tables")).format(tables=names))
        restore_sql(path, scratch)
    with map_psycopg_errors(), scratch.connect(Role.OWNER) as connection:
        put_off = make_links(connection, {table for own in files.values() for table in own})
    if put_off:
        names_of = ", ".join(f"{one.table} ({one.name})" for one in put_off)
        raise WarehouseError(f"Rows of the dumps refer to rows that no dump has: {names_of}.")


def _prefix(database: Database) -> str:
    # A name of PostgreSQL has at most 63 bytes.
    return f"{database.name[:40]}_install_"
