"""A transaction of another PostgreSQL to read in: its settings are made by statements and checked.

Poolers such as PgBouncer refuse libpq's startup options, or drop them without a word. What is said
inside a transaction reaches the server that runs it, in session and in transaction mode.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.rows import TupleRow

from gradeline.base.errors import SourceRefused
from gradeline.base.hosts import secure_login
from gradeline.sources.postgres.tables import SETTING, PostgresTable
from gradeline.sources.sql import query

Connection = psycopg.Connection[TupleRow]

_FILE = "postgres"
_CONNECT_S = 10
#: No statement without an end, and values in one form whatever the server's defaults are.
_SETTINGS = {
    "statement_timeout": "30min",
    # Rows are written while the transaction waits, which a strict server takes for idleness.
    "idle_in_transaction_session_timeout": "0",
    "client_encoding": "UTF8",
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "extra_float_digits": "3",
}
#: Those, and what the statement that begins the transaction sets.
_EXPECTED = {
    **_SETTINGS,
    "transaction_read_only": "on",
    "transaction_isolation": "repeatable read",
}


@contextmanager
def open_snapshot(table: PostgresTable) -> Iterator[Connection]:
    """Give a connection inside one read-only transaction, in UTC and UTF-8.

    Raises:
        SourceRefused: a pooler in between drops a setting.
        psycopg.Error: no connection, or a statement fails.
    """
    secured = secure_login(table.address)
    with psycopg.connect(
        table.url,
        connect_timeout=_CONNECT_S,
        application_name="gradeline",
        sslmode=secured.get("sslmode"),
        sslrootcert=secured.get("sslrootcert"),
        client_encoding="UTF8",
        # A statement prepared on one server of a pool is not there on the next.
        prepare_threshold=None,
    ) as connection:
        connection.read_only = True
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.execute(
            query(_FILE, "set"), {"names": list(_SETTINGS), "values": list(_SETTINGS.values())}
        )
        check_settings(table, connection)
        yield connection


def check_settings(table: PostgresTable, connection: Connection) -> None:
    """Check that the transaction has the settings it was given.

    Raises:
        SourceRefused: one of them is not there.
    """
    rows = connection.execute(query(_FILE, "settings"), {"names": list(_EXPECTED)}).fetchall()
    odd = [f"{name} is {value}" for name, value in rows if value != _EXPECTED[name]]
    if odd:
        raise SourceRefused(
            f"{table} is not read: a pooler in between drops what a transaction sets "
            f"({', '.join(odd)}).",
            hint=f"Name the server itself in {SETTING}, or a pool in session or transaction mode.",
        )
