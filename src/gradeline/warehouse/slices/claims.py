"""Claims: who works on a slice now. A claim ends with its process, however that ends.

A claim is a session-level advisory lock, so PostgreSQL lets go of it when the connection is
gone. Slices have positive numbers and claims are their negatives: no other lock of ours, and
none of the job queue's, is meant by them.

Who brings objects or reads those of a snapshot shares the lake with others; who deletes objects
at once needs it alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "claims"


def claim(connection: Connection, slice_id: int) -> bool:
    """True when this connection now holds the slice; false when somebody else works on it.

    The connection is in autocommit and used for claims only: a transaction left open for the
    length of a run would keep PostgreSQL from tidying up. Look the slice up again after the
    claim (`ledger.find_pending`): whoever held it before may have settled it.
    """
    return _ask(connection, "claim", slice_id)


def release(connection: Connection, slice_id: int) -> bool:
    """Give a claim back; false when this connection did not hold it."""
    return _ask(connection, "release", slice_id)


@contextmanager
def share_lake(connection: Connection) -> Iterator[None]:
    """Inside, nobody deletes objects that are in use; waits for those who do so now.

    The connection is in autocommit and is not waited on by anybody inside.
    """
    connection.execute(query(_FILE, "share"))
    try:
        yield
    finally:
        connection.execute(query(_FILE, "unshare"))


@contextmanager
def lock_lake(connection: Connection, say: Callable[[str], None]) -> Iterator[None]:
    """Inside, no run collects and none reads old facts; waits for those under way and says so."""
    if not _asked(connection, "try_alone"):
        say("Waiting for runs that are under way…")
        connection.execute(query(_FILE, "alone"))
    try:
        yield
    finally:
        connection.execute(query(_FILE, "leave_alone"))


def _asked(connection: Connection, name: str) -> bool:
    row = connection.execute(query(_FILE, name)).fetchone()
    return bool(row and row[0])


def _ask(connection: Connection, name: str, slice_id: int) -> bool:
    row = connection.execute(query(_FILE, name), {"slice_id": slice_id}).fetchone()
    return bool(row and row[0])
