"""What signed links lead to. Nothing of it is shown before the signature was verified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.rows import dict_row

from gradeline.records.exports import ExportStatus, FileLink, LinkedFile
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "exports"


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """What a recipient gets, for the page that ends it."""

    what: str
    language: str
    is_unsubscribed: bool


def find(connection: Connection, link_id: UUID) -> LinkedFile | None:
    """Return what the signature of a link covers, and its file; None = there is none."""
    cursor = connection.cursor(row_factory=dict_row)
    row: dict[str, Any] | None = cursor.execute(
        query(_FILE, "find_link"), {"link_id": link_id}
    ).fetchone()
    if row is None:
        return None
    return LinkedFile(
        link=FileLink(
            link_id=link_id,
            export_id=row["export_id"],
            asker=row["asker"],
            sha256=row["sha256"],
            expires_at=row["expires_at"],
            revoked_at=row["revoked_at"],
        ),
        status=ExportStatus(row["status"]),
        file_expires_at=row["file_expires_at"],
        storage_key=row["storage_key"],
        file_name=row["file_name"],
        media_type=row["media_type"],
    )


def record_use(connection: Connection, link_id: UUID, request_id: str) -> None:
    """Record that a link gave its file."""
    connection.execute(query(_FILE, "use_link"), {"link_id": link_id, "request": request_id})


def find_subscription(connection: Connection, recipient_id: int) -> Subscription | None:
    """Return what a recipient gets; None = there is no such recipient any more."""
    values = {"recipient_id": recipient_id}
    row = connection.execute(query(_FILE, "find_subscription"), values).fetchone()
    if row is None:
        return None
    what, language, is_unsubscribed = row
    return Subscription(what=what, language=language, is_unsubscribed=is_unsubscribed)


def unsubscribe(connection: Connection, recipient_id: int) -> None:
    """End the messages to a recipient; a second time changes nothing."""
    connection.execute(query(_FILE, "unsubscribe"), {"recipient_id": recipient_id})
