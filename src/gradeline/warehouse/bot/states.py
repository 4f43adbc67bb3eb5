"""Where each conversation is: a state, and data as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg.types.json import Jsonb

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "bot"


def read(connection: Connection, key: str) -> tuple[str | None, dict[str, Any]]:
    """Return state and data of a conversation; of an unknown one None and nothing."""
    row = connection.execute(query(_FILE, "read_state"), {"key": key}).fetchone()
    return (None, {}) if row is None else (row[0], dict(row[1]))


def set_state(connection: Connection, key: str, chat_id: int, state: str | None) -> None:
    """Set the state of a conversation; None = none."""
    values = {"key": key, "chat_id": chat_id, "state": state}
    connection.execute(query(_FILE, "set_state"), values)
    connection.execute(query(_FILE, "delete_state"), values)


def set_data(connection: Connection, key: str, chat_id: int, data: Mapping[str, Any]) -> None:
    """Replace the data of a conversation."""
    values = {"key": key, "chat_id": chat_id, "data": Jsonb(dict(data))}
    connection.execute(query(_FILE, "set_data"), values)
    connection.execute(query(_FILE, "delete_state"), values)
