"""Access for people: psql as the read-only role, or the address for another SQL client."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from gradeline.base.errors import WarehouseError
from gradeline.embedded.programs import program_path
from gradeline.warehouse.connect.database import Database, log_in
from gradeline.warehouse.connect.errors import ADDRESS_SETTINGS, map_psycopg_errors
from gradeline.warehouse.connect.logins import ensure_login
from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.sql import query

#: libpq keyword → the variable that psql and pg_dump read it from.
_VARIABLES: Mapping[str, str] = {
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "passfile": "PGPASSFILE",
    "service": "PGSERVICE",
    "options": "PGOPTIONS",
    "sslmode": "PGSSLMODE",
    "sslnegotiation": "PGSSLNEGOTIATION",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcrl": "PGSSLCRL",
    "channel_binding": "PGCHANNELBINDING",
    "requirepeer": "PGREQUIREPEER",
    "gssencmode": "PGGSSENCMODE",
    "connect_timeout": "PGCONNECT_TIMEOUT",
    "target_session_attrs": "PGTARGETSESSIONATTRS",
}


@dataclass(frozen=True, kw_only=True)
class ShellCommand:
    """A program to run, and its environment."""

    argv: tuple[str, ...]  #: carries no secret
    environment: Mapping[str, str] = field(repr=False)  #: all of it; carries the password


@dataclass(frozen=True, kw_only=True)
class ClientAddress:
    """The connection details that an SQL client such as DBeaver needs."""

    host: str
    port: int
    database: str
    user: str
    password: str = field(repr=False)

    @property
    def url(self) -> str:
        """All of it as one URL, password included: print it only for the person who asked."""
        return f"postgresql://{self.user}:{self.password}@{self.host}:{self.port}/{self.database}"


def shell_command(database: Database, arguments: Sequence[str] = ()) -> ShellCommand:
    """Return what `gradeline psql` runs: psql as the reader role, in a read-only session.

    Args:
        database: what it connects to.
        arguments: passed to psql unchanged.

    Raises:
        WarehouseError: this machine has no psql that can reach the server, or a pooler in
            between drops the options by which it is the reader.
    """
    # The wheel's psql knows no TLS, so it serves the embedded server alone.
    psql = str(program_path("psql")) if database.embedded else shutil.which("psql")
    if psql is None:
        raise WarehouseError(
            "This machine has no psql.",
            hint="Install PostgreSQL's client programs (Debian: apt install postgresql-client).",
        )
    environment = dict(client_environment(database, Role.READER))
    read_only = "-c default_transaction_read_only=on -c TimeZone=UTC"
    environment["PGOPTIONS"] = f"{environment.get('PGOPTIONS', '')} {read_only}".strip()
    if not database.embedded:
        _check_options(database, environment["PGOPTIONS"])
    others = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return ShellCommand(argv=(psql, *arguments), environment=others | environment)


def _check_options(database: Database, options: str) -> None:
    """Check that a session with libpq's options is the reader's: a pooler may drop them."""
    login = database.login_of(Role.READER)
    login = replace(login, parameters={**login.parameters, "options": options})
    with closing(log_in(login, database.name)) as session, map_psycopg_errors():
        row = session.execute(query("session", "reader")).fetchone()
    if row != (Role.READER, "on"):
        raise WarehouseError(
            f"psql would not be read-only: a pooler at {login.where} drops libpq's options.",
            hint=f"Name the server itself in {ADDRESS_SETTINGS}.",
        )


def run_shell(database: Database, arguments: Sequence[str] = ()) -> int:
    """Run psql in this terminal until it ends; its exit code.

    Raises:
        WarehouseError: the reader's login is not accepted, or this machine has no psql.
    """
    ensure_login(database, Role.READER)
    command = shell_command(database, arguments)
    # Ctrl-C ends a statement in psql; it must not end us before psql has ended.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return subprocess.run(
            command.argv,
            env=command.environment,
            check=False,
            # psql puts its own handler in place of the ignored signal.
            restore_signals=True,
        ).returncode
    finally:
        signal.signal(signal.SIGINT, before)


def client_address(database: Database) -> ClientAddress:
    """Return how an SQL client reaches the server, as the reader role.

    The embedded server must have been opened with a port.

    Raises:
        LoginRefused: the reader has no login of its own.
    """
    login = database.login_of(Role.READER)
    host = login.parameters.get("host") or login.parameters.get("hostaddr") or "localhost"
    return ClientAddress(
        host="127.0.0.1" if database.embedded else host,
        port=int(login.parameters.get("port", "5432").partition(",")[0]),
        database=database.name,
        user=login.user,
        password=login.parameters["password"],
    )


def client_environment(database: Database, role: Role | None) -> Mapping[str, str]:
    """Return the variables with which PostgreSQL's own programs reach `database` as `role`.

    Args:
        database: what they connect to.
        role: whom they act as; None = as the login itself.

    Raises:
        WarehouseError: a parameter of the URL has no such variable.
    """
    login = database.login if role is None else database.login_of(role)
    parameters = dict(login.parameters)
    if login is database.login and role is not None:
        parameters["options"] = f"{parameters.get('options', '')} -c role={role.value}".strip()
    unknown = sorted(parameters.keys() - _VARIABLES.keys() - {"application_name"})
    if unknown:
        raise WarehouseError(
            f"psql does not support these DATABASE_URL options: {', '.join(unknown)}.",
            hint="Remove them from the URL for this command.",
        )
    variables = {_VARIABLES[name]: v for name, v in parameters.items() if name in _VARIABLES}
    # PGHOSTADDR counts as set even when it is empty, so empty ones are left out.
    return {name: value for name, value in variables.items() if value} | {
        "PGDATABASE": database.name,
        "PGAPPNAME": "gradeline",
    }
