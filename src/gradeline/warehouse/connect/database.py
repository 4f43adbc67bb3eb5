"""A PostgreSQL database, and connections to it that act as a role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType, TracebackType
from typing import Any, LiteralString, TypeAlias

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping
from psycopg.rows import TupleRow

from gradeline.base.errors import (
    GradelineError,
    LoginRefused,
    WarehouseError,
    WarehouseUnavailable,
)
from gradeline.warehouse.connect.errors import map_error, map_login_error
from gradeline.warehouse.connect.roles import ENTRY_ROLES, Role
from gradeline.warehouse.sql import query

#: What all of the warehouse's functions work on; the caller owns its transaction.
Connection: TypeAlias = psycopg.Connection[TupleRow]

#: Seconds until a server that does not answer counts as away.
_CONNECT_TIMEOUT_S = 10


@dataclass(frozen=True, kw_only=True)
class Login:
    """How to reach a server and who logs in; its repr shows no secret."""

    parameters: Mapping[str, str] = field(repr=False)  #: libpq keywords, password included
    where: str  #: host and port, or the socket, for messages

    @property
    def user(self) -> str:
        """The name of the login."""
        return self.parameters.get("user", "")


class WarehouseStarting(WarehouseUnavailable):
    """The server is starting or recovering and will take connections soon."""


class Session(Connection):
    """A connection whose `with` block commits or rolls back, and raises our errors."""

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        """Commit and close; on an error roll back, close and raise our error."""
        try:
            super().__exit__(exc_type, exc_val, exc_tb)
        except psycopg.Error as error:
            raise map_error(error) from None
        finally:
            self.close()
        if isinstance(exc_val, psycopg.Error):
            raise map_error(exc_val) from None


@dataclass(frozen=True, kw_only=True)
class PoolUse:
    """How a pool is used at an instant."""

    lent: int  #: connections that somebody has
    free: int  #: connections that are open and wait
    waiting: int  #: requests that wait for a connection


@dataclass(frozen=True, kw_only=True)
class Database:
    """A PostgreSQL database, embedded or by URL; opens connections that act as a role."""

    description: str  #: for people, without secrets
    name: str  #: the database on its server
    login: Login  #: migrates and creates roles
    embedded: bool = False  #: started by us, so that nobody else uses the server
    #: roles that log in themselves; the login acts as the others by SET ROLE
    logins: Mapping[Role, Login] = field(default_factory=lambda: MappingProxyType({}))
    #: roles whose connections come from a pool (`open_pool`); the others connect each time
    pools: Mapping[Role, Callable[[], Session]] = field(
        default_factory=lambda: MappingProxyType({})
    )

    #: roles whose connections come from a pool → how it is used now
    pool_uses: Mapping[Role, Callable[[], PoolUse]] = field(
        default_factory=lambda: MappingProxyType({})
    )

    def connect(self, role: Role = Role.LOADER, *, autocommit: bool = False) -> Connection:
        """Open a connection that acts as `role`, with UTC as its time zone.

        Use it as a context manager: it commits, or rolls back on an error, and closes; one of a
        pool goes back to it.

        Raises:
            WarehouseUnavailable: no server answers.
            LoginRefused: it does not take the login, or the role needs one of its own.
            WarehouseError: the session of an entry point could leave row security.
        """
        borrow = self.pools.get(role)
        if borrow is None:
            return open_session(self.login_of(role), self.name, role=role, autocommit=autocommit)
        session = borrow()
        session.autocommit = autocommit
        return session

    def login_of(self, role: Role) -> Login:
        """Return who logs in for a role.

        Raises:
            LoginRefused: it is an entry point's, and has no login of its own here.
        """
        if role in ENTRY_ROLES and role not in self.logins:
            raise LoginRefused(
                f"{role} has no login of its own at {self.description}.",
                hint="Set DB_APP_PASSWORD and DB_READER_PASSWORD, or use a GRADELINE_HOME of your"
                " own; then run `gradeline install`.",
            )
        return self.logins.get(role, self.login)

    def connect_as_login(self) -> Connection:
        """Open an autocommit connection as the login itself: for roles and databases."""
        return open_session(self.login, self.name, role=None, autocommit=True)

    def sibling(self, name: str) -> Database:
        """Return another database of the same server, with the same logins and no pool."""
        described = f"{self.description} ({name})"
        none: MappingProxyType[Role, Any] = MappingProxyType({})
        return replace(self, name=name, description=described, pools=none, pool_uses=none)


def open_session(login: Login, database: str, *, role: Role | None, autocommit: bool) -> Connection:
    """Open a connection to `database` that acts as `role` (None = as the login itself)."""
    session = log_in(login, database)
    try:
        set_up(session, role)
        if role in ENTRY_ROLES:
            check_entry(session, login, role)
        session.autocommit = autocommit
    except psycopg.Error as error:
        session.close()
        raise map_error(error) from None
    except WarehouseError:
        session.close()
        raise
    return session


def check_entry(connection: Connection, login: Login, role: Role) -> None:
    """Check that whatever an entry point's session executes, row security binds it.

    Raises:
        WarehouseError: it could become somebody else; the hint has the SQL that changes that.
    """
    row = connection.execute(query("session", "entry"), {"role": role.value}).fetchone()
    if row is None:
        return
    others = ", ".join(other.value for other in Role if other != role)
    raise WarehouseError(
        f"The login {role} at {login.where} could read and write past row security: {row[0]}.",
        hint="Let the pooler in between, if there is one, log in as who asks it; and let an"
        f" administrator run this there:\n\nalter role {role} nosuperuser nobypassrls"
        f" nocreaterole nocreatedb noreplication;\nrevoke {others} from {role};",
    )


def conninfo(login: Login, database: str) -> str:
    """Return the libpq connection string of a login, password included."""
    parameters = {"connect_timeout": str(_CONNECT_TIMEOUT_S)} | dict(login.parameters)
    return make_conninfo("", **parameters | {"dbname": database, "application_name": "gradeline"})


def set_up(connection: Connection, role: Role | None) -> None:
    """Let a connection act as `role` (None = as the login) in UTC, with our schema."""
    # By a statement and not by libpq's `options`: poolers drop those silently, and a session
    # that still acts as the login would not be bound by row security.
    settings: LiteralString = query("session", "set_up")
    connection.execute(settings, {"role": role.value if role else "none"})


def log_in(login: Login, database: str) -> Session:
    """Open an autocommit connection to `database` as the server gives it: nothing is set."""
    address = conninfo(login, database)
    try:
        return Session.connect(address, autocommit=True)
    except psycopg.Error as error:
        status = _ping(error, address)
        if status != Ping.OK:
            raise _refused(error, login, status) from None
    # It may have started between the refusal and the ping, so one more try decides.
    try:
        return Session.connect(address, autocommit=True)
    except psycopg.Error as error:
        raise _refused(error, login, _ping(error, address)) from None


def create_database(login: Login, name: str, *, like: str | None = None) -> None:
    """Create the database `name`, empty and UTF-8, or as a copy of the database `like`.

    Raises:
        WarehouseError: the login may not create databases, or `name` exists already.
    """
    template = sql.Identifier(like or "template0")
    # file_copy copies a small database in 0.05 s, PostgreSQL's default (wal_log) in 0.3 s.
    strategy = sql.SQL("strategy file_copy" if like else "encoding 'UTF8'")
    statement = sql.SQL("create database {} template {} {}")
    with open_session(login, "postgres", role=None, autocommit=True) as session:
        session.execute(statement.format(sql.Identifier(name), template, strategy))


def _refused(error: psycopg.Error, login: Login, status: Ping) -> GradelineError:
    if status == Ping.REJECT:
        return WarehouseStarting(
            f"PostgreSQL at {login.where} starts or recovers and takes no connections yet.",
            hint="Run again in a moment.",
        )
    return map_login_error(error, login.where, login.user, answers=status == Ping.OK)


def _ping(error: psycopg.Error, address: str) -> Ping:
    """Ask the server for its status after it refused a connection."""
    if isinstance(error, psycopg.errors.ConnectionTimeout):
        return Ping.NO_RESPONSE
    return Ping(PGconn.ping(address.encode()))


def read_clock(connection: Connection) -> datetime:
    """Return the server's time."""
    ((instant,),) = connection.execute(query("session", "clock")).fetchall()
    at: datetime = instant
    return at.astimezone(UTC)
