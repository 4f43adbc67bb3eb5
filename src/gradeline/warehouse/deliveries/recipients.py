"""Recipients: who gets what, where, in which language and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from psycopg.rows import dict_row

from gradeline.records.recipients import NewRecipient, Recipient, What
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "recipients"


def ls(connection: Connection, *, channel: str | None = None) -> list[Recipient]:
    """List all recipients, or those of a channel, in the order in which they were added."""
    return list(_read(connection, "ls", channel=channel))


def find(connection: Connection, recipient_id: int) -> Recipient | None:
    """Return the recipient of that number; None = there is none."""
    return next(iter(_read(connection, "find", recipient_id=recipient_id)), None)


def put(connection: Connection, recipient: NewRecipient) -> int:
    """Store a recipient in the place of the one with the same channel, address and what."""
    values = asdict(recipient) | {
        "categories": list(recipient.categories),
        "courses": list(recipient.courses),
        "groups": list(recipient.groups),
    }
    row = connection.execute(query(_FILE, "put"), values).fetchone()
    assert row is not None  # noqa: S101 - an upsert returns its row
    return int(row[0])


def remove(connection: Connection, recipient_id: int) -> bool:
    """Delete a recipient; False = there was none."""
    return _changed(connection, "rm", recipient_id=recipient_id) > 0


def pause(connection: Connection, channel: str, address: str, because: str) -> int:
    """Send nothing more to an address until `resume`; how many recipients that concerns."""
    return _changed(connection, "pause", channel=channel, address=address, because=because)


def resume(connection: Connection, recipient_id: int) -> int:
    """Let messages go to a recipient's address again; how many recipients that concerns."""
    return _changed(connection, "resume", recipient_id=recipient_id)


def move(connection: Connection, channel: str, old: str, new: str) -> int:
    """Keep the address that a service moved an old one to; how many recipients that concerns.

    Who gets the same there already stays the one recipient, and what went to the old address
    counts as sent to the new one.
    """
    values = {"channel": channel, "old": old, "new": new}
    with connection.transaction():
        for step in ("move_deliveries", "move_messages", "rm_moved"):
            connection.execute(query(_FILE, step), values)
        return _changed(connection, "move", **values)


def advance(
    connection: Connection, recipient_id: int, *, due_at: datetime, next_at: datetime
) -> bool:
    """Take the occasion `due_at` of a recipient; False = somebody else took it."""
    values = {"recipient_id": recipient_id, "due_at": due_at, "next_at": next_at}
    return _changed(connection, "advance", **values) > 0


def any_due(connection: Connection, now: datetime) -> bool:
    """Return whether the schedule of a recipient is due."""
    row = connection.execute(query(_FILE, "any_due"), {"now": now}).fetchone()
    return bool(row and row[0])


def _changed(connection: Connection, name: str, **values: object) -> int:
    return connection.execute(query(_FILE, name), values).rowcount


def _read(connection: Connection, name: str, **values: object) -> Iterable[Recipient]:
    cursor = connection.cursor(row_factory=dict_row)
    for row in cursor.execute(query(_FILE, name), values):
        known: dict[str, Any] = dict(row)
        known["what"] = What(known["what"])
        for name in ("categories", "courses", "groups"):
            known[name] = tuple(row[name])
        yield Recipient(**known)
