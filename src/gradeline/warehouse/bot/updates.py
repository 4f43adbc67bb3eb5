"""Updates of Telegram, each of which counts once."""

from __future__ import annotations

from datetime import datetime

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "bot"


def note(connection: Connection, update_id: int, error: str | None = None) -> bool:
    """Note an update as handled; False = it was before.

    Where another transaction is handling the same one, it waits for its end.

    Args:
        connection: whose transaction handles the update.
        update_id: as Telegram numbers it.
        error: the kind of error where handling failed.
    """
    values = {"update_id": update_id, "error": error}
    return connection.execute(query(_FILE, "note_update"), values).fetchone() is not None


def prune(connection: Connection, at: datetime) -> None:
    """Delete updates and ended messages that nothing asks for any more."""
    connection.execute(query(_FILE, "prune"), {"at": at})


def lock_bot(connection: Connection) -> bool:
    """Make this connection the one bot of the database, until it closes; False = there is one."""
    row = connection.execute(query(_FILE, "lock_bot")).fetchone()
    return row is not None and bool(row[0])
