"""Chats of the bot: which take nothing, and which send wrong codes."""

from __future__ import annotations

from datetime import datetime

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "bot"


def lock(connection: Connection, chat_id: int) -> None:
    """Wait until no other transaction works for the chat, and keep others out until the end.

    Its learner does something, so the chat takes messages again.
    """
    connection.execute(query(_FILE, "lock_chat"), {"chat_id": chat_id})


def block(connection: Connection, chat_id: int, at: datetime, because: str) -> None:
    """Send nothing more to the chat, and give up what waits for it, until its learner writes."""
    values = {"chat_id": chat_id, "at": at, "because": because}
    connection.execute(query(_FILE, "block_chat"), values)
    connection.execute(query(_FILE, "refuse_messages"), values)


def forget(connection: Connection, chat_id: int) -> None:
    """Delete what is kept of a chat: its conversation, what was to be sent, the chat itself."""
    connection.execute(query(_FILE, "forget_chat"), {"chat_id": chat_id})


def note_wrong_code(connection: Connection, chat_id: int, at: datetime) -> None:
    """Count a wrong group code of the chat."""
    connection.execute(query(_FILE, "note_wrong_code"), {"chat_id": chat_id, "at": at})


def wrong_codes(connection: Connection, chat_id: int, at: datetime) -> int:
    """Return how many wrong group codes came from the chat within an hour."""
    values = {"chat_id": chat_id, "at": at}
    row = connection.execute(query(_FILE, "wrong_codes"), values).fetchone()
    return 0 if row is None else int(row[0])
