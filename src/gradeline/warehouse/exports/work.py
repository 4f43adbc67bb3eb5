"""The worker's side of exports: each try has a number, and writes only while it is the newest."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from psycopg.rows import dict_row

from gradeline.records.exports import (
    ExportFilters,
    ExportFormat,
    ExportNotice,
    ExportTry,
    FileLink,
    StoredFile,
)
from gradeline.records.recipients import Recipient
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "export_work"


def due(connection: Connection, now: datetime, untouched: timedelta) -> list[UUID]:
    """List exports that wait, or whose worker did not touch them for so long; the oldest first."""
    values = {"now": now, "untouched": untouched}
    return [export_id for (export_id,) in connection.execute(query(_FILE, "due"), values)]


def claim(connection: Connection, export_id: UUID) -> ExportTry | None:
    """Begin a try, which ends all earlier ones; None = nothing is to be done any more."""
    cursor = connection.cursor(row_factory=dict_row)
    row = cursor.execute(query(_FILE, "claim"), {"export_id": export_id}).fetchone()
    if row is None:
        return None
    known: dict[str, Any] = dict(row)
    known["filters"] = msgspec.convert(row["filters"], ExportFilters)
    known["format"] = ExportFormat(row["format"])
    return ExportTry(**known)


def touch(connection: Connection, one: ExportTry, rows_written: int) -> bool:
    """Show how far a try got; False = it is over, as another one began or it was withdrawn."""
    values = {**_ours(one), "rows_written": rows_written}
    return connection.execute(query(_FILE, "touch"), values).rowcount > 0


def publish(
    connection: Connection,
    one: ExportTry,
    file: StoredFile,
    *,
    rows_written: int,
    now: datetime,
    expires_at: datetime,
) -> bool:
    """Let the file of a try be fetched, and count it; False = the try is over."""
    values = {
        **_ours(one),
        **asdict(file),
        "rows_written": rows_written,
        "now": now,
        "expires_at": expires_at,
    }
    with connection.transaction():
        if not connection.execute(query(_FILE, "publish"), values).rowcount:
            return False
        connection.execute(query(_FILE, "count"), {"format": one.format.value})
    return True


def wait(connection: Connection, one: ExportTry, error: str) -> None:
    """End a try that is to be repeated."""
    connection.execute(query(_FILE, "wait"), {**_ours(one), "error": error})


def fail(connection: Connection, one: ExportTry, error: str) -> None:
    """End the last try of an export."""
    connection.execute(query(_FILE, "fail"), {**_ours(one), "error": error})


def over(connection: Connection, now: datetime, limit: int) -> Mapping[UUID, str]:
    """Return exports whose file has to go, and where it lies; at most so many."""
    return dict(connection.execute(query(_FILE, "over"), {"now": now, "limit": limit}).fetchall())


def expire(connection: Connection, export_id: UUID) -> None:
    """Note that the file of an export is gone."""
    connection.execute(query(_FILE, "expire"), {"export_id": export_id})


def forget(connection: Connection, before: datetime) -> int:
    """Delete the rows of exports that were over by then, with links and uses; how many."""
    return connection.execute(query(_FILE, "forget"), {"before": before}).rowcount


def kept(connection: Connection, export_ids: Collection[UUID]) -> Mapping[UUID, str | None]:
    """Return which of these exports are open or ready, and where the file of each lies."""
    values = {"export_ids": list(export_ids)}
    return dict(connection.execute(query(_FILE, "unfinished"), values).fetchall())


def take_untold(connection: Connection) -> list[ExportNotice]:
    """Take the notices of exports that ended: each is taken once, unless it is put back."""
    cursor = connection.cursor(row_factory=dict_row)
    return [ExportNotice(**row) for row in cursor.execute(query(_FILE, "take_untold"))]


def untell(connection: Connection, export_id: UUID) -> None:
    """Put the notice of an export back."""
    connection.execute(query(_FILE, "untell"), {"export_id": export_id})


def link_for(connection: Connection, export_id: UUID, lives: timedelta) -> FileLink | None:
    """Return the link of whoever asked to an export; None = it is not ready."""
    values = {"export_id": export_id, "lives": lives}
    row = connection.execute(query(_FILE, "link_for"), values).fetchone()
    if row is None:
        return None
    link_id, asker, sha256, expires_at = row
    return FileLink(
        link_id=link_id, export_id=export_id, asker=asker, sha256=sha256, expires_at=expires_at
    )


def put_linked(
    connection: Connection,
    export_id: UUID,
    file: StoredFile,
    *,
    recipient: Recipient,
    now: datetime,
    expires_at: datetime,
) -> FileLink:
    """Keep the file of a message for its recipient, once; return the link to it."""
    ending = file.file_name.rpartition(".")[2]
    values = {
        **asdict(file),
        "export_id": export_id,
        "requested_by": str(recipient),
        "format": ending if ending in set(ExportFormat) else "other",
        "language": recipient.language,
        "now": now,
        "expires_at": expires_at,
    }
    connection.execute(query(_FILE, "put_file"), values)
    row = connection.execute(query(_FILE, "link_file"), {"export_id": export_id}).fetchone()
    assert row is not None  # noqa: S101 - the row before it is there
    return FileLink(
        link_id=row[0], export_id=export_id, asker=row[1], sha256=file.sha256, expires_at=row[2]
    )


def _ours(one: ExportTry) -> dict[str, object]:
    return {"export_id": one.export_id, "fence": one.fence}
