"""Learners of the vocabulary bot.

The bot works within a transaction that shows the learner of one chat (`show_only_chat`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, time
from typing import Any

from psycopg.rows import class_row, dict_row

from gradeline.records.vocabulary import Client, GroupCode, JoinedGroup, NewClient
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.connect.showing import show_only
from gradeline.warehouse.sql import query

_FILE = "vocabulary"


def show_only_chat(connection: Connection, chat_id: int) -> None:
    """Let row security show the learner of a chat, until the transaction ends.

    Args:
        connection: in a transaction, as the role of entry points.
        chat_id: of the private chat whose message is answered.
    """
    show_only(
        connection, role="learner", groups="[]", learner="", courses="", login="", warehouse=""
    )
    connection.execute(query(_FILE, "show_chat"), {"chat_id": str(chat_id)})


def find_client(connection: Connection, chat_id: int) -> Client | None:
    """Return the learner of a chat; None = there is none."""
    return next(_clients(connection, "find_client", chat_id=chat_id), None)


def ls(connection: Connection) -> list[Client]:
    """Return the learners whom whoever asks may see: curators those of own groups."""
    return list(_clients(connection, "clients"))


def add_client(connection: Connection, client: NewClient) -> Client:
    """Store a learner, and return them; the chat's own one where it has one."""
    connection.execute(query(_FILE, "add_client"), asdict(client))
    found = find_client(connection, client.chat_id)
    assert found is not None  # noqa: S101 - it was inserted, or was there
    return found


def set_language(connection: Connection, client_id: int, language: str) -> None:
    """Change the language of a learner: `ru`, `es` or `en`."""
    values = {"client_id": client_id, "language": language}
    connection.execute(query(_FILE, "set_language"), values)


def set_reminder(connection: Connection, client_id: int, remind_at: time | None) -> None:
    """Change when a learner is reminded, on the school's wall clock; None = never."""
    values = {"client_id": client_id, "remind_at": remind_at}
    connection.execute(query(_FILE, "set_reminder"), values)


def set_minor(connection: Connection, client_id: int, *, is_minor: bool) -> None:
    """Note whether a learner is a minor, by their own word."""
    values = {"client_id": client_id, "is_minor": is_minor}
    connection.execute(query(_FILE, "set_minor"), values)


def give_consent(connection: Connection, client_id: int, at: datetime) -> bool:
    """Note that a learner consented themselves; False = it was noted before."""
    values = {"client_id": client_id, "by": "self", "at": at}
    return connection.execute(query(_FILE, "give_consent"), values).rowcount == 1


def confirm_consent(connection: Connection, client_id: int, at: datetime) -> bool:
    """Note that the curator who asks confirmed the consent for a learner.

    Returns:
        False = the learner is in none of the curator's groups, or left.
    """
    values = {"client_id": client_id, "at": at}
    row = connection.execute(query(_FILE, "confirm_consent"), values).fetchone()
    return bool(row and row[0])


def join_group(connection: Connection, code: str, at: datetime) -> JoinedGroup | None:
    """Let the learner of the chat join the group of a code; None = no code, or it expired."""
    row = connection.execute(query(_FILE, "join_group"), {"code": code, "at": at}).fetchone()
    return JoinedGroup(group_id=row[0], name=row[1]) if row else None


def stop_client(connection: Connection, at: datetime) -> bool:
    """Delete what identifies the learner of the chat; the worker erases the rest.

    Returns:
        False = the chat has no learner.
    """
    row = connection.execute(query(_FILE, "stop_client"), {"at": at}).fetchone()
    return bool(row and row[0])


def add_code(
    connection: Connection,
    code: str,
    group: JoinedGroup,
    created_by: str,
    expires_at: datetime | None = None,
) -> None:
    """Store a code by which learners join a group; one of that name is changed."""
    values = {
        "code": code,
        **asdict(group),
        "expires_at": expires_at,
        "created_by": created_by,
    }
    connection.execute(query(_FILE, "add_code"), values)


def codes(connection: Connection, at: datetime) -> list[GroupCode]:
    """Return the codes by which learners can join groups now."""
    with connection.cursor(row_factory=class_row(GroupCode)) as cursor:
        return cursor.execute(query(_FILE, "codes"), {"at": at}).fetchall()


def remove_code(connection: Connection, code: str) -> bool:
    """Delete a code; False = there is none such. Who joined by it stays in the group."""
    return connection.execute(query(_FILE, "remove_code"), {"code": code}).rowcount == 1


def _clients(connection: Connection, name: str, **values: object) -> Iterator[Client]:
    cursor = connection.cursor(row_factory=dict_row)
    for row in cursor.execute(query(_FILE, name), values):
        known: dict[str, Any] = {**row, "groups": tuple(row["groups"])}
        yield Client(**known)
