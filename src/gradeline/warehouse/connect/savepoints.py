"""Savepoints inside a transaction that belongs to the caller."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg.pq import TransactionStatus

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """Undo the block's changes if it raises; the caller's transaction is never committed here.

    An autocommit connection without a transaction gets one for this block alone.
    """
    if not connection.autocommit and connection.info.transaction_status is TransactionStatus.IDLE:
        # While the caller's transaction has not begun, psycopg's transaction() would begin and
        # commit it; once it has begun, transaction() is a savepoint.
        connection.execute(query("savepoints", "begin"))
    with connection.transaction():
        yield
