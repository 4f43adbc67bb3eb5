"""Exports as entry points see them: asked for, listed, linked to, withdrawn.

All of it is within a transaction that shows what one principal may see.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec
from psycopg.rows import dict_row

from gradeline.records.exports import Export, ExportFilters, ExportStatus, FileLink, NewExport
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "exports"


class Outcome(StrEnum):
    """What became of a request."""

    ACCEPTED = "accepted"
    KNOWN = "known"  #: the same was asked before under its key
    OTHER = "other"  #: something else was asked before under its key
    TOO_MANY = "too-many"  #: the limit of an hour is reached


@dataclass(frozen=True, kw_only=True)
class RequestResult:
    """A request for an export, and what is left of the limit."""

    outcome: Outcome
    export_id: UUID | None
    remaining: int  #: requests that would be accepted now
    reset_s: float  #: seconds until one more is, or until the newest no longer counts


def request(connection: Connection, wanted: NewExport, limit: int) -> RequestResult:
    """Store an export, unless whoever asks has reached the limit of a sliding hour.

    Requests of one login wait for each other, so the limit holds whatever comes at once.
    """
    request = asdict(wanted)
    request["filters"] = msgspec.to_builtins(wanted.filters)
    values = {"wanted": json.dumps(request), "limit": limit}
    ((outcome, export_id, remaining, reset_s),) = connection.execute(
        query(_FILE, "request"), values
    ).fetchall()
    return RequestResult(
        outcome=Outcome(outcome), export_id=export_id, remaining=remaining, reset_s=reset_s
    )


def find(connection: Connection, export_id: UUID) -> Export | None:
    """Return an export; None = there is none, or it is somebody else's."""
    return next(_exports(connection, "find", {"export_id": export_id}), None)


def ls(
    connection: Connection,
    *,
    status: ExportStatus | None = None,
    before: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[Export]:
    """List exports, the newest first.

    Args:
        connection: shows whose they may be.
        status: only those that got so far.
        before: instant and id of the last one of the page before.
        limit: how many at most.
    """
    before_at, before_id = before or (None, None)
    values = {"status": status, "before_at": before_at, "before_id": before_id, "limit": limit}
    return list(_exports(connection, "ls", values))


def link(connection: Connection, export_id: UUID, lives: timedelta) -> FileLink | None:
    """Return the link of whoever asks to an export that is ready; None = there is none.

    It is the same at each request until it expires or is revoked.
    """
    values = {"export_id": export_id, "lives": lives}
    row = connection.execute(query(_FILE, "link"), values).fetchone()
    if row is None:
        return None
    link_id, asker, sha256, expires_at = row
    return FileLink(
        link_id=link_id, export_id=export_id, asker=asker, sha256=sha256, expires_at=expires_at
    )


def revoke(connection: Connection, export_id: UUID, *, its_file: bool) -> bool:
    """End all links to an export, and its file too if wanted; False = there is none such."""
    values = {"export_id": export_id, "its_file": its_file}
    row = connection.execute(query(_FILE, "revoke"), values).fetchone()
    return bool(row and row[0])


def _exports(connection: Connection, name: str, values: Mapping[str, object]) -> Iterator[Export]:
    cursor = connection.cursor(row_factory=dict_row)
    for row in cursor.execute(query(_FILE, name), values):
        known: dict[str, Any] = dict(row)
        known["status"] = ExportStatus(row["status"])
        known["filters"] = msgspec.convert(row["filters"], ExportFilters)
        yield Export(**known)
