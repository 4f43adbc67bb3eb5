"""Open the warehouse, embedded or by URL, with its roles and schema."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql

from gradeline.base.errors import WarehouseError, WarehouseUnavailable
from gradeline.warehouse.connect.database import (
    Connection,
    Database,
    WarehouseStarting,
    create_database,
)
from gradeline.warehouse.connect.errors import map_psycopg_errors
from gradeline.warehouse.connect.logins import set_password, with_entry_logins
from gradeline.warehouse.connect.pooler import open_lasting_session
from gradeline.warehouse.connect.roles import Role, audit_roles, close_database, ensure_roles
from gradeline.warehouse.connect.url import database_from_url
from gradeline.warehouse.dump import dump_before_migration, replace_database, restore_dump
from gradeline.warehouse.location import EmbeddedServer, ServerLocation
from gradeline.warehouse.schema.migrate import migrate as bring_up
from gradeline.warehouse.shared_server import running_server
from gradeline.warehouse.sql import query

#: The oldest server that has what we use (MERGE, security_invoker, nulls not distinct).
OLDEST = 15

#: Seconds between two looks at a server that starts.
_LOOK_S = 0.1


@dataclass(frozen=True, kw_only=True)
class DatabaseContent:
    """What replaces the content of a database before it is opened."""

    dump: Path | None  #: a file of `write_dump`; None = the database is emptied


@contextmanager
def open_warehouse(
    place: ServerLocation,
    *,
    say: Callable[[str], None],
    migrate: bool = True,
    content: DatabaseContent | None = None,
) -> Iterator[Database]:
    """Open the warehouse at `place`, with the roles and the schema that this version needs.

    An embedded server is started if needed and stopped by its last user.

    Args:
        place: where the server is.
        say: prints a message about something that takes time.
        migrate: bring the schema up to this version.
        content: what replaces the content of an embedded database; None = nothing does.

    Raises:
        WarehouseUnavailable: no server answers there.
        LoginRefused: it does not take the login.
        SchemaNewer: a newer Gradeline wrote the database.
        WarehouseError: it cannot be used; the message says why and what to do.
    """
    if isinstance(place, EmbeddedServer):
        with running_server(place, say=say) as database:
            if content is not None:
                _replace(database, content, say)
            _prepare(database, say, migrate=migrate, home=place.home)
            yield database
    else:
        database = with_entry_logins(database_from_url(place.url), place)
        _prepare(database, say, migrate=migrate, home=None)
        yield database


def _replace(database: Database, content: DatabaseContent, say: Callable[[str], None]) -> None:
    """Replace a database by a dump, or by an empty one where there is none."""
    with map_psycopg_errors():
        _wait_while_starting(database.sibling("postgres"), say).close()
        replace_database(database)
        if content.dump is None:
            return
        session, _ = _log_in(database, say)
        with session as connection:
            _prepare_roles(connection, database, alone=False)
        restore_dump(database, content.dump)


def _prepare(
    database: Database, say: Callable[[str], None], *, migrate: bool, home: Path | None
) -> None:
    with map_psycopg_errors():
        session, made = _log_in(database, say)
        with session as connection:
            _check_server(connection, database)
            _prepare_roles(connection, database, alone=made or database.embedded)
        if migrate:
            backup = dump_before_migration(database, home, say) if home else None
            bring_up(database, say=say, before=backup)


def _log_in(database: Database, say: Callable[[str], None]) -> tuple[Connection, bool]:
    """Connect as the login, to a database that is created if it is missing; whether it was."""
    try:
        return _wait_while_starting(database, say), False
    except WarehouseUnavailable:
        raise
    except WarehouseError as refused:
        try:
            missing = not _exists(database)
        except WarehouseError:
            raise refused from None
        if not missing:  # another process has made it since, or it is refused again
            return open_lasting_session(database), False
    say(f"Making the database {database.name}.")
    _create(database)
    return open_lasting_session(database), True


def _wait_while_starting(database: Database, say: Callable[[str], None]) -> Connection:
    """Connect as the login, once a server that starts or recovers takes connections."""
    announced = False
    while True:
        try:
            return open_lasting_session(database)
        except WarehouseStarting:
            if not announced:
                say("PostgreSQL is recovering after a crash …")
                announced = True
            time.sleep(_LOOK_S)


def _exists(database: Database) -> bool:
    with open_lasting_session(database.sibling("postgres")) as session:
        row = session.execute(
            query("session", "database_exists"), {"name": database.name}
        ).fetchone()
    return bool(row and row[0])


def _create(database: Database) -> None:
    try:
        create_database(database.login, database.name)
    except WarehouseError as error:
        if _exists(database):
            return
        owner = database.login.user
        line = sql.SQL("create database {} owner {} template template0 encoding 'UTF8';").format(
            sql.Identifier(database.name), sql.Identifier(owner)
        )
        raise WarehouseError(
            f"The database {database.name!r} does not exist at {database.login.where}, and the"
            f" login {owner!r} may not create it.",
            hint=f"Let an administrator run there: {line.as_string()}",
        ) from error


def _check_server(connection: Connection, database: Database) -> None:
    row = connection.execute(query("session", "about_server")).fetchone()
    if row is None:
        raise WarehouseError("PostgreSQL returned nothing about itself.")
    version, text, encoding, standby = row
    if version < OLDEST * 10_000:
        raise WarehouseError(
            f"The PostgreSQL at {database.login.where} is {text};"
            f" Gradeline needs {OLDEST} or newer.",
            hint="Upgrade it with pg_upgrade or pg_dumpall, or leave DATABASE_URL and DB_HOST"
            " unset to use the PostgreSQL that comes with Gradeline.",
        )
    if encoding != "UTF8":
        raise WarehouseError(
            f"The database {database.name!r} is written in {encoding}; Gradeline needs UTF8.",
            hint="Name another database in DATABASE_URL (or DB_NAME);"
            " one that does not exist is made.",
        )
    if standby:
        raise WarehouseError(
            f"The PostgreSQL at {database.login.where} is a standby and takes no writes.",
            hint="Name the primary server in DATABASE_URL (or DB_HOST).",
        )


def _prepare_roles(connection: Connection, database: Database, *, alone: bool) -> None:
    """Make the roles; close a database that is Gradeline's `alone` to what others may need."""
    audit = audit_roles(connection)
    if audit.complete and not ((database.embedded and audit.locked) or (alone and audit.exposed)):
        return
    # One process at a time: the catalogue refuses two that change a role at the same instant.
    connection.execute(query("roles", "lock"))
    audit = ensure_roles(connection)
    if alone and audit.exposed:
        close_database(connection, audit)
    if database.embedded:
        for name in audit.locked:
            set_password(connection, database.logins[Role(name)])
