"""A pool of connections, for programs that serve many requests at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType

from psycopg_pool import ConnectionPool, PoolTimeout

from gradeline.base.errors import GradelineError, WarehouseError
from gradeline.warehouse.connect.database import (
    Database,
    Login,
    PoolUse,
    Session,
    check_entry,
    conninfo,
    open_session,
    set_up,
)
from gradeline.warehouse.connect.roles import ENTRY_ROLES, Role
from gradeline.warehouse.sql import query

#: Connections held open at most: the embedded server takes 60 in all.
_SIZE = 8

#: Seconds that `Database.connect` waits for a connection that is free.
_WAIT_S = 10.0


@contextmanager
def open_pool(
    database: Database, role: Role = Role.APP, *, size: int = _SIZE, wait_s: float = _WAIT_S
) -> Iterator[Database]:
    """Give the database with a pool: its connections as `role` are kept open and used again.

    Each acts as the role, in UTC, whatever its last user left in it: another role, settings such
    as `app.role`, temporary tables, locks, an open transaction. Connections are made when they
    are needed, so opening a pool waits for nothing; at the end of the block all are closed.
    `Database.connect` then also raises WarehouseError where all connections stay in use.

    Args:
        database: what the connections are to.
        role: whom they act as.
        size: connections held open at most.
        wait_s: seconds that `Database.connect` waits for one.
    """
    login = database.login_of(role)

    def configure(session: Session) -> None:
        if role in ENTRY_ROLES:
            session.autocommit = True
            check_entry(session, login, role)

    def check(session: Session) -> None:
        session.autocommit = True
        set_up(session, role)

    def borrow() -> Session:
        try:
            return pool.getconn()
        except PoolTimeout:
            raise _no_connection(database, login, role, size) from None

    pool = ConnectionPool(
        conninfo(login, database.name),
        connection_class=Session,
        # Nothing is prepared: psycopg would not notice that resetting drops what it prepared.
        kwargs={"prepare_threshold": None},
        min_size=0,
        max_size=size,
        open=False,
        configure=configure,
        check=check,
        reset=_reset,
        timeout=wait_s,
        close_returns=True,  # a session ends by `close`, pooled or not
    )
    with pool:
        yield replace(
            database,
            pools=MappingProxyType({**database.pools, role: borrow}),
            pool_uses=MappingProxyType({**database.pool_uses, role: lambda: _use_of(pool)}),
        )


def _use_of(pool: ConnectionPool[Session]) -> PoolUse:
    figures = pool.get_stats()
    open_now, free = figures["pool_size"], figures["pool_available"]
    return PoolUse(lent=open_now - free, free=free, waiting=figures["requests_waiting"])


def _reset(session: Session) -> None:
    """Drop everything that the last user of a session left in it."""
    session.autocommit = True
    session.execute(query("session", "discard"))


def _no_connection(database: Database, login: Login, role: Role, size: int) -> GradelineError:
    """Return why the pool has no connection to lend; it tells only that it waited."""
    try:
        open_session(login, database.name, role=role, autocommit=True).close()
    except GradelineError as error:
        return error
    return WarehouseError(
        f"All {size} connections to {database.description} are in use.",
        hint="Try again in a moment, or send fewer requests at once.",
    )
