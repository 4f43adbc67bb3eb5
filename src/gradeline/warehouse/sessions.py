"""Sessions of the page as the warehouse keeps them: by the hashes of their secrets."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from psycopg.rows import dict_row

from gradeline.records.sessions import NewSession, StoredSession, Via
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "sessions"


def insert(
    connection: Connection, digest: bytes, session: NewSession, *, life: timedelta, idle: timedelta
) -> None:
    """Begin a session by the hash of its secret; those that are over are forgotten."""
    values = {**asdict(session), "session_hash": digest, "life": life, "idle": idle}
    connection.execute(query(_FILE, "insert"), values)


def find(connection: Connection, digest: bytes, *, idle: timedelta) -> StoredSession | None:
    """Find a session by the hash of its secret; None = there is none, or it is over."""
    cursor = connection.cursor(row_factory=dict_row)
    row = cursor.execute(query(_FILE, "find"), {"session_hash": digest, "idle": idle}).fetchone()
    return None if row is None else StoredSession(**{**row, "via": Via(row["via"])})


def note_use(connection: Connection, digest: bytes) -> None:
    """Write down that a session is used."""
    connection.execute(query(_FILE, "note_use"), {"session_hash": digest})


def delete(connection: Connection, digest: bytes) -> None:
    """End a session."""
    connection.execute(query(_FILE, "delete"), {"session_hash": digest})


def delete_all(connection: Connection, digest: bytes) -> None:
    """End every session of whose one of them is."""
    connection.execute(query(_FILE, "delete_all"), {"session_hash": digest})
