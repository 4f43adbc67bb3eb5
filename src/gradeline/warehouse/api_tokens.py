"""Tokens of scripts as the warehouse keeps them: their hashes, and what they may do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from psycopg.rows import dict_row

from gradeline.records.api_tokens import ApiToken, NewApiToken, WarehouseAccess
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "api_tokens"


def insert(connection: Connection, token: NewApiToken, *, shown_as: str, digest: bytes) -> None:
    """Store a token: its hash, how it begins, and what it may do."""
    values = asdict(token) | {"groups": list(token.groups), "warehouse": token.warehouse.value}
    connection.execute(
        query(_FILE, "insert"), {**values, "shown_as": shown_as, "token_hash": digest}
    )


def ls(connection: Connection) -> list[ApiToken]:
    """Return every token, the newest first; revoked and expired ones, too."""
    return list(_read(connection, None))


def find(connection: Connection, digest: bytes) -> ApiToken | None:
    """Return the token with that hash, whether it is still valid or not."""
    return next(_read(connection, digest), None)


def revoke(connection: Connection, token_id: int) -> bool:
    """End a token for good; return whether it was not revoked before."""
    return connection.execute(query(_FILE, "revoke"), {"token_id": token_id}).rowcount == 1


def note_use(connection: Connection, token_id: int) -> None:
    """Write down that a token is used, to the hour."""
    connection.execute(query(_FILE, "note_use"), {"token_id": token_id})


def _read(connection: Connection, digest: bytes | None) -> Iterator[ApiToken]:
    cursor = connection.cursor(row_factory=dict_row)
    for row in cursor.execute(query(_FILE, "ls"), {"token_hash": digest}):
        known: dict[str, Any] = {
            **row,
            "groups": tuple(row["groups"]),
            "warehouse": WarehouseAccess(row["warehouse"]),
        }
        yield ApiToken(**known)
