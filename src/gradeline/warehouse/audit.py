"""The audit: who wrote what through the entry points, and who read much at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from psycopg.rows import class_row

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.connect.text import storable
from gradeline.warehouse.sql import query

_FILE = "audit"
#: How JSON writes what PostgreSQL cannot store.
_NUL = r"\u0000"


@dataclass(frozen=True, kw_only=True)
class AuditNote:
    """Something that somebody did."""

    login: str  #: who; empty = a token without a name
    action: str  #: what was done: `read`, `post`, `export`, `upload` …
    subject: str  #: what it was done to: a table, the key of a file, a system
    rows: int | None = None  #: how many rows, records or files; None = not counted
    request_id: str = ""  #: as in the answer and in the log
    detail: Mapping[str, Any] = field(default_factory=dict)  #: what else is to be known, JSON


@dataclass(frozen=True, kw_only=True)
class AuditRow(AuditNote):
    """A note with its time."""

    happened_at: datetime  #: UTC


def note(connection: Connection, what: AuditNote) -> None:
    """Add a row to the audit, as the caller commits; as loader, or as an entry point."""
    values = {
        "login": storable(what.login),
        "action": what.action,
        "subject": storable(what.subject),
        "rows": what.rows,
        "request_id": what.request_id,
        "detail": msgspec.json.encode(what.detail, enc_hook=dict).decode().replace(_NUL, "␀"),
    }
    connection.execute(query(_FILE, "note"), values)


def ls(
    connection: Connection, *, most: int, since: datetime | None = None, login: str | None = None
) -> list[AuditRow]:
    """Return the newest rows first, at most that many; of all, or of one login."""
    cursor = connection.cursor(row_factory=class_row(AuditRow))
    return cursor.execute(
        query(_FILE, "ls"), {"most": most, "since": since, "login": login}
    ).fetchall()


def delete_before(connection: Connection, before: datetime) -> int:
    """Delete the rows that are older; how many."""
    return connection.execute(query(_FILE, "delete_before"), {"before": before}).rowcount
