"""What the bot sends: stored in the transaction that it answers, sent after its commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "bot"


class Kind(StrEnum):
    """What a message is; answers go first."""

    ANSWER = "answer"  #: to something that the learner did
    BROADCAST = "broadcast"  #: everything else


@dataclass(frozen=True, kw_only=True)
class NewBotMessage:
    """A call of the Bot API that is to be made."""

    chat_id: int
    method: str  #: as the Bot API names it
    content: Mapping[str, Any]  #: its parameters, JSON
    picture: bytes | None = None  #: PNG, of a photo
    kind: Kind = Kind.ANSWER
    key: str | None = None  #: what is sent once; None = every time


@dataclass(frozen=True, kw_only=True)
class BotMessage:
    """A call that is being made."""

    message_id: int
    chat_id: int
    kind: str
    method: str
    content: Mapping[str, Any]
    picture: bytes | None
    tries: int  #: this one included


def put(connection: Connection, message: NewBotMessage, at: datetime) -> bool:
    """Store a message that is to be sent; False = its key is known, or its chat takes nothing.

    Args:
        connection: whose transaction it belongs to.
        message: that is to be sent.
        at: now.
    """
    values = {
        "chat_id": message.chat_id,
        "kind": message.kind.value,
        "method": message.method,
        "content": Jsonb(dict(message.content)),
        "picture": message.picture,
        "key": message.key,
        "at": at,
    }
    return connection.execute(query(_FILE, "put_message"), values).rowcount == 1


def claim(
    connection: Connection, at: datetime, resting: Sequence[int], most: int
) -> list[BotMessage]:
    """Take messages to send now: answers before broadcasts, of each chat the first one alone.

    Args:
        connection: of the loader.
        at: what is due by then.
        resting: chats that are left alone for the moment.
        most: how many at most.
    """
    values = {"at": at, "resting": list(resting), "most": most}
    with connection.cursor(row_factory=class_row(BotMessage)) as cursor:
        taken = cursor.execute(query(_FILE, "claim_messages"), values).fetchall()
    return sorted(taken, key=lambda one: (one.kind, one.message_id))


def end_sent(connection: Connection, message_id: int, at: datetime) -> None:
    """Note that a message was sent; what was in it is deleted."""
    connection.execute(query(_FILE, "end_sent"), {"message_id": message_id, "at": at})


def end_unsent(
    connection: Connection, message_id: int, at: datetime, *, status: str, reason: str
) -> None:
    """Note that a message was `refused`, or that it is `unknown` whether it arrived."""
    values = {"message_id": message_id, "at": at, "status": status, "reason": reason}
    connection.execute(query(_FILE, "end_unsent"), values)


def postpone(connection: Connection, message_id: int, due_at: datetime) -> None:
    """Let a message that was being sent wait."""
    connection.execute(query(_FILE, "postpone"), {"message_id": message_id, "due_at": due_at})


def recover(connection: Connection, at: datetime) -> int:
    """Settle what was being sent when the bot died; return how many answers are sent again.

    Answers are sent again, for a question that comes twice still counts once, and one that never
    comes ends a conversation. Broadcasts are not: nobody misses a reminder.
    """
    connection.execute(query(_FILE, "recover_broadcasts"), {"at": at})
    return connection.execute(query(_FILE, "recover_answers")).rowcount


def pause(connection: Connection, until: datetime) -> None:
    """Send nothing until then: Telegram asked for it."""
    connection.execute(query(_FILE, "pause"), {"until": until})


def paused_until(connection: Connection) -> datetime | None:
    """Return until when nothing is sent; None = nobody ever asked."""
    row = connection.execute(query(_FILE, "paused_until")).fetchone()
    return None if row is None else row[0]
