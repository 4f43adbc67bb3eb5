"""The entry points' own logins: real ones, so that no statement leaves row security.

A session that only took a role by SET ROLE is the login again after `reset role`. So
`gradeline_app` and `gradeline_reader` log in themselves, with passwords that are made once and set
again where the server does not take them.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from psycopg import sql

from gradeline.base.errors import DiskFull, LoginRefused, WarehouseError
from gradeline.base.masking import SECRETS
from gradeline.warehouse.connect.database import Connection, Database, Login, open_session
from gradeline.warehouse.connect.errors import ADDRESS_SETTINGS, map_psycopg_errors
from gradeline.warehouse.connect.roles import ENTRY_ROLES, Role
from gradeline.warehouse.location import ExternalServer
from gradeline.warehouse.sql import query

_log = logging.getLogger(__name__)

#: The file of the home with one password per role; what is in `db` is in no store and no copy.
FILE = Path("db", "logins")


def with_entry_logins(database: Database, place: ExternalServer) -> Database:
    """Return the database by URL with the logins of its entry points; does not connect.

    Passwords that no setting names are made once, and kept in the home. A home of another user
    keeps them to itself: then the database has no such logins.

    Raises:
        DiskFull: the home cannot be written.
    """
    passwords: Mapping[str, str] = place.passwords
    missing = [role for role in ENTRY_ROLES if role not in passwords]
    if missing and place.home is not None:
        passwords = {**_kept_passwords(place.home / FILE), **passwords}
    SECRETS.add(passwords.values())
    logins = {
        role: _login(database.login, role, passwords[role])
        for role in ENTRY_ROLES
        if role in passwords
    }
    return replace(database, logins=MappingProxyType(logins))


def ensure_login(database: Database, role: Role) -> None:
    """Check that an entry point's role logs in by itself; set its password again where not.

    Somebody may have changed it: every role may change its own.

    Raises:
        LoginRefused: it has no login here.
        WarehouseError: the login may not set its password (the hint has
            the SQL for an administrator), or it is not what it should be.
    """
    login = database.login_of(role)
    try:
        open_session(login, database.name, role=role, autocommit=True).close()
    except LoginRefused as refused:
        _log.warning("%s Its password is set again.", refused.what)
        with database.connect_as_login() as connection:
            set_password(connection, login)
        _try_again(database, login, role)


def set_password(connection: Connection, login: Login) -> None:
    """Let a role log in with its own password.

    Raises:
        WarehouseError: the connection's login may not; the hint has the SQL.
    """
    # Hashed here, so that the password is in no statement and no log of the server.
    hashed = connection.pgconn.encrypt_password(
        login.parameters["password"].encode(), login.user.encode(), b"scram-sha-256"
    )
    statement = sql.SQL(query("roles", "set_password")).format(
        role=sql.Identifier(login.user), password=sql.Literal(hashed.decode())
    )
    try:
        with map_psycopg_errors():
            connection.execute(statement)
    except WarehouseError as error:
        raise WarehouseError(
            f"The login may not set the password of {login.user}: {error.what}",
            hint="Let an administrator run this there, then run again:"
            f"\n\n{statement.as_string()};",
        ) from None


def _try_again(database: Database, login: Login, role: Role) -> None:
    try:
        open_session(login, database.name, role=role, autocommit=True).close()
    except LoginRefused as refused:
        raise LoginRefused(
            refused.what,
            hint=f"Let pg_hba.conf, or the pooler that {ADDRESS_SETTINGS} names, accept"
            f" {role} with its password. Hosts that share this database need the same"
            " DB_APP_PASSWORD and DB_READER_PASSWORD.",
        ) from None


def _login(administrator: Login, role: Role, password: str) -> Login:
    """Return the login of a role on the same server: nothing but the address is the same."""
    others = {
        name: value
        for name, value in administrator.parameters.items()
        if name not in ("user", "password", "passfile", "sslcert", "sslkey", "sslpassword")
    }
    parameters = {**others, "user": role.value, "password": password}
    return Login(parameters=MappingProxyType(parameters), where=administrator.where)


def _kept_passwords(path: Path) -> Mapping[str, str]:
    """Read the passwords of a home, which are made when there are none."""
    try:
        if not path.exists():
            _make_passwords(path)
        known = json.loads(path.read_text(encoding="utf-8"))
    except (PermissionError, ValueError):
        return {}
    except OSError as error:
        raise DiskFull(
            f"The passwords of the database cannot be kept in {path}: {error.strerror}.",
            hint="Set GRADELINE_HOME to a folder that you can write to.",
        ) from None
    return {role: str(known[role]) for role in ENTRY_ROLES if role in known}


def _make_passwords(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = {role.value: secrets.token_urlsafe(24) for role in ENTRY_ROLES}
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(json.dumps(made, indent=1) + "\n")
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(stat.S_IRUSR | stat.S_IWUSR)
        # Linked and not renamed: of two processes the first one's passwords stay.
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()
