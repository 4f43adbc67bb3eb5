"""Messages: what goes to whom at which occasion, and how far each got.

A document goes to a recipient once per occasion: the primary key of `deliveries`. A message is
claimed by a lock that ends with its session, so one in the state `sending` that can be claimed
was being sent by a process that is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from gradeline.records.messages import DocumentDue, MessageState, StoredMessage
from gradeline.records.recipients import What
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "messages"


@dataclass(frozen=True, kw_only=True)
class TryEnd:
    """How one try to send a message ended."""

    state: MessageState
    error: str | None = None  #: what went wrong and what to do
    next_try_at: datetime | None = None  #: for one that goes on waiting
    provider_id: str | None = None
    url: str | None = None


def put(
    connection: Connection,
    recipient_id: int,
    documents: Sequence[DocumentDue],
    content: Mapping[str, Any] | None = None,
) -> int | None:
    """Store a message with those of the documents that its recipient neither has nor waits for.

    Args:
        connection: the caller owns its transaction.
        recipient_id: whom it goes to.
        documents: what it brings, each with its occasion.
        content: what its text needs that is kept nowhere else.

    Returns:
        The message's number; None = there is nothing new for this recipient.
    """
    values = {"recipient_id": recipient_id, "content": Jsonb(content or {})}
    row = connection.execute(query(_FILE, "put"), values).fetchone()
    if row is None:
        return None
    due = {
        "message_id": row[0],
        "documents": [one.document for one in documents],
        "occasions": [one.occasion for one in documents],
    }
    if connection.execute(query(_FILE, "put_documents"), due).rowcount:
        return int(row[0])
    connection.execute(query(_FILE, "rm"), {"message_id": row[0]})
    return None


def ls(
    connection: Connection,
    *,
    state: MessageState | None = None,
    channel: str | None = None,
    limit: int = 50,
) -> list[StoredMessage]:
    """List the newest messages, or those of a state or a channel, the newest first."""
    return list(_read(connection, state=state, channel=channel, limit=limit))


def find(connection: Connection, message_id: int) -> StoredMessage | None:
    """Return the message of that number; None = there is none."""
    return next(iter(_read(connection, message_id=message_id)), None)


def files(connection: Connection, channel: str, role: str) -> dict[str, str]:
    """Return the service's ID of each file that went to recipients of that role, by its path."""
    values = {"channel": channel, "role": role}
    return dict(connection.execute(query(_FILE, "files"), values).fetchall())


def due(connection: Connection, now: datetime) -> list[int]:
    """List the messages to send now, files for Drive first, then the oldest; none if paused."""
    return [number for (number,) in connection.execute(query(_FILE, "due"), {"now": now})]


def claim(connection: Connection, message_id: int) -> bool:
    """Become the only one who sends a message; False = somebody else sends it now.

    The connection is in autocommit; the claim ends with it. Read the message again after it.
    """
    row = connection.execute(query(_FILE, "claim"), {"message_id": message_id}).fetchone()
    return bool(row and row[0])


def release(connection: Connection, message_id: int) -> None:
    """End a claim."""
    connection.execute(query(_FILE, "release"), {"message_id": message_id})


def begin_try(connection: Connection, message_id: int) -> None:
    """Note that a try begins; committed before anything is sent."""
    connection.execute(query(_FILE, "begin"), {"message_id": message_id})


def resume_try(
    connection: Connection, message_id: int, tries: int, steps: Mapping[str, str]
) -> None:
    """Note a try that a database before this one began: the number of tries, and done steps."""
    values = {"message_id": message_id, "tries": tries, "steps": Jsonb(dict(steps))}
    connection.execute(query(_FILE, "resume"), values)


def record_step(connection: Connection, message_id: int, step: str, provider_id: str) -> None:
    """Note a step that the service took."""
    values = {"message_id": message_id, "step": step, "provider_id": provider_id}
    connection.execute(query(_FILE, "record_step"), values)


def end_try(connection: Connection, message_id: int, end: TryEnd) -> None:
    """Note how a try ended."""
    values = {
        "message_id": message_id,
        "state": end.state.value,
        "error": end.error,
        "next_try_at": end.next_try_at,
        "provider_id": end.provider_id,
        "url": end.url,
    }
    connection.execute(query(_FILE, "end"), values)


def retry(connection: Connection, message_id: int) -> bool:
    """Let a message be sent again by the next run; False = it is sent, or on its way."""
    return connection.execute(query(_FILE, "retry"), {"message_id": message_id}).rowcount > 0


def requeue_refused(connection: Connection, channel: str, address: str) -> int:
    """Let the messages wait again that an address refused; how many."""
    values = {"channel": channel, "address": address}
    return connection.execute(query(_FILE, "requeue_refused"), values).rowcount


def forget(connection: Connection, before: datetime) -> int:
    """Delete messages that ended before an instant, and what those that stay said; how many.

    A message with the newest delivery of something stays: without it that would be due again.
    """
    deleted = connection.execute(query(_FILE, "forget"), {"before": before}).rowcount
    return deleted + connection.execute(query(_FILE, "empty"), {"before": before}).rowcount


def count_sent(connection: Connection, courses: Sequence[str]) -> list[tuple[str, str, str, int]]:
    """Count what was sent about any of these courses: channel, address, what, how often."""
    rows = connection.execute(query(_FILE, "count_sent"), {"courses": courses})
    return [(channel, address, what, int(number)) for channel, address, what, number in rows]


def hold_open(connection: Connection) -> int:
    """Leave messages that a restored backup shows as open to people; how many.

    They may have been sent since, so they are sent only by `gradeline deliveries retry`.
    """
    return connection.execute(query(_FILE, "hold_open")).rowcount


def newer_documents(connection: Connection, message_id: int) -> frozenset[str]:
    """Return the documents of a message that a later message brings to the same recipient."""
    rows = connection.execute(query(_FILE, "newer"), {"message_id": message_id})
    return frozenset(document for (document,) in rows)


def _read(
    connection: Connection,
    *,
    message_id: int | None = None,
    state: MessageState | None = None,
    channel: str | None = None,
    limit: int = 1,
) -> Iterable[StoredMessage]:
    values = {"message_id": message_id, "state": state, "channel": channel, "limit": limit}
    cursor = connection.cursor(row_factory=dict_row)
    for row in cursor.execute(query(_FILE, "ls"), values):
        known: dict[str, Any] = dict(row)
        known["what"], known["state"] = What(row["what"]), MessageState(row["state"])
        known["documents"] = tuple(
            DocumentDue(document=document, occasion=occasion)
            for document, occasion in row["documents"]
        )
        yield StoredMessage(**known)
