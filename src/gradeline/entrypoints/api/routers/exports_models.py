"""Bodies of the routes of exports."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gradeline.records.exports import Export, ExportFormat, ExportRows, ExportStatus

_LONGEST_ID = 500
_Id = Annotated[str, Field(min_length=1, max_length=_LONGEST_ID)]


class Period(BaseModel):
    """School days, both counted; an end that is left out is open."""

    model_config = ConfigDict(extra="forbid")

    since: date | None = Field(default=None, alias="from", examples=["2013-10-05"])
    until: date | None = Field(default=None, alias="to", examples=["2014-05-31"])

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.since and self.until and self.until < self.since:
            raise ValueError("the period ends before it begins")
        return self


class NoticeRequest(BaseModel):
    """Who is told once it is ready."""

    model_config = ConfigDict(extra="forbid")

    channel: Literal["email", "telegram", "webhook"]
    url: Annotated[str, Field(max_length=2000)] | None = Field(
        default=None,
        description="Of a webhook: where the signed notice is posted. Mail and chat go to the"
        " address that `gradeline staff` has for whoever asks.",
        examples=["https://school.example/hooks/exports"],
    )

    @model_validator(mode="after")
    def _has_address(self) -> NoticeRequest:
        if (self.channel == "webhook") != (self.url is not None):
            raise ValueError("a webhook needs its url, and nothing else has one")
        return self


class ExportRequest(BaseModel):
    """What a file is asked for."""

    model_config = ConfigDict(extra="forbid")

    topic_ids: Annotated[list[_Id], Field(max_length=1000)] = Field(
        default=[], description="Only these topics; none = all", examples=[["exam"]]
    )
    period: Period = Period()
    format: ExportFormat = Field(examples=["csv"])
    rows: ExportRows = Field(
        default=ExportRows.LEARNERS, description="Of CSV: what a line is, a learner or an attempt"
    )
    language: Literal["en", "es", "ru"] | None = Field(
        default=None, description="Of PDF, XLSX and the notice; by default the school's"
    )
    notify: NoticeRequest | None = None


class AcceptedExport(BaseModel):
    """An export that a worker is going to make."""

    id: UUID
    status: ExportStatus
    status_url: str = Field(examples=["/stats/exports/3fa85f64-5717-4562-b3fc-2c963f66afa6"])
    events_url: str = Field(
        description="Tells how far it is, as server-sent events",
        examples=["/stats/exports/3fa85f64-5717-4562-b3fc-2c963f66afa6/events"],
    )


class ExportFiltersShown(BaseModel):
    """What it counts."""

    topic_ids: list[str]
    period: Period
    rows: ExportRows


class ExportShown(BaseModel):
    """An export, and where its file is."""

    id: UUID
    status: ExportStatus
    url: str | None = Field(
        description="Gives the file to whoever has it, until `url_expires_at`; null until ready"
    )
    url_expires_at: datetime | None
    expires_at: datetime | None = Field(description="When the file is deleted: 410 from then on")
    group_id: str | None
    format: str
    filters: ExportFiltersShown
    requested_by: str
    requested_at: datetime
    ready_at: datetime | None
    rows: int | None = Field(description="Lines written so far")
    file_name: str | None
    size: int | None = Field(description="Bytes")
    error: str | None = Field(description="Why it failed, or why it is tried again")


class ExportList(BaseModel):
    """Exports, the newest first."""

    exports: list[ExportShown]
    next: str | None = Field(description="Give it as `after` for the next page; null = the last")


def shown(
    export: Export, now: datetime, url: str | None, url_expires_at: datetime | None
) -> ExportShown:
    """Return an export as it is shown; one whose time is over is expired, deleted yet or not."""
    filters = export.filters
    return ExportShown(
        id=export.export_id,
        status=ExportStatus.EXPIRED if export.is_over(now) else export.status,
        url=url,
        url_expires_at=url_expires_at,
        expires_at=export.expires_at,
        group_id=export.group_id,
        format=export.format,
        filters=ExportFiltersShown(
            topic_ids=list(filters.topic_ids),
            period=Period.model_validate({"from": filters.since, "to": filters.until}),
            rows=filters.rows,
        ),
        requested_by=export.requested_by,
        requested_at=export.requested_at,
        ready_at=export.ready_at,
        rows=export.rows_written,
        file_name=export.file_name,
        size=export.size,
        error=export.error,
    )
