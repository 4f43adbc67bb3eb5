"""Claims: which process works on a slice now. A claim ends with its process, however that ends.

A claim is a session-level advisory lock, so PostgreSQL releases it when the connection is gone.
Slice numbers are positive and a claim locks the negative of its slice's number, so it collides
with no other lock of ours and none of the job queue's.

Whoever fetches objects or reads those of a snapshot shares the lake with others; whoever deletes
objects at once needs it alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "claims"


def claim(connection: Connection, slice_id: int) -> bool:
    """Claim a slice for this connection; False when somebody else works on it.

    The connection is in autocommit and used for claims only: a transaction left open for the
    length of a run would keep PostgreSQL from vacuuming. Look the slice up again after the
    claim (`ledger.find_pending`): whoever held it before may have settled it.
    """
    return _is_true(connection, "claim", slice_id=slice_id)


def release(connection: Connection, slice_id: int) -> bool:
    """Release a claim; False when this connection did not hold it."""
    return _is_true(connection, "release", slice_id=slice_id)


@contextmanager
def share_lake(connection: Connection) -> Iterator[None]:
    """Keep others from deleting objects during the block; waits for those who do so now.

    The connection is in autocommit; nobody waits for it inside the block.
    """
    connection.execute(query(_FILE, "share"))
    try:
        yield
    finally:
        connection.execute(query(_FILE, "unshare"))


@contextmanager
def lock_lake(connection: Connection, say: Callable[[str], None]) -> Iterator[None]:
    """Keep runs from fetching and from reading old facts during the block.

    Waits for runs that are under way; `say` prints that it waits.
    """
    if not _is_true(connection, "try_lock"):
        say("Waiting for runs that are under way…")
        connection.execute(query(_FILE, "lock"))
    try:
        yield
    finally:
        connection.execute(query(_FILE, "unlock"))


def _is_true(connection: Connection, name: str, **values: object) -> bool:
    row = connection.execute(query(_FILE, name), values).fetchone()
    return bool(row and row[0])
