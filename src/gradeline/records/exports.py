"""Exports: documents of a group that somebody asks for, made by the worker and kept for a while."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class ExportStatus(StrEnum):
    """How far an export got."""

    PENDING = "pending"  #: waits for a worker
    PROCESSING = "processing"  #: a worker makes it
    READY = "ready"  #: its file can be fetched until it expires
    FAILED = "failed"  #: it cannot be made; `error` says why
    EXPIRED = "expired"  #: its file is gone


#: No worker changes these any more, but for a ready one that expires.
ENDED = frozenset({ExportStatus.READY, ExportStatus.FAILED, ExportStatus.EXPIRED})


class ExportFormat(StrEnum):
    """What kind of file."""

    CSV = "csv"
    PDF = "pdf"
    XLSX = "xlsx"


class ExportRows(StrEnum):
    """What a line of a CSV file is."""

    LEARNERS = "learners"
    ATTEMPTS = "attempts"


@dataclass(frozen=True, kw_only=True)
class ExportFilters:
    """Which facts an export counts; without any, all of the group."""

    topic_ids: tuple[str, ...] = ()  #: only these topics; empty = all
    since: date | None = None  #: first school day
    until: date | None = None  #: last school day, counted too
    rows: ExportRows = ExportRows.LEARNERS


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Who is told once an export is ready."""

    channel: str  #: `email`, `telegram` or `webhook`
    address: str


@dataclass(frozen=True, kw_only=True)
class ExportNotice:
    """A notice about an export that ended."""

    export_id: UUID
    requested_by: str
    group_id: str
    language: str
    requested_at: datetime
    file_name: str | None
    error: str | None  #: why it could not be made; None = it is ready
    channel: str
    address: str  #: of a webhook; empty = the own one of whoever asked


@dataclass(frozen=True, kw_only=True)
class NewExport:
    """An export as it is asked for."""

    principal: dict[str, object]  #: what whoever asks may see, as `access.principals` tells it
    group_id: str
    filters: ExportFilters = field(default_factory=ExportFilters)
    format: ExportFormat
    language: str
    notify: Notice | None = None
    idempotency_key: str | None = None
    request_digest: str = ""  #: of all that was asked


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A file as the store keeps it."""

    storage_key: str
    file_name: str
    media_type: str
    size: int  #: bytes
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Export:
    """An export as it is kept."""

    export_id: UUID
    status: ExportStatus
    requested_by: str
    group_id: str | None
    filters: ExportFilters
    format: str
    language: str
    requested_at: datetime
    rows_written: int | None  #: lines that are done, while it is made and after
    ready_at: datetime | None
    expires_at: datetime | None
    storage_key: str | None
    file_name: str | None
    size: int | None
    error: str | None

    def is_over(self, now: datetime) -> bool:
        """Whether its file is gone."""
        return self.status is ExportStatus.EXPIRED or (
            self.status is ExportStatus.READY
            and self.expires_at is not None
            and self.expires_at <= now
        )


@dataclass(frozen=True, kw_only=True)
class ExportTry:
    """One try of a worker to make an export; it may write as long as the fence is this one."""

    export_id: UUID
    fence: int
    tries: int  #: this one included
    requested_by: str
    principal: dict[str, object]
    group_id: str
    filters: ExportFilters
    format: ExportFormat
    language: str
    requested_at: datetime


@dataclass(frozen=True, kw_only=True)
class FileLink:
    """A signed link to a file: what its signature covers beside method and path."""

    link_id: UUID
    export_id: UUID
    asker: str  #: whom it was made for
    sha256: str  #: of the file
    expires_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class LinkedFile:
    """A link with the file that it gives."""

    link: FileLink
    status: ExportStatus
    file_expires_at: datetime | None
    storage_key: str
    file_name: str
    media_type: str
