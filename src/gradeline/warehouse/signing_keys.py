"""Keys that sign links, as the warehouse keeps them for all hosts."""

from __future__ import annotations

import secrets

from psycopg.rows import class_row

from gradeline.records.signing_keys import SigningKey
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "signing_keys"
_BYTES = 32


def ls(connection: Connection) -> list[SigningKey]:
    """Return every key, the one that signs first."""
    with connection.cursor(row_factory=class_row(SigningKey)) as cursor:
        return cursor.execute(query(_FILE, "ls")).fetchall()


def ensure(connection: Connection, wanted: SigningKey | None = None) -> list[SigningKey]:
    """Make sure that a key signs, and return every key; the one that signs comes first.

    Args:
        connection: whose transaction it is.
        wanted: the one that is to sign; None = the one that does, or a new one.
    """
    known = ls(connection)
    if _is_settled(known, wanted):
        return known
    connection.execute(query(_FILE, "lock"))
    known = ls(connection)
    if not _is_settled(known, wanted):
        use(connection, wanted or SigningKey.of(secrets.token_bytes(_BYTES)))
    return ls(connection)


def use(connection: Connection, key: SigningKey) -> None:
    """Let a key sign, and every other one no more."""
    connection.execute(query(_FILE, "retire"), {"key_id": key.key_id})
    connection.execute(query(_FILE, "insert"), {"key_id": key.key_id, "secret": key.secret})


def _is_settled(known: list[SigningKey], wanted: SigningKey | None) -> bool:
    signing = next((key for key in known if key.retired_at is None), None)
    return signing is not None and (wanted is None or signing.key_id == wanted.key_id)
