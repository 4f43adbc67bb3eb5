"""Steps that happen whole or not at all, inside a transaction that belongs to the caller."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg.pq import TransactionStatus

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """Inside, all or nothing; the caller's transaction goes on and is never committed here.

    An autocommit connection without a transaction gets one for this step alone.
    """
    if not connection.autocommit and connection.info.transaction_status is TransactionStatus.IDLE:
        # psycopg's transaction() would take the place of the caller's transaction that has
        # not begun yet, and commit it; once one has begun it is a savepoint.
        connection.execute(query("savepoints", "begin"))
    with connection.transaction():
        yield
