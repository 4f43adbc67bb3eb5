"""Refuse a pooler that keeps no session.

Claims of slices, roles, temporary tables and the locks of a run belong to a session. A pooler in
transaction mode runs each transaction on whichever server connection is free, so a claim would
be held by nobody, and a role set for one transaction would stay behind for somebody else's.
"""

from __future__ import annotations

import re
from contextlib import closing

import psycopg

from gradeline.base.errors import WarehouseError
from gradeline.warehouse.connect.database import Connection, Database, log_in, set_up
from gradeline.warehouse.connect.errors import ADDRESS_SETTINGS, map_psycopg_errors
from gradeline.warehouse.sql import query

#: What PgBouncer answers in statement mode.
_NO_TRANSACTIONS = re.compile(r"statement pool")
#: Times that two connections are compared; other users of a pool make a single look uncertain.
_LOOKS = 3


def open_lasting_session(database: Database) -> Connection:
    """Open an autocommit connection as the login; it is one session for as long as it lasts.

    Nothing is set on a connection of a pool that is refused.

    Raises:
        WarehouseError: a pooler in between keeps no session, or no connection can be opened.
    """
    session = log_in(database.login, database.name)
    try:
        with map_psycopg_errors():
            _refuse_pooler(session, database)
            set_up(session, None)
    except BaseException:
        session.close()
        raise
    return session


def _refuse_pooler(session: Connection, database: Database) -> None:
    # A server tells a client its own process; a pooler makes a number up.
    if _process(session) == session.info.backend_pid:
        return
    with closing(log_in(database.login, database.name)) as other:
        if not any(_is_shared(session, other) for _ in range(_LOOKS)):
            return
    raise WarehouseError(
        f"The pooler before {database.description}, gives every transaction another session"
        " (PgBouncer: pool_mode = transaction or statement), but claims and roles of Gradeline"
        " last for a session.",
        hint=f"Name the server itself, or a pool with pool_mode = session, in {ADDRESS_SETTINGS}.",
    )


def _is_shared(session: Connection, other: Connection) -> bool:
    """Whether one process of the server works for both connections, or several for one."""
    process = _process(session)
    if _process(session) != process:
        return True
    try:
        with other.transaction():
            # While this transaction keeps a process, the first connection needs another one,
            # unless it has its own. With a single one in the pool it would wait: ask it last.
            return _process(other) == process or _process(session) != process
    except psycopg.errors.ProtocolViolation as error:
        if _NO_TRANSACTIONS.search(str(error)):
            return True
        raise


def _process(session: Connection) -> int:
    row = session.execute(query("session", "process")).fetchone()
    return int(row[0]) if row else 0
